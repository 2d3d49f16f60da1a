// The numbers behind compared curves, epoch by epoch, for who would rather read them.
import { NumberTable } from "@/app/_ui/number-table";
import type { EpochMetrics } from "@/lib/metrics/history";
import { type ComparedRun, letterOf } from "./compare-plot";
import { RunBadge } from "./run-badge";

interface CompareTableProps {
  caption: string;
  runs: readonly ComparedRun[];
  trainOf(metrics: EpochMetrics): number;
  validationOf(metrics: EpochMetrics): number | null;
}

export function CompareTable({ caption, runs, trainOf, validationOf }: CompareTableProps) {
  const epochs = Math.max(...runs.map(({ record }) => record.history.length));
  const cells = (epoch: number) =>
    runs.flatMap(({ record }, run) => {
      const metrics = record.history[epoch];
      const values = metrics === undefined ? [null, null] : [trainOf(metrics), validationOf(metrics)];
      return values.map((value, kind) => ({ key: `${letterOf(run)}${kind}`, value }));
    });
  return (
    <NumberTable caption={caption} className="mt-3 max-h-64">
      <thead className="text-soft">
        <tr>
          <th scope="col" className="py-1 pr-3 text-left font-normal">
            Epoch
          </th>
          {runs.flatMap(({ name }, run) =>
            ["training", "validation"].map((kind) => (
              <th key={`${letterOf(run)}${kind}`} scope="col" className="py-1 pl-3 font-normal">
                <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
                  <RunBadge index={run} />
                  <span className="sr-only">{name}</span> {kind}
                </span>
              </th>
            )),
          )}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: epochs }, (_, epoch) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an epoch is its number.
          <tr key={epoch} className="border-line border-t">
            <th scope="row" className="py-1 text-left font-normal">
              {epoch + 1}
            </th>
            {cells(epoch).map(({ key, value }) => (
              <td key={key} className="pl-3">
                {value?.toFixed(4) ?? "–"}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </NumberTable>
  );
}
