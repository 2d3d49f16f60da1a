// What compared runs differ in, and what came of each; what is the same in all of them is left out.
import { memo } from "react";
import type { ComparedRun } from "@/app/_charts/compare-plot";
import { RunBadge } from "@/app/_charts/run-badge";
import { formatAccuracy, formatCount } from "@/app/_ui/format";
import { differences, type Outcome, outcomeOf } from "@/lib/metrics/compare";

interface Result {
  label: string;
  textOf(outcome: Outcome): string;
  /** The number that is better the larger it is; results without one are neither. */
  meritOf?(outcome: Outcome): number;
}

const results: readonly Result[] = [
  {
    label: "Test accuracy",
    textOf: ({ testAccuracy }) => formatAccuracy(testAccuracy),
    meritOf: ({ testAccuracy }) => testAccuracy,
  },
  {
    label: "Test loss",
    textOf: ({ testLoss }) => testLoss.toFixed(4),
    meritOf: ({ testLoss }) => -testLoss,
  },
  { label: "Parameters", textOf: ({ parameters }) => formatCount(parameters) },
  { label: "Multiply-adds an image", textOf: ({ macs }) => formatCount(macs) },
  {
    label: "Epochs trained",
    textOf: ({ epochs, restoredEpoch }) =>
      restoredEpoch === null
        ? formatCount(epochs)
        : `${formatCount(epochs)}, weights of epoch ${restoredEpoch}`,
  },
  { label: "Time", textOf: ({ elapsedMs }) => `${(elapsedMs / 1000).toFixed(2)} s` },
  { label: "Engine", textOf: ({ engine }) => engine },
];

/** Left alone while only the charts are read. */
export const DifferenceTable = memo(function DifferenceTable({ runs }: { runs: readonly ComparedRun[] }) {
  const differing = differences(runs.map(({ record }) => record.experiment));
  const outcomes = runs.map(({ record }) => outcomeOf(record));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="relative overflow-x-auto" tabIndex={0}>
      <table className="w-full text-mini">
        <caption className="sr-only">What the runs differ in, and their results</caption>
        <thead>
          <tr>
            <th scope="col" className="text-left font-normal text-soft">
              <span className="sr-only">What</span>
            </th>
            {runs.map(({ name }, run) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a run is its letter here.
              <th key={run} scope="col" className="py-1.5 pl-4 text-left font-medium">
                <span className="flex min-w-24 items-center gap-1.5">
                  <RunBadge index={run} />
                  <span className="wrap-anywhere">{name}</span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Heading text="Differences" columns={runs.length} />
          {differing.map(({ label, values }) => (
            <Row key={label} label={label} values={values} />
          ))}
          {differing.length === 0 && (
            <tr className="border-line border-t">
              <td colSpan={runs.length + 1} className="py-1.5 text-soft">
                None: the experiments are the same.
              </td>
            </tr>
          )}
        </tbody>
        <tbody>
          <Heading text="Results" columns={runs.length} />
          {results.map(({ label, textOf, meritOf }) => (
            <Row key={label} label={label} values={outcomes.map(textOf)} best={bestOf(outcomes, meritOf)} />
          ))}
        </tbody>
      </table>
    </div>
  );
});

/** Places of the best, where not all are as good. */
function bestOf(outcomes: readonly Outcome[], meritOf: Result["meritOf"]): readonly boolean[] {
  if (meritOf === undefined) return [];
  const merits = outcomes.map(meritOf);
  const most = Math.max(...merits);
  return merits.every((merit) => merit === most) ? [] : merits.map((merit) => merit === most);
}

const Heading = ({ text, columns }: { text: string; columns: number }) => (
  <tr>
    <th scope="rowgroup" colSpan={columns + 1} className="caps pt-4 pb-1.5 text-left">
      {text}
    </th>
  </tr>
);

interface RowProps {
  label: string;
  values: readonly string[];
  best?: readonly boolean[];
}

const Row = ({ label, values, best = [] }: RowProps) => (
  <tr className="border-line border-t align-top">
    <th scope="row" className="sticky left-0 bg-paper py-1.5 pr-2 text-left font-normal text-soft">
      {label}
    </th>
    {values.map((value, run) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a run is its letter here.
      <td key={run} className={`py-1.5 pl-4 ${best[run] ? "font-semibold" : ""}`}>
        {value}
        {best[run] && <span className="sr-only">, the best</span>}
      </td>
    ))}
  </tr>
);
