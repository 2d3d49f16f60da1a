// Keeps each run when it is whole. The shelf itself is downloaded then, not with the page.
import { deviceClass } from "./device";
import { recordOf } from "./record";
import { readWeights, runStore } from "./run";

/**
 * Watches the run and puts it on the shelf once it is over and tested; runs that were opened are there already. A run
 * that is continued takes the place of its own former entry: it is one run, and its curves hold the earlier epochs.
 * Where that entry was pinned or deleted meanwhile, it becomes a new one.
 * @returns ends the watching
 */
export function keepRuns(): () => void {
  /** The entry of the run on the page, or null before it has one. */
  let entry: Promise<string | null> = Promise.resolve(null);
  return runStore.subscribe((run, before) => {
    // No step yet: this is another run than the one that was kept.
    if (run.loss.steps === 0) entry = Promise.resolve(null);
    if (run.opened || run.finishedAt === null || run.finishedAt === before.finishedAt) return;
    const record = recordOf(run, deviceClass());
    if (record === null) return;
    // Asked for at once: the worker answers before it hears of whatever is pressed next.
    const asked = readWeights();
    const former = entry;
    entry = (async () => {
      const [weights, id] = await Promise.all([asked, former]);
      if (weights === null) return id;
      const { keepRun } = await import("./shelf");
      return keepRun(record, weights, id);
    })().catch(() => null);
  });
}
