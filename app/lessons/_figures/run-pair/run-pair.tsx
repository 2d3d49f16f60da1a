// Two of the reader's runs side by side: what was changed, what came of it as numbers and bars, and in sentences.
import { RunBadge } from "@/app/_charts/run-badge";
import { formatAccuracy, formatLoss } from "@/app/_ui/format";
import { type Measure, type Pair, pairOf } from "@/lib/lessons/convolution-and-regularisation/pair";
import { titleOf } from "@/lib/spec/describe";
import type { FigureProps } from "../figure";
import { barsOf } from "./bar";

export default function RunPair({ facts }: FigureProps) {
  const pair = pairOf(facts);
  return (
    <section className="@container" aria-label="Your two runs compared">
      {pair === null ? (
        <Empty done={facts.runs.some(({ state }) => state === "done")} />
      ) : (
        <Compared {...pair} />
      )}
    </section>
  );
}

const sides = [0, 1] as const;

function Empty({ done }: { done: boolean }) {
  return (
    <div>
      <div aria-hidden="true" className="space-y-2 opacity-60">
        {[0.9, 0.7, 0.8].map((width) => (
          <div key={width} className="grid grid-cols-[8rem_1fr] items-center gap-3">
            <span className="h-2 w-20 rounded-full bg-line" />
            <span className="h-3 rounded-full bg-line" style={{ width: `${100 * width}%` }} />
          </div>
        ))}
      </div>
      <p className="mt-3 text-mini text-soft">
        {done
          ? "One run is here. Train the other, and both stand here side by side."
          : "Two runs of yours will stand here side by side."}
      </p>
    </div>
  );
}

function Compared({ runs, differences, measures, findings }: Pair) {
  return (
    <>
      <table className="w-full">
        <caption className="sr-only">What the two runs differ in, and what came of them</caption>
        <thead>
          <tr className="align-top">
            <td className="w-1/3" />
            {sides.map((side) => (
              <th key={side} scope="col" className="pb-2 pl-3 text-left font-medium">
                <span className="flex items-start gap-1.5">
                  <RunBadge index={side} />
                  <span className="min-w-0 break-words">
                    {titleOf(runs[side].spec).replace(/^[AB]: /, "")}
                  </span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map(({ label, values }) => (
            <tr key={label} className="border-line border-t align-top text-mini">
              <th scope="row" className="py-1.5 text-left font-normal text-soft">
                {label}
              </th>
              {sides.map((side) => (
                <td key={side} className="break-words py-1.5 pl-3">
                  {values[side]}
                </td>
              ))}
            </tr>
          ))}
          {measures.map((measure) => (
            <MeasureRow key={measure.label} {...measure} />
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-mini text-soft">
        Accuracies and losses are those of the last epoch. A shorter bar is better; under an accuracy it shows
        what is wrong.
      </p>
      <ul className="mt-3 space-y-1 text-mini">
        {findings.map((finding) => (
          <li key={finding}>{finding}</li>
        ))}
      </ul>
    </>
  );
}

const formats: Record<Measure["unit"], (value: number) => string> = {
  ms: (value) => (value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(2)} s`),
  share: formatAccuracy,
  loss: formatLoss,
};

function MeasureRow({ label, unit, comparable, values }: Measure) {
  const bars = barsOf({ unit, values });
  return (
    <tr className="border-line border-t">
      <th scope="row" className="py-1.5 text-left font-normal">
        {label}
      </th>
      {sides.map((side) => {
        const value = values[side];
        return (
          <td key={side} className="py-1.5 pl-3">
            {value === null ? "–" : formats[unit](value)}
            {value !== null && comparable && (
              <span aria-hidden="true" className="mt-1 block h-1.5 rounded-full bg-line">
                <span
                  className="block h-full rounded-full"
                  style={{
                    width: `${100 * bars[side]}%`,
                    background: `var(--run-${side === 0 ? "a" : "b"})`,
                  }}
                />
              </span>
            )}
          </td>
        );
      })}
    </tr>
  );
}
