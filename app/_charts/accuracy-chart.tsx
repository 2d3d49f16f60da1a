// The accuracy of a run, batch by batch and epoch by epoch.
import { formatAccuracy } from "@/app/_ui/format";
import { accuracyAxis } from "@/lib/metrics/axis";
import type { EpochMetrics } from "@/lib/metrics/history";
import { RunChart } from "./run-chart";
import type { ChartInput } from "./use-plot";

const trainOf = ({ accuracy }: EpochMetrics) => accuracy;
const validationOf = ({ valAccuracy }: EpochMetrics) => valAccuracy;

interface AccuracyChartProps {
  /** What the experiment is called. */
  of: string;
  input: ChartInput;
  wanted: boolean;
}

export function AccuracyChart({ of, input, wanted }: AccuracyChartProps) {
  return (
    <RunChart
      title="Accuracy"
      of={of}
      hint="higher is better"
      shape="rises"
      input={input}
      wanted={wanted}
      turn={1}
      axis={accuracyAxis}
      trainOf={trainOf}
      validationOf={validationOf}
      format={formatAccuracy}
    />
  );
}
