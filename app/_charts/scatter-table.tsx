// A scatter's numbers for who would rather read them.
import { formatAccuracy } from "@/app/_ui/format";
import { NumberTable } from "@/app/_ui/number-table";
import { RunBadge } from "./run-badge";
import type { ScatterPoint } from "./scatter-plot";

interface ScatterTableProps {
  caption: string;
  points: readonly ScatterPoint[];
  unit: string;
  say(cost: number): string;
}

export function ScatterTable({ caption, points, unit, say }: ScatterTableProps) {
  return (
    <NumberTable caption={caption} className="mt-3 max-h-64">
      <thead className="text-soft">
        <tr>
          <th scope="col" className="py-1 text-left font-normal">
            Run
          </th>
          {[unit, "test accuracy", "best front"].map((name) => (
            <th key={name} scope="col" className="py-1 pl-3 font-normal">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map(({ name, run, cost, merit, onFront }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place among them.
          <tr key={index} className="border-line border-t">
            <th scope="row" className="py-1 text-left font-normal">
              <span className="flex items-center gap-1.5">
                {run !== null && <RunBadge index={run} />}
                <span className="wrap-anywhere">{name}</span>
              </span>
            </th>
            <td className="pl-3">{say(cost)}</td>
            <td className="pl-3">{formatAccuracy(merit)}</td>
            <td className="pl-3">{onFront ? "yes" : "–"}</td>
          </tr>
        ))}
      </tbody>
    </NumberTable>
  );
}
