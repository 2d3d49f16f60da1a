// A worker that could not be started, or answered with an exception.
import type { RunFailure, TrainEvent } from "../training/contract";

/** What is told of a run whose worker failed as nobody expected. @param epoch that was under way, from 1; 0 before the first */
export function brokenWorker(error: unknown, epoch: number): TrainEvent[] {
  const failure: RunFailure = {
    code: "worker",
    message: error instanceof Error ? error.message : String(error),
    advice: "Press Train to start it again; if it fails again, choose another engine or reload the page.",
    epoch,
    resumable: false,
  };
  return [
    { type: "failed", failure },
    { type: "state", state: "failed" },
  ];
}
