// The small picture of a finding: bars with their numbers beside them, or lines without; and the same as a table.
import { useId, useState } from "react";
import { NumberTable } from "@/app/_ui/number-table";
import type { Bar, Picture } from "@/lib/doctor/define";
import { thin } from "@/lib/metrics/history";
import { formatLoss } from "../_ui/format";

const WIDTH = 240;
const HEIGHT = 64;
const EDGE = 3;
/** Rows that a table of lines has at most. */
const MOST_ROWS = 30;
/** Decades that a bar by decades spans at most: what is smaller has no length. */
const DECADES = 8;

export function FindingPicture({ picture }: { picture: Picture }) {
  return (
    <figure className="min-w-0 max-w-md">
      <figcaption className="mb-1.5 text-mini text-soft">
        {picture.caption}
        {picture.kind === "bars" && picture.logarithmic && ", by decades"}
        {picture.kind === "lines" && picture.top !== null && `, drawn up to ${formatLoss(picture.top)}`}
      </figcaption>
      {picture.kind === "bars" ? <Bars {...picture} /> : <Lines {...picture} />}
    </figure>
  );
}

/** Shares of the longest bar, 0 to 1. */
function lengths(bars: readonly Bar[], logarithmic: boolean): number[] {
  const sizes = bars.map(({ value }) => Math.abs(value));
  const most = Math.max(...sizes);
  if (most === 0) return sizes;
  if (!logarithmic) return sizes.map((size) => size / most);
  const span = Math.min(
    DECADES,
    Math.max(1, ...sizes.map((size) => (size > 0 ? Math.log10(most / size) : 0))) * 1.15,
  );
  return sizes.map((size) => (size > 0 ? Math.max(0, 1 - Math.log10(most / size) / span) : 0));
}

/** A table that is its own picture. */
function Bars({ bars, caption, logarithmic }: Extract<Picture, { kind: "bars" }>) {
  const shares = lengths(bars, logarithmic);
  return (
    <table className="w-full text-mini">
      <caption className="sr-only">{caption}</caption>
      <tbody>
        {bars.map(({ label, text, marked }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place; two may have one name.
          <tr key={i}>
            <th scope="row" className="w-0 whitespace-nowrap py-0.5 pr-3 text-left font-normal text-soft">
              {label}
            </th>
            <td className="py-0.5 align-middle" aria-hidden="true">
              <div
                className={`h-2 min-w-px rounded-sm ${marked ? "bg-wrong" : "bg-soft"}`}
                style={{ width: `${100 * shares[i]!}%` }}
              />
            </td>
            <td
              className={`w-0 whitespace-nowrap py-0.5 pl-3 text-right ${marked ? "font-semibold text-wrong" : ""}`}
            >
              {text}
              {marked && <span className="sr-only">, what the finding is about</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const inks = {
  train: { stroke: "var(--train)", text: "text-train" },
  validation: { stroke: "var(--validation)", text: "text-validation-text" },
};

function pathOf(values: readonly number[], most: number): string {
  const place = (value: number, i: number) => {
    const x = (WIDTH * i) / Math.max(1, values.length - 1);
    const y = HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * Math.min(value, most)) / most;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  return `M${values.map(place).join("L")}`;
}

type LinesProps = Pick<Extract<Picture, { kind: "lines" }>, "lines" | "caption" | "across" | "top">;

function Lines({ lines, caption, across, top }: LinesProps) {
  const [table, setTable] = useState(false);
  const id = useId();
  const most = top ?? Math.max(...lines.flatMap(({ values }) => values), Number.MIN_VALUE);
  return (
    <>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-16 w-full"
        aria-hidden="true"
      >
        <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
        {lines.map(({ label, ink, values }) => (
          <path
            key={label}
            d={pathOf(values, most)}
            fill="none"
            stroke={inks[ink].stroke}
            strokeWidth="1.75"
            strokeLinejoin="round"
            strokeDasharray={ink === "validation" ? "4 3" : undefined}
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-4 text-2xs">
        <span className="flex flex-wrap gap-x-3">
          {lines.map(({ label, ink, values }) => (
            <span key={label} className={inks[ink].text}>
              {ink === "validation" ? "- - " : "— "}
              {label}, {formatLoss(values[0] ?? 0)} to {formatLoss(values.at(-1) ?? 0)}
            </span>
          ))}
        </span>
        <button
          type="button"
          aria-expanded={table}
          aria-controls={id}
          onClick={() => setTable(!table)}
          className="tap text-soft underline-offset-4 hover:underline"
        >
          {table ? "Hide the table" : "Show as table"}
          <span className="sr-only"> of {caption.toLowerCase()}</span>
        </button>
      </div>
      <div id={id}>{table && <LineTable lines={lines} caption={caption} across={across} />}</div>
    </>
  );
}

function LineTable({ lines, caption, across }: Omit<LinesProps, "top">) {
  const rows = Math.max(...lines.map(({ values }) => values.length));
  const places = thin([...Array(rows).keys()], MOST_ROWS);
  return (
    <NumberTable caption={caption} className="max-h-64">
      <thead className="text-soft">
        <tr>
          <th scope="col" className="py-1 text-left font-normal">
            {across}
          </th>
          {lines.map(({ label }) => (
            <th key={label} scope="col" className="font-normal">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {places.map((place) => (
          <tr key={place} className="border-line border-t">
            <th scope="row" className="py-1 text-left font-normal">
              {place + 1}
            </th>
            {lines.map(({ label, values }) => (
              <td key={label}>{values[place] === undefined ? "–" : formatLoss(values[place])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </NumberTable>
  );
}
