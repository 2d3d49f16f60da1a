// The loss of a run, batch by batch and epoch by epoch.
import { formatLoss } from "@/app/_ui/format";
import { lossAxis } from "@/lib/metrics/axis";
import type { EpochMetrics } from "@/lib/metrics/history";
import { ChartFrame } from "./chart-frame";
import { EmptyPlot } from "./empty-plot";
import { EpochTable } from "./epoch-table";
import { LazyCurves } from "./lazy-curves";
import { type ChartInput, usePlot } from "./use-plot";

const trainOf = ({ loss }: EpochMetrics) => loss;
const validationOf = ({ valLoss }: EpochMetrics) => valLoss;

export function LossChart({ input }: { input: ChartInput | null }) {
  const plot = usePlot(input, lossAxis, validationOf);
  const empty = <EmptyPlot shape="falls" />;
  return (
    <ChartFrame
      title="Loss"
      hint="lower is better"
      table={
        input === null || input.history.length === 0 ? null : (
          <EpochTable caption="Loss by epoch" history={input.history} {...{ trainOf, validationOf }} />
        )
      }
    >
      {plot === null ? (
        empty
      ) : (
        <LazyCurves plot={plot} label="Chart of the loss" format={formatLoss} fallback={empty} />
      )}
    </ChartFrame>
  );
}
