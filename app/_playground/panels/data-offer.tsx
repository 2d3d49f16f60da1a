// Where somebody saves data, the first images were loaded and the rest waits for a word: what it is, and the ways on.
import { Button } from "@/app/_ui/button";
import { formatBytes, formatCount } from "@/app/_ui/format";
import { countSamples, datasetOf } from "@/lib/spec/samples";
import { isActive } from "@/lib/store/reduce";
import { allowData, reset, train } from "@/lib/store/run";
import { setTrainLimit } from "@/lib/store/spec";
import { useRun } from "../use-stores";

/** As many images as make a short first run. */
const QUICK_IMAGES = 5000;

export function DataOffer() {
  const asks = useRun(({ asking, state }) => asking && isActive(state));
  const waiting = useRun((run) => run.waiting);
  const spec = useRun((run) => run.spec);
  if (!asks || waiting === null || spec === null) return null;
  const rest = waiting.totalBytes - waiting.loadedBytes;
  const { train: images, validation } = countSamples(spec);
  return (
    <section aria-label="Saving data" className="mt-4 rounded-lg border border-line px-4 py-3">
      <p className="max-w-prose" role="status">
        Your browser is set to save data, so only the first {formatBytes(waiting.loadedBytes)} of{" "}
        {datasetOf(spec).label} were loaded. This experiment needs {formatBytes(rest)} more.
      </p>
      <div className="mt-2.5 flex flex-wrap gap-2">
        <Button onClick={allowData}>Load the rest</Button>
        {images + validation > QUICK_IMAGES && (
          <Button onClick={trainOnFew}>Train on {formatCount(QUICK_IMAGES)} images instead</Button>
        )}
      </div>
    </section>
  );
}

/** The experiment changes with it, for everyone to see, and an undo away from what it was. */
async function trainOnFew(): Promise<void> {
  await allowData();
  reset();
  setTrainLimit(QUICK_IMAGES);
  await train();
}
