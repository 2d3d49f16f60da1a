// Some kept runs side by side: their curves on common axes, what accuracy cost, what they differ in, and what came of each.
import { useState } from "react";
import { CompareChart, type ShownLines } from "@/app/_charts/compare-chart";
import type { ComparedRun } from "@/app/_charts/compare-plot";
import { ScatterChart } from "@/app/_charts/scatter-chart";
import { formatAccuracy, formatLoss } from "@/app/_ui/format";
import type { EpochMetrics } from "@/lib/metrics/history";
import { type CompareLook, CompareSettings, usualLook } from "./compare-settings";
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

interface CompareViewProps {
  /** Must be the same list as long as it holds the same runs. */
  runs: readonly ComparedRun[];
  /** The other runs of the shelf; likewise. */
  others: readonly ComparedRun[];
}

export function CompareView({ runs, others }: CompareViewProps) {
  const [look, setLook] = useState<CompareLook>(usualLook);
  // All charts are read at one epoch, and a run that is pointed at stands out in all of them.
  const [at, setAt] = useState<number | null>(null);
  const [marked, setMarked] = useState<number | null>(null);
  const validated = runs.some(({ record }) => record.history.some(({ valLoss }) => valLoss !== null));
  const lines: ShownLines = validated ? look.lines : "training";
  return (
    <div className="space-y-6">
      <CompareSettings look={look} validated={validated} onChange={setLook} />
      <div className="grid gap-x-9 gap-y-6 md:grid-cols-2">
        {charts.map((chart) => (
          <CompareChart
            key={chart.metric}
            {...chart}
            runs={runs}
            lines={lines}
            smoothing={look.smoothing}
            valuesByDecades={look.decades[chart.metric]}
            epochsByDecades={look.decades.epochs}
            at={at}
            onRead={setAt}
            marked={marked}
            onMark={setMarked}
          />
        ))}
      </div>
      <ScatterChart
        runs={runs}
        others={others}
        accuracyByDecades={look.decades.accuracy}
        marked={marked}
        onMark={setMarked}
      />
      <DifferenceTable runs={runs} />
    </div>
  );
}
