// One metric of two runs, drawn: training through, validation dashed, a letter for each. It is read at one epoch; the
// numbers stand beside it.
import { colorOf, letterOf } from "./compare-plot";
import { formatTick } from "./plot";
import { Reader } from "./reader";

const WIDTH = 320;
const HEIGHT = 150;
/** The lines fill the drawing. */
const SIDES = { left: 0, right: 0 };

interface Point {
  x: number;
  y: number;
}

interface BesideChartProps {
  title: string;
  plot: {
    runs: readonly { train: readonly Point[]; validation: readonly Point[] }[];
    x: { domain: readonly [number, number] };
    y: { domain: readonly [number, number]; ticks: readonly number[] };
  };
  /** The epoch that both charts are read at, or null. */
  at: number | null;
  onRead(at: number | null): void;
  /** What both say there. */
  spoken: string;
}

export function BesideChart({ title, plot: { runs, x, y }, at, onRead, spoken }: BesideChartProps) {
  const across = (value: number) => (WIDTH * value) / x.domain[1];
  const [bottom, top] = y.domain;
  const down = (value: number) =>
    HEIGHT - (HEIGHT * (Math.min(Math.max(value, bottom), top) - bottom)) / (top - bottom);
  const path = (points: readonly Point[]) =>
    points.length === 0
      ? ""
      : `M${points.map((point) => `${across(point.x).toFixed(1)} ${down(point.y).toFixed(1)}`).join("L")}`;
  const ends = runs.flatMap(({ train }, run) => (train.length === 0 ? [] : [{ run, ...train.at(-1)! }]));
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex items-baseline justify-between gap-3">
        <span className="font-medium">{title}</span>
        <span className="text-mini text-soft">{at === null ? "at the end" : `epoch ${at.toFixed(2)}`}</span>
      </figcaption>
      <div className="grid grid-cols-[auto_minmax(0,1fr)_1.25rem] gap-x-2">
        <div className="relative w-9 text-right text-2xs text-soft" aria-hidden="true">
          {y.ticks.map((tick) => (
            <span
              key={tick}
              className="absolute right-0 -translate-y-1/2"
              style={{ top: `${(100 * down(tick)) / HEIGHT}%` }}
            >
              {formatTick(tick, y.ticks)}
            </span>
          ))}
        </div>
        <Reader
          name={`Epoch to compare the ${title.toLowerCase()} at`}
          text={spoken}
          epochs={x.domain[1]}
          sides={SIDES}
          at={at}
          onRead={onRead}
        >
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="h-40 w-full overflow-visible"
            aria-hidden="true"
          >
            {y.ticks.map((tick) => (
              <path
                key={tick}
                d={`M0 ${down(tick)}H${WIDTH}`}
                stroke="var(--line)"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {runs.map(({ train, validation }, run) => (
              <g
                key={letterOf(run)}
                fill="none"
                stroke={colorOf(run)}
                strokeWidth="1.75"
                strokeLinejoin="round"
              >
                <path d={path(train)} vectorEffect="non-scaling-stroke" />
                <path d={path(validation)} strokeDasharray="4 4" vectorEffect="non-scaling-stroke" />
              </g>
            ))}
            {at !== null && (
              <path d={`M${across(at)} 0V${HEIGHT}`} stroke="var(--soft)" vectorEffect="non-scaling-stroke" />
            )}
          </svg>
        </Reader>
        <div className="relative" aria-hidden="true">
          {ends.map(({ run, y: value }) => (
            <span
              key={letterOf(run)}
              className="absolute left-0 -translate-y-1/2 font-semibold text-2xs"
              style={{ top: `${(100 * down(value)) / HEIGHT}%`, color: colorOf(run) }}
            >
              {letterOf(run)}
            </span>
          ))}
        </div>
        <div
          className="col-start-2 mt-1.5 flex justify-between text-2xs text-soft leading-none"
          aria-hidden="true"
        >
          <span>0</span>
          <span>epochs</span>
          <span>{x.domain[1]}</span>
        </div>
      </div>
    </figure>
  );
}
