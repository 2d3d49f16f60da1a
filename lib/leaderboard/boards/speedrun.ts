import type { RunRecord } from "../../metrics/run-record";
import { countSamples } from "../../spec/samples";
import { defineBoard, digits } from "../board";
import { standardBudget } from "../budget";
import { formatSeconds } from "../format";

/** Validation accuracy at which the clock stops. */
const GOAL = 0.97;
/** With fewer, 97 % can be luck. */
const LEAST_VALIDATION = 5_000;

/** Milliseconds until the end of the first epoch that reached the goal; null where none did. */
export function timeToGoal({ history }: RunRecord): number | null {
  let elapsedMs = 0;
  for (const epoch of history) {
    elapsedMs += epoch.elapsedMs;
    if ((epoch.valAccuracy ?? 0) >= GOAL) return Math.max(1, Math.round(elapsedMs));
  }
  return null;
}

export const speedrun = defineBoard({
  id: "speedrun",
  label: "Speedrun",
  summary: "The shortest time to 97 % of the validation images, on devices of one kind.",
  dataset: "mnist",
  budget: standardBudget,
  scoreLabel: "Attested time",
  formatScore: formatSeconds,
  refuses(record) {
    const { validation } = countSamples(record.experiment);
    if (validation < LEAST_VALIDATION)
      return `The run has ${validation} validation images; a speedrun needs at least ${LEAST_VALIDATION}.`;
    return timeToGoal(record) === null ? "No epoch of the run reached 97 % of its validation images." : null;
  },
  disqualifies: () => null,
  score: ({ record }) => timeToGoal(record)! / 1000,
  sortKey({ record }) {
    const time = digits(timeToGoal(record)!, 9);
    return `${time.slice(0, 6)}/${time.slice(6)}`;
  },
  provedFirst: false,
  uniqueNetworks: false,
  byDevice: true,
});
