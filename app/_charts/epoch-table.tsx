// A chart's numbers for who would rather read them.
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
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="max-h-64 overflow-y-auto" tabIndex={0}>
      <table className="w-full text-right text-mini">
        <caption className="sr-only">{caption}</caption>
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
      </table>
    </div>
  );
}
