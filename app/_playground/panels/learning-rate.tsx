// How the learning rate changes over the run, as a small line.
import { useMemo } from "react";
import type { EpochRecord } from "@/lib/metrics/history";
import { sameExperiment } from "@/lib/store/spec";
import { learningRateLine } from "../learning-rate-line";
import { useRun, useSpec } from "../use-stores";

const [WIDTH, HEIGHT] = [100, 28];

const none: readonly EpochRecord[] = [];

export function LearningRate() {
  const spec = useSpec();
  const history = useRun((run) => (run.spec !== null && sameExperiment(run.spec, spec) ? run.history : none));
  const line = useMemo(() => learningRateLine(spec, history), [spec, history]);
  if (line === null) return null;
  const [first, highest, last] = [line[0]!, Math.max(...line), line.at(-1)!].map((rate) =>
    String(Number(rate.toPrecision(2))),
  );
  const points = line.map((rate, place) => {
    const x = (place / (line.length - 1)) * WIDTH;
    return `${x.toFixed(2)},${(HEIGHT - 1 - (rate / Math.max(...line)) * (HEIGHT - 2)).toFixed(2)}`;
  });
  return (
    <figure className="mt-1 mb-2 pl-3.5">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-7 w-full border-line border-b"
        role="img"
        aria-label={`Learning rate over the run: ${first} at first, ${highest} at most, ${last} at the end`}
      >
        <polyline
          points={points.join(" ")}
          fill="none"
          stroke="var(--train)"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption aria-hidden="true" className="flex justify-between text-2xs text-soft">
        <span>{first}</span>
        <span>learning rate</span>
        <span>{last}</span>
      </figcaption>
    </figure>
  );
}
