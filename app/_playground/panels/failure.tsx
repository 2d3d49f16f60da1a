// What happened, why, and what to do next.
import { CircleAlert } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { tryAgain } from "@/lib/store/run";
import { useRun } from "../use-stores";
import { ResetButton } from "./reset-button";

export function Failure() {
  const failure = useRun((run) => (run.state === "failed" ? run.failure : null));
  if (failure === null) return null;
  return (
    <div role="alert" className="mt-4 flex flex-wrap items-start gap-3 border-wrong border-l-2 py-1 pl-4">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-wrong" aria-hidden="true" />
      <div className="min-w-48 flex-1">
        <p className="font-semibold">{failure.message}</p>
        <p className="mt-1 text-soft">{failure.advice}</p>
      </div>
      <div className="flex gap-2">
        {/* A run that another tab has is taken over below. */}
        {failure.code !== "elsewhere" && <Button onClick={tryAgain}>Try again</Button>}
        <ResetButton />
      </div>
    </div>
  );
}
