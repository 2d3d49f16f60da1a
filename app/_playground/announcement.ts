// A run in one spoken sentence.
import type { Run } from "@/lib/store/reduce";

export function announcement({ state, history, test, to, failure }: Run): string {
  const last = history.at(-1);
  if (state === "paused") return "Paused.";
  if (state === "done" && test !== null)
    return `Training is over. Test accuracy ${test.accuracy.toFixed(4)}, test loss ${test.loss.toFixed(4)}.`;
  // A failure is an alert of its own.
  if (state === "idle" || state === "failed" || failure !== null) return "";
  if (last === undefined) return state === "loading" ? "Loading." : "";
  const validation = last.valAccuracy === null ? "" : `, validation accuracy ${last.valAccuracy.toFixed(4)}`;
  const { epoch, loss, accuracy } = last;
  return `Epoch ${epoch} of ${to} is over: loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}${validation}.`;
}
