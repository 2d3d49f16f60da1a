// Precision, recall and F1 of every class.
import { Explain } from "@/app/_ui/explain";
import { formatCount } from "@/app/_ui/format";
import type { ClassScore } from "@/lib/metrics/confusion";
import { formatScore } from "./words";

interface ClassTableProps {
  scores: readonly ClassScore[];
  names: readonly string[];
}

const columns = [
  {
    term: "Precision",
    means: "Of all images that were read as this class, the share that are of it.",
    of: ({ precision }: ClassScore) => precision,
  },
  {
    term: "Recall",
    means: "Of all images of this class, the share that were read as it.",
    of: ({ recall }: ClassScore) => recall,
  },
  {
    term: "F1",
    means: "Precision and recall in one number, their harmonic mean: low as soon as one of the two is.",
    of: ({ f1 }: ClassScore) => f1,
  },
] as const;

export function ClassTable({ scores, names }: ClassTableProps) {
  const lowest = scores.reduce<number | null>(
    (low, { f1 }) => (f1 !== null && (low === null || f1 < low) ? f1 : low),
    null,
  );
  return (
    <table className="w-full text-right text-mini">
      <caption className="sr-only">Precision, recall and F1 by class</caption>
      <thead className="text-soft">
        <tr>
          <th scope="col" className="py-1 text-left font-normal">
            Class
          </th>
          {columns.map(({ term, means }) => (
            <th key={term} scope="col" className="pl-2 font-normal">
              <Explain term={term} className="justify-end">
                {means}
              </Explain>
            </th>
          ))}
          <th scope="col" className="pl-2 font-normal">
            Images
          </th>
        </tr>
      </thead>
      <tbody>
        {scores.map((score, kind) => (
          <tr
            key={names[kind]}
            className={`border-line border-t ${score.f1 !== null && score.f1 === lowest ? "font-semibold" : ""}`}
          >
            <th scope="row" className="py-1 text-left font-[inherit]">
              {names[kind]}
              {score.f1 !== null && score.f1 === lowest && <span className="sr-only">, the lowest F1</span>}
            </th>
            {columns.map(({ term, of }) => (
              <td key={term} className="pl-2">
                {formatScore(of(score))}
              </td>
            ))}
            <td className="pl-2 text-soft">{formatCount(score.images)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
