// For a network that is beyond the page's budget, or beyond what this device has to spare: the nearest one within it, and
// the way to it. Nothing is changed unasked: the numbers in a lesson are those of the experiment as it is.
import { useEffect, useMemo, useState } from "react";
import { Button, TextButton } from "@/app/_ui/button";
import { formatBytes } from "@/app/_ui/format";
import { describeExperiment } from "@/lib/spec/describe";
import { type ExperimentSpec, trainingFields } from "@/lib/spec/experiment";
import { nearestThatFits, trainingBytes, withBatch } from "@/lib/spec/fit";
import { MEMORY_BUDGET_BYTES } from "@/lib/spec/program";
import { countSamples } from "@/lib/spec/samples";
import { memoryBudgetBytes, usualBatchSize } from "@/lib/store/device";
import { isActive } from "@/lib/store/reduce";
import { openExperiment, setTraining } from "@/lib/store/spec";
import { useLocks } from "../locks";
import { useForkedFrom, useRun, useSettings, useSpec } from "../use-stores";

export function FitOffer() {
  const spec = useSpec();
  const forkedFrom = useForkedFrom();
  const budget = useBudget();
  const nearest = useMemo(() => nearestThatFits(spec, budget), [spec, budget]);
  // It may change any part of the experiment.
  const isFree = useLocks().length === 0;
  if (nearest === null || !isFree) return null;
  return (
    <div className="mt-4 rounded-lg border border-line px-4 py-3">
      <p className="max-w-prose break-words">
        {whyOffered(spec, budget)} The nearest that fits:{" "}
        <span className="font-medium">{describeOffer(spec, nearest)}</span>
      </p>
      <Button className="mt-2.5" onClick={() => openExperiment(nearest, forkedFrom)}>
        Use the nearest that fits
      </Button>
    </div>
  );
}

/** Where a GPU is chosen and nobody chose the size of the batches. */
export function BatchOffer() {
  const spec = useSpec();
  const size = useSettings(({ engine }) => usualBatchSize(engine));
  const active = useRun(({ state }) => isActive(state));
  const usual = trainingFields.batchSize.default;
  if (active || size === usual || spec.training.batchSize !== usual) return null;
  if (countSamples(spec).train < size || trainingBytes(withBatch(spec, size)) > MEMORY_BUDGET_BYTES)
    return null;
  return (
    <p className="mt-4 flex flex-wrap items-center gap-x-3 text-mini text-soft">
      A GPU is hardly at work with batches of {usual}. With {size} there are fewer steps, and the numbers come
      out a little different.
      <TextButton onClick={() => setTraining("batchSize", size)}>Use batches of {size}</TextButton>
    </p>
  );
}

/** What the device has to spare; the server does not know it, and goes by the page's. */
function useBudget(): number {
  const [budget, setBudget] = useState(MEMORY_BUDGET_BYTES);
  useEffect(() => setBudget(memoryBudgetBytes()), []);
  return budget;
}

export function whyOffered(spec: ExperimentSpec, budget: number): string {
  const bytes = trainingBytes(spec);
  if (bytes > MEMORY_BUDGET_BYTES) return "This network is larger than this page can train.";
  return `Training this network takes about ${formatBytes(bytes)}, and this device may have only ${formatBytes(budget)} to spare: the browser may end the page.`;
}

/** What it would be, with the size of its batches where that is what changes. */
export function describeOffer(spec: ExperimentSpec, nearest: ExperimentSpec): string {
  const { batchSize } = nearest.training;
  const batch = batchSize === spec.training.batchSize ? "" : ` · batches of ${batchSize}`;
  return describeExperiment(nearest) + batch;
}
