// The experiment's form: all of it, in the order in which it is thought of. Narrow screens download it when it is asked for.
import { Redo2, Undo2 } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { IconButton } from "@/app/_ui/button";
import { redo, specStore, undo } from "@/lib/store/spec";
import { useLocks } from "../locks";
import { useForkedFrom, useSpec } from "../use-stores";
import { Data } from "./data";
import { Lineage } from "./lineage";
import { Network } from "./network";
import { StartFrom } from "./start-from";
import { Training } from "./training";

interface FormProps {
  /** In two columns where there is room. */
  columns: boolean;
  /** It listens to whoever types. */
  onReady(): void;
}

export default function Form({ columns, onReady }: FormProps) {
  useEffect(onReady, [onReady]);
  return (
    <>
      <Heading />
      <div className={`space-y-7 ${columns ? inColumns : ""}`}>
        <div className="space-y-7">
          <Data />
          <Network />
        </div>
        <Training />
      </div>
    </>
  );
}

const inColumns =
  "border-line border-b pb-7 @min-[38rem]:grid @min-[38rem]:grid-cols-2 @min-[38rem]:gap-x-9 @min-[38rem]:space-y-0";

function Heading() {
  const { title } = useSpec();
  const past = useStore(specStore.temporal, ({ pastStates }) => pastStates.length > 0);
  const future = useStore(specStore.temporal, ({ futureStates }) => futureStates.length > 0);
  const forkedFrom = useForkedFrom();
  const isFree = useLocks().length === 0;
  return (
    <div className="mb-4">
      <div className="flex min-h-7 items-center justify-between gap-3">
        {isFree ? (
          <StartFrom title={title} />
        ) : (
          <p className="min-w-0 truncate font-semibold" suppressHydrationWarning>
            {title === "" ? "Untitled experiment" : title}
          </p>
        )}
        <span className="-mr-1.5 flex shrink-0">
          <IconButton label="Undo" disabled={!past} onClick={undo}>
            <Undo2 className="size-4" aria-hidden="true" />
          </IconButton>
          <IconButton label="Redo" disabled={!future} onClick={redo}>
            <Redo2 className="size-4" aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      {forkedFrom !== null && <Lineage from={forkedFrom} />}
    </div>
  );
}
