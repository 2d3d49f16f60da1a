// The accuracy of a run, batch by batch and epoch by epoch.
import { formatAccuracy } from "@/app/_ui/format";
import { accuracyAxis } from "@/lib/metrics/axis";
import type { EpochMetrics } from "@/lib/metrics/history";
import { ChartFrame } from "./chart-frame";
import { EmptyPlot } from "./empty-plot";
import { EpochTable } from "./epoch-table";
import { LazyCurves } from "./lazy-curves";
import { type ChartInput, usePlot } from "./use-plot";

const trainOf = ({ accuracy }: EpochMetrics) => accuracy;
const validationOf = ({ valAccuracy }: EpochMetrics) => valAccuracy;

export function AccuracyChart({ input }: { input: ChartInput | null }) {
  const plot = usePlot(input, accuracyAxis, validationOf);
  const empty = <EmptyPlot shape="rises" />;
  return (
    <ChartFrame
      title="Accuracy"
      hint="higher is better"
      table={
        input === null || input.history.length === 0 ? null : (
          <EpochTable caption="Accuracy by epoch" history={input.history} {...{ trainOf, validationOf }} />
        )
      }
    >
      {plot === null ? (
        empty
      ) : (
        <LazyCurves plot={plot} label="Chart of the accuracy" format={formatAccuracy} fallback={empty} />
      )}
    </ChartFrame>
  );
}
