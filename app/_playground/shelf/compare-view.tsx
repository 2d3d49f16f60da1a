// Some kept runs side by side: their curves on common axes, what they differ in, and what came of each.
import { useState } from "react";
import { CompareChart, type ShownLines } from "@/app/_charts/compare-chart";
import type { ComparedRun } from "@/app/_charts/compare-plot";
import { formatAccuracy, formatLoss } from "@/app/_ui/format";
import { Select } from "@/app/_ui/select";
import type { EpochMetrics } from "@/lib/metrics/history";
import { DifferenceTable } from "./difference-table";

const charts = [
  {
    title: "Loss",
    hint: "lower is better",
    metric: "loss",
    trainOf: ({ loss }: EpochMetrics) => loss,
    validationOf: ({ valLoss }: EpochMetrics) => valLoss,
    format: formatLoss,
  },
  {
    title: "Accuracy",
    hint: "higher is better",
    metric: "accuracy",
    trainOf: ({ accuracy }: EpochMetrics) => accuracy,
    validationOf: ({ valAccuracy }: EpochMetrics) => valAccuracy,
    format: formatAccuracy,
  },
] as const;

const lineOptions: readonly { value: ShownLines; label: string }[] = [
  { value: "both", label: "training and validation" },
  { value: "training", label: "training alone" },
  { value: "validation", label: "validation alone" },
];

/** @param runs must be the same list as long as it holds the same runs */
export function CompareView({ runs }: { runs: readonly ComparedRun[] }) {
  const [lines, setLines] = useState<ShownLines>("both");
  const validated = runs.some(({ record }) => record.history.some(({ valLoss }) => valLoss !== null));
  return (
    <div className="space-y-6">
      {validated && (
        <p className="flex flex-wrap items-center gap-x-2 text-mini text-soft">
          Training is solid, validation dashed. Shown:
          <Select
            name="Lines shown"
            value={lines}
            options={lineOptions}
            onChange={(value) => setLines(value as ShownLines)}
          />
        </p>
      )}
      <div className="grid gap-x-9 gap-y-6 md:grid-cols-2">
        {charts.map((chart) => (
          <CompareChart key={chart.metric} runs={runs} lines={validated ? lines : "training"} {...chart} />
        ))}
      </div>
      <DifferenceTable runs={runs} />
    </div>
  );
}
