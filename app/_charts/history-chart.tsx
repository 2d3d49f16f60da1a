// The accuracy of a run by its epochs alone, low enough for a text; where it stops rising can be pointed out.
import { useMemo } from "react";
import { formatAccuracy } from "@/app/_ui/format";
import { type Axis, accuracyAxis } from "@/lib/metrics/axis";
import type { EpochMetrics } from "@/lib/metrics/history";
import { RunChart } from "./run-chart";

interface HistoryChartProps {
  title: string;
  history: readonly EpochMetrics[];
  /** Epochs that the axis reaches to. */
  epochs: number;
  /** To be shared with charts beside it; the same axis at every call. */
  axis?: Axis;
  flatFrom?: number | null;
  turn?: number;
}

const trainOf = ({ accuracy }: EpochMetrics) => accuracy;
const validationOf = ({ valAccuracy }: EpochMetrics) => valAccuracy;

export function HistoryChart({ title, history, epochs, axis, flatFrom, turn = 0 }: HistoryChartProps) {
  // An epoch counts as one step here, whose value is its mean.
  const input = useMemo(
    () => ({
      series: { steps: history.length, stride: 1, means: history.map(trainOf) },
      history,
      stepsPerEpoch: 1,
      epochs,
      planned: epochs,
      raw: true,
    }),
    [history, epochs],
  );
  const axisOf = useMemo(() => (axis === undefined ? accuracyAxis : () => axis), [axis]);
  return (
    <RunChart
      title={title}
      hint="accuracy"
      shape="rises"
      input={input}
      wanted={history.length > 0}
      turn={turn}
      low
      flatFrom={flatFrom}
      axis={axisOf}
      trainOf={trainOf}
      validationOf={validationOf}
      format={formatAccuracy}
    />
  );
}
