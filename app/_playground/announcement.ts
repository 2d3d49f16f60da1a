// A run in one spoken sentence.
import type { Run } from "@/lib/store/reduce";

export function announcement(run: Run): string {
  const { state, history, test, to, failure, holdOut, restoredEpoch } = run;
  const last = history.at(-1);
  if (state === "paused") return "Paused.";
  if (state === "done") {
    const weights = restoredEpoch === null ? "" : ` The weights are those of epoch ${restoredEpoch}.`;
    if (test !== null)
      return `Training is over.${weights} Test accuracy ${test.accuracy.toFixed(4)}, test loss ${test.loss.toFixed(4)}.`;
    if (holdOut && last !== undefined) return `Training is over.${weights} The test images are locked.`;
  }
  // A failure is an alert of its own.
  if (state === "idle" || state === "failed" || failure !== null) return "";
  if (last === undefined) return state === "loading" ? "Loading." : "";
  const validation = last.valAccuracy === null ? "" : `, validation accuracy ${last.valAccuracy.toFixed(4)}`;
  const { epoch, loss, accuracy } = last;
  return `Epoch ${epoch} of ${to} is over: loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}${validation}.`;
}
