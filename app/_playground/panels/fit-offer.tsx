// For a network that is beyond the budget: the nearest one within it, and the way to it.
import { useMemo } from "react";
import { Button } from "@/app/_ui/button";
import { describeExperiment } from "@/lib/spec/describe";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { nearestThatFits } from "@/lib/spec/fit";
import { openExperiment } from "@/lib/store/spec";
import { useLocks } from "../locks";
import { useForkedFrom, useSpec } from "../use-stores";

export function FitOffer() {
  const spec = useSpec();
  const forkedFrom = useForkedFrom();
  const nearest = useMemo(() => nearestThatFits(spec), [spec]);
  // It may change any part of the experiment.
  const isFree = useLocks().length === 0;
  if (nearest === null || !isFree) return null;
  return (
    <div className="mt-4 rounded-lg border border-line px-4 py-3">
      <p className="max-w-prose break-words">
        This network is larger than this page can train. The nearest that fits:{" "}
        <span className="font-medium">{describeOffer(spec, nearest)}</span>
      </p>
      <Button className="mt-2.5" onClick={() => openExperiment(nearest, forkedFrom)}>
        Use the nearest that fits
      </Button>
    </div>
  );
}

/** What it would be, with the size of its batches where that is what changes. */
export function describeOffer(spec: ExperimentSpec, nearest: ExperimentSpec): string {
  const { batchSize } = nearest.training;
  const batch = batchSize === spec.training.batchSize ? "" : ` · batches of ${batchSize}`;
  return describeExperiment(nearest) + batch;
}
