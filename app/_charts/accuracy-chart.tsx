// The accuracy of a run, batch by batch and epoch by epoch.
import { formatAccuracy } from "@/app/_ui/format";
import { accuracyAxis } from "@/lib/metrics/axis";
import type { EpochMetrics } from "@/lib/metrics/history";
import { RunChart } from "./run-chart";
import type { ChartInput } from "./use-plot";

const trainOf = ({ accuracy }: EpochMetrics) => accuracy;
const validationOf = ({ valAccuracy }: EpochMetrics) => valAccuracy;

export function AccuracyChart({ input, wanted }: { input: ChartInput; wanted: boolean }) {
  return (
    <RunChart
      title="Accuracy"
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
