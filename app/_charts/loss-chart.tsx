// The loss of a run, batch by batch and epoch by epoch.
import { formatLoss } from "@/app/_ui/format";
import { lossAxis } from "@/lib/metrics/axis";
import type { EpochMetrics } from "@/lib/metrics/history";
import { RunChart } from "./run-chart";
import type { ChartInput } from "./use-plot";

const trainOf = ({ loss }: EpochMetrics) => loss;
const validationOf = ({ valLoss }: EpochMetrics) => valLoss;

interface LossChartProps {
  /** What the experiment is called. */
  of: string;
  input: ChartInput;
  wanted: boolean;
}

export function LossChart({ of, input, wanted }: LossChartProps) {
  return (
    <RunChart
      title="Loss"
      of={of}
      hint="lower is better"
      shape="falls"
      input={input}
      wanted={wanted}
      turn={0}
      axis={lossAxis}
      trainOf={trainOf}
      validationOf={validationOf}
      format={formatLoss}
    />
  );
}
