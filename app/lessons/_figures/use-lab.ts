// The laboratory for as long as a figure is there: its worker starts with the first question.
import { useEffect, useState } from "react";
import type { LabClient } from "@/lib/training/client";

function createHolder() {
  let opened: Promise<LabClient> | null = null;
  return {
    open() {
      opened ??= import("@/lib/training/client").then(({ createLabClient }) => createLabClient());
      // What could not be downloaded is tried again with the next question.
      opened.catch(() => {
        opened = null;
      });
      return opened;
    },
    close() {
      opened?.then((client) => client.dispose()).catch(() => {});
      opened = null;
    },
  };
}

/** @returns opens it, once */
export function useLab(): () => Promise<LabClient> {
  const [holder] = useState(createHolder);
  useEffect(() => () => holder.close(), [holder]);
  return holder.open;
}
