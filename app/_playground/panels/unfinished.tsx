// A run that was broken off: one line says which and how far it was, and it goes on or is forgotten.
import { RotateCw } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { Button } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import {
  continueUnfinished,
  discardUnfinished,
  type Unfinished as Kept,
  unfinishedStore,
  watchUnfinished,
} from "@/lib/store/unfinished";
import { saysExperiment } from "../own-address";
import { formatAgo } from "../shelf/ago";
import { useRun } from "../use-stores";

/** The address follows the experiment on the playground, so that all of its addresses are one place. */
const placeOf = (pathname: string): string => (saysExperiment(pathname) ? "/" : pathname);

export function Unfinished() {
  useEffect(() => watchUnfinished(placeOf(location.pathname)), []);
  const run = useStore(unfinishedStore, (state) => state.run);
  return (
    <>
      {run !== null && <Offer run={run} />}
      <Unkept />
    </>
  );
}

export function Offer({ run }: { run: Kept }) {
  const { isElsewhere } = run;
  return (
    <section
      aria-label="Unfinished run"
      className="flex basis-full flex-wrap items-center gap-x-4 gap-y-2.5 border-train border-l-2 pl-4"
    >
      <p className="min-w-48 flex-1">
        {isElsewhere ? (
          <>
            <span className="font-semibold">“{run.title}” is training in another tab</span>
            <span className="text-soft">
              {" · "}epoch {run.epoch} of {run.epochs}, step {run.step}
            </span>
          </>
        ) : (
          <>
            <span className="font-semibold">
              Continue from epoch {run.epoch}, step {run.step}
            </span>
            <span className="text-soft">
              {" · "}“{run.title}” was broken off {formatAgo(run.savedAt, Date.now())}
            </span>
          </>
        )}
      </p>
      <div className="flex gap-2">
        <Button onClick={continueUnfinished}>
          <RotateCw className="size-4" aria-hidden="true" />
          {isElsewhere ? "Take over" : "Continue"}
        </Button>
        {!isElsewhere && <Button onClick={discardUnfinished}>Discard</Button>}
      </div>
    </section>
  );
}

/** Said while a run is on that a reload would lose. */
function Unkept() {
  const reason = useRun(({ state, unkept }) => (state === "training" || state === "paused" ? unkept : null));
  if (reason === null) return null;
  return <ProblemText severity="warning">{reason}</ProblemText>;
}
