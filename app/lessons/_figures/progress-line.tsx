// The last epoch of the run once more, step by step: the line that training printed while it went on.
import { useEffect, useState } from "react";
import { useRun } from "@/app/_playground/use-stores";
import { formatCount } from "@/app/_ui/format";
import { type ProgressLine as Line, progressBar, progressLineAt } from "@/lib/metrics/progress-line";
import { countSamples } from "@/lib/spec/samples";
import type { Run } from "@/lib/store/reduce";
import type { FigureProps } from "./figure";
import { NamedSlider } from "./named-slider";

/** The part of the epoch that is shown first. */
const BEGIN = 0.36;

export default function ProgressLine({ marks }: FigureProps) {
  const run = useRun((all) => (all.state === "done" ? all : null));
  const steps = run?.history.at(-1)?.steps ?? null;
  const [chosen, setChosen] = useState<number | null>(null);
  const step = Math.min(chosen ?? Math.ceil(BEGIN * (steps ?? 1)), steps ?? 1);
  const line = run === null || steps === null ? null : lineOf(run, step);
  useEffect(() => {
    if (chosen !== null && chosen === steps) marks("walked", true);
  }, [marks, chosen, steps]);
  return (
    <figure className="rounded-xl border border-line bg-raised p-4">
      <div className="min-h-15 font-mono text-xs leading-5" role="status">
        {line === null ? <Waiting /> : <Printed line={line} />}
      </div>
      <div className="mt-3 border-line border-t pt-3">
        <NamedSlider
          name="Step of the last epoch"
          value={step}
          min={1}
          max={steps ?? 36}
          step={1}
          text={steps === null ? "–" : `${formatCount(step)} of ${formatCount(steps)}`}
          disabled={steps === null}
          onChange={setChosen}
        />
      </div>
      <p className="mt-1 text-mini text-soft">
        {line === null
          ? "After a run its last epoch can be walked through here."
          : line.etaMs > 0
            ? `ETA: ${line.steps - line.step} steps are left, ${(line.etaMs / (line.steps - line.step)).toFixed(2)} ms each.`
            : "The epoch is over: now validation is measured, once."}
      </p>
    </figure>
  );
}

function lineOf(run: Run, step: number): Line {
  const { spec, history, loss, accuracy } = run;
  const images = countSamples(spec!).train;
  const { batchSize } = spec!.training;
  return progressLineAt({ record: history.at(-1)!, loss, accuracy, batchSize, images }, step);
}

const eta = (ms: number): string => (ms >= 1000 ? `${Math.round(ms / 1000)}s` : `${ms.toFixed(1)}ms`);

function Printed({ line }: { line: Line }) {
  const { step, steps, etaMs, loss, accuracy, valLoss, valAccuracy } = line;
  const width = String(steps).length;
  return (
    <>
      <p className="whitespace-pre-wrap">
        {String(step).padStart(width)}/{steps} {progressBar(line)}
        {etaMs > 0 && ` - ETA: ${eta(etaMs)}`}
      </p>
      <p>
        loss: {loss.toFixed(4)} - accuracy: {accuracy.toFixed(4)}
      </p>
      {valLoss !== null && valAccuracy !== null && (
        <p>
          val_loss: {valLoss.toFixed(4)} - val_accuracy: {valAccuracy.toFixed(4)}
        </p>
      )}
    </>
  );
}

/** What will be there: two lines, faintly. */
const Waiting = () => (
  <div aria-hidden="true" className="space-y-3 pt-1.5">
    <div className="h-2 w-10/12 rounded-full bg-line" />
    <div className="h-2 w-7/12 rounded-full bg-line" />
  </div>
);
