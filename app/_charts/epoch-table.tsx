// A chart's numbers for who would rather read them.
import { NumberTable } from "@/app/_ui/number-table";
import type { EpochMetrics } from "@/lib/metrics/history";

interface EpochTableProps {
  caption: string;
  history: readonly EpochMetrics[];
  /** The epoch, from 1, whose weights were put back. */
  kept?: number | null;
  trainOf(metrics: EpochMetrics): number;
  validationOf(metrics: EpochMetrics): number | null;
}

export function EpochTable({ caption, history, kept, trainOf, validationOf }: EpochTableProps) {
  return (
    <NumberTable caption={caption} className="max-h-64">
      <thead>
        <tr className="text-soft">
          <th scope="col" className="py-1 text-left font-normal">
            Epoch
          </th>
          <th scope="col" className="font-normal">
            Training
          </th>
          <th scope="col" className="font-normal">
            Validation
          </th>
        </tr>
      </thead>
      <tbody>
        {history.map((metrics) => (
          <tr key={metrics.epoch} className="border-line border-t">
            <th scope="row" className="py-1 text-left font-normal">
              {metrics.epoch}
              {metrics.epoch === kept && <span className="text-soft"> · its weights</span>}
            </th>
            <td>{trainOf(metrics).toFixed(4)}</td>
            <td>{validationOf(metrics)?.toFixed(4) ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </NumberTable>
  );
}
