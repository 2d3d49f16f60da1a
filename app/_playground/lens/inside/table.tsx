// What a picture shows in numbers, folded beneath it; and why there is no picture.
import type { ReactNode } from "react";
import { NumberTable } from "@/app/_ui/number-table";

interface TableProps {
  title: string;
  head: readonly string[];
  /** The first cell of a row names it. */
  rows: readonly (readonly string[])[];
}

export function Table({ title, head, rows }: TableProps) {
  return (
    <details>
      <summary className="tap inline-flex cursor-pointer items-center text-mini text-soft hover:text-ink">
        {title}
      </summary>
      <NumberTable caption={title} className="max-h-64">
        <thead>
          <tr className="text-soft">
            {head.map((name, i) => (
              <th
                key={name}
                scope="col"
                className={`py-1 pl-3 font-normal first:pl-0 ${i === 0 ? "text-left" : ""}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr key={name} className="border-line border-t">
              <th scope="row" className="py-1 text-left font-normal">
                {name}
              </th>
              {cells.map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column's place is what it is.
                <td key={i} className="pl-3">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </NumberTable>
    </details>
  );
}

export function Problem({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="text-mini text-wrong">
      {children}
    </p>
  );
}
