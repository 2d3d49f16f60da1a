// Every training of a sweep as a row: what it was, what came of it, and a button that opens it in the playground. On narrow
// screens the lesser numbers stand below the name.
import { memo } from "react";
import { Button } from "@/app/_ui/button";
import { formatAccuracy, formatCount, formatLoss } from "@/app/_ui/format";
import { openCell } from "@/lib/store/sweep";
import type { CellProgress } from "@/lib/sweeps/runner";
import type { Cell, CellResult, SweepSpec } from "@/lib/sweeps/sweep";
import { type Row, tableRows } from "./rows";

interface SweepTableProps {
  sweep: SweepSpec;
  results: readonly CellResult[];
  underway: readonly CellProgress[];
  storageKey: string;
  onOpened?(): void;
}

export const SweepTable = memo(function SweepTable(props: SweepTableProps) {
  const { sweep, results, underway, storageKey, onOpened } = props;
  const rows = tableRows(sweep, results, underway);
  const open = ({ id }: Cell) => {
    openCell(storageKey, id);
    onOpened?.();
  };
  return (
    <table className="w-full text-mini">
      <caption className="sr-only">{sweep.title}: every training</caption>
      <thead className="text-soft">
        <tr className="text-right">
          <th scope="col" className="py-1 text-left font-normal">
            {sweep.kind === "search" ? "Trial" : sweep.axes.map(({ label }) => label).join(" · ")}
          </th>
          <th scope="col" className="pl-3 font-normal">
            Score
          </th>
          <th scope="col" className="whitespace-nowrap pl-3 font-normal max-sm:hidden">
            Val. loss
          </th>
          <th scope="col" className="pl-3 font-normal max-sm:hidden">
            Epochs
          </th>
          <th scope="col" className="pl-3 font-normal max-sm:hidden">
            Time
          </th>
          <th scope="col" className="w-20 font-normal">
            <span className="sr-only">Open in the playground</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TableRow key={row.cell.id} row={row} onOpen={open} />
        ))}
      </tbody>
    </table>
  );
});

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

function TableRow({ row, onOpen }: { row: Row; onOpen(cell: Cell): void }) {
  const { cell, name, details, result, training, best } = row;
  const failed = result !== null && result.failure !== null;
  const numbers =
    result === null || failed
      ? null
      : [
          result.valLoss === null ? "–" : formatLoss(result.valLoss),
          formatCount(result.epochs),
          seconds(result.elapsedMs),
        ];
  return (
    <tr className="border-line border-t text-right align-baseline">
      <th scope="row" className="py-2 text-left font-normal">
        <span className={best ? "font-semibold" : "font-medium"}>{name}</span>
        {details !== null && <span className="block text-soft wrap-anywhere">{details}</span>}
        {failed && <span className="block text-wrong wrap-anywhere">{result.failure}</span>}
        {numbers !== null && (
          <span className="block text-soft sm:hidden">
            {numbers[0] === "–" ? "" : `loss ${numbers[0]} · `}
            {numbers[1]} {result!.epochs === 1 ? "epoch" : "epochs"} · {numbers[2]}
          </span>
        )}
      </th>
      <td className="py-2 pl-3 whitespace-nowrap">
        {result === null ? (
          <span className="text-soft">{training ? "training" : "–"}</span>
        ) : (
          <span className={best ? "font-semibold" : failed ? "text-wrong" : ""}>
            {failed && "✕ "}
            {formatAccuracy(result.score)}
            {best && <span className="sr-only">, the best</span>}
          </span>
        )}
      </td>
      {[0, 1, 2].map((column) => (
        <td key={column} className="py-2 pl-3 whitespace-nowrap max-sm:hidden">
          {numbers?.[column] ?? "–"}
        </td>
      ))}
      <td className="py-1 pl-3">
        {cell.spec !== null && (
          <Button aria-label={`Open ${name}`} onClick={() => onOpen(cell)}>
            Open
          </Button>
        )}
      </td>
    </tr>
  );
}
