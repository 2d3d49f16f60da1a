// What screen readers hear of a run: an epoch's line when it ends, at most one in two seconds, and how it ended.
import { useEffect, useState } from "react";
import { runStore } from "@/lib/store/run";
import { announcement } from "./announcement";

const QUIET_MS = 2000;

export function Announcer() {
  const [text, setText] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const speak = () => {
      timer = null;
      setText(announcement(runStore.getState()));
    };
    const unsubscribe = runStore.subscribe((run, before) => {
      const news = run.history !== before.history || run.state !== before.state || run.test !== before.test;
      if (news) timer ??= setTimeout(speak, run.state === "training" ? QUIET_MS : 0);
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
