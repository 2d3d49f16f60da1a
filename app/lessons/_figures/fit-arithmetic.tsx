// How many steps an epoch has: the data set, what is kept aside of it, and the batches that the rest makes. Counted by the
// very functions that a run goes by.
import { useEffect, useState } from "react";
import { useSpec } from "@/app/_playground/use-stores";
import { formatCount, formatPlural } from "@/app/_ui/format";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { countSamples, datasetOf, stepsPerEpoch } from "@/lib/spec/samples";
import type { FigureProps } from "./figure";
import { NamedSlider } from "./named-slider";

/** More batches than this are not drawn one by one. */
const MOST_DRAWN = 200;

export default function FitArithmetic({ marks }: FigureProps) {
  const experiment = useSpec();
  const [batchSize, setBatchSize] = useState(experiment.training.batchSize);
  const [split, setSplit] = useState(experiment.validation.split);
  const spec: ExperimentSpec = {
    ...experiment,
    validation: { ...experiment.validation, split },
    training: { ...experiment.training, batchSize },
  };
  const steps = stepsPerEpoch(spec);
  useEffect(() => marks("steps", steps), [marks, steps]);
  return (
    <figure className="space-y-4 rounded-xl border border-line bg-raised p-4">
      <Shares spec={spec} />
      <Batches spec={spec} />
      <div className="grid gap-x-6 gap-y-3 border-line border-t pt-3 min-[24rem]:grid-cols-2">
        <NamedSlider
          name="Batch size"
          value={batchSize}
          min={8}
          max={128}
          step={1}
          text={String(batchSize)}
          onChange={setBatchSize}
        />
        <NamedSlider
          name="Validation split"
          value={split}
          min={0}
          max={0.5}
          step={0.05}
          text={split.toFixed(2)}
          onChange={(value) => setSplit(Number(value.toFixed(2)))}
        />
      </div>
    </figure>
  );
}

function Shares({ spec }: { spec: ExperimentSpec }) {
  const { train, validation, test } = countSamples(spec);
  const all = train + validation + test;
  const parts = [
    { name: "training", count: train, look: "bg-train" },
    { name: "validation", count: validation, look: "bg-validation" },
    { name: "test", count: test, look: "bg-soft" },
  ];
  return (
    <div>
      <p className="text-sm">
        <span className="font-semibold">{formatCount(all)} images</span>{" "}
        <span className="text-soft">
          of {datasetOf(spec).label}, {formatCount(train + validation)} of them to train with
        </span>
      </p>
      <div aria-hidden="true" className="mt-2 flex h-2.5 gap-0.5 overflow-hidden rounded-full">
        {parts.map(({ name, count, look }) => (
          <span key={name} className={look} style={{ width: `${(100 * count) / all}%` }} />
        ))}
      </div>
      <ul className="mt-1.5 flex flex-wrap gap-x-4 text-mini">
        {parts.map(({ name, count, look }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-2 rounded-full ${look}`} />
            <span className="font-medium">{formatCount(count)}</span>
            <span className="text-soft">{name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Batches({ spec }: { spec: ExperimentSpec }) {
  const { train } = countSamples(spec);
  const { batchSize } = spec.training;
  const steps = stepsPerEpoch(spec);
  const last = train - (steps - 1) * batchSize;
  return (
    <div>
      <p className="text-sm" role="status">
        <span className="text-soft">
          {formatCount(train)} ÷ {batchSize} = {(train / batchSize).toFixed(2)}, so
        </span>{" "}
        <span className="font-semibold">{formatPlural(steps, "step")} an epoch</span>
        <span className="text-soft">
          {last < batchSize && `; the last batch has ${formatPlural(last, "image")}`}
        </span>
      </p>
      {steps <= MOST_DRAWN && (
        <div aria-hidden="true" className="mt-2 flex min-h-12 flex-wrap content-start gap-[3px]">
          {Array.from({ length: steps }, (_, step) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: a batch is its place.
              key={step}
              className="flex size-2.5 items-end overflow-hidden rounded-[2px] bg-line"
            >
              <span
                className="w-full bg-train"
                style={{ height: step === steps - 1 ? `${(100 * last) / batchSize}%` : "100%" }}
              />
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
