// A line that one drags by its ends, a few points, and the square of each error: what the mean squared loss adds up.
import { useState } from "react";
import { marks as names } from "@/lib/lessons/loss-to-backpropagation/marks";
import { surface } from "@/lib/lessons/mathematics/descent";
import { type Line, lossOf, type Point, points, predict } from "@/lib/lessons/mathematics/line-loss";
import type { FigureProps } from "./figure";
import { Handle } from "./handle";
import { fixed } from "./numbers";
import { aspectOf, type Plane, planeOf, type Range, toStep, within } from "./plane";
import { useWidth } from "./use-width";

const X: Range = [-1, 3.2];
const Y: Range = [-1, 3.2];
/** Where the line is held. */
const ENDS = [-0.8, 3] as const;
/** What an arrow key moves an end by. */
const STEP = 0.05;
/** So close to the least loss, as its multiple, counts as found. */
const CLOSE = 1.15;

const start: Line = { w: -0.25, b: 2 };

/** The line through two heights at its ends. */
function lineThrough(first: number, last: number): Line {
  const w = (last - first) / (ENDS[1] - ENDS[0]);
  return { w, b: first - w * ENDS[0] };
}

export default function SquaredLoss({ marks }: FigureProps) {
  const [line, setLine] = useState(start);
  const [place, width] = useWidth<HTMLDivElement>();
  const plane = planeOf(width, X, Y);
  const loss = lossOf(line, points);
  const close = loss <= CLOSE * surface.loss;

  function move(end: 0 | 1, height: number) {
    const heights = ENDS.map((x) => predict(line, x)) as [number, number];
    heights[end] = within(height, [Y[0] + 0.1, Y[1] - 0.1]);
    const next = lineThrough(...heights);
    setLine(next);
    if (lossOf(next, points) <= CLOSE * surface.loss) marks(names.fitted, true);
  }

  return (
    <figure
      aria-label="The mean squared loss of a line"
      className="@container my-6 max-w-xl text-sm leading-5"
    >
      <div className="grid items-center gap-x-8 gap-y-4 @lg:grid-cols-[minmax(0,1fr)_13rem]">
        <div
          ref={place}
          className="relative overflow-clip rounded-lg"
          style={{ aspectRatio: aspectOf(X, Y) }}
        >
          {width > 0 && (
            <>
              <Drawing plane={plane} line={line} />
              {ENDS.map((x, index) => {
                const height = predict(line, x);
                return (
                  <Handle
                    key={x}
                    name={index === 0 ? "Left end of the line" : "Right end of the line"}
                    left={plane.px(x)}
                    top={plane.py(height)}
                    value={{
                      ...{ now: height, min: Y[0], max: Y[1] },
                      text: `height ${fixed(height)}, loss ${fixed(loss, 3)}`,
                    }}
                    onDrag={(_, top) => move(index as 0 | 1, plane.y(top))}
                    onPush={(right, up) => move(index as 0 | 1, toStep(height, STEP) + STEP * (right + up))}
                    className="bg-train"
                  />
                );
              })}
            </>
          )}
        </div>
        <Sums line={line} close={close} />
      </div>
      <figcaption className="mt-3 text-mini text-soft">
        Drag the ends of the line, or move them with the arrow keys. Each square has the error between a label
        and its prediction as its side.
      </figcaption>
    </figure>
  );
}

function Drawing({ plane, line }: { plane: Plane; line: Line }) {
  const { width, height, px, py, unit } = plane;
  const [from, to] = ENDS;
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={`Five points, the line ŷ = ${fixed(line.w)}x ${line.b < 0 ? "−" : "+"} ${fixed(Math.abs(line.b))}, and a square for each error`}
      className="absolute inset-0"
    >
      <rect width={width} height={height} rx="8" fill="var(--raised)" stroke="var(--line)" />
      <path d={`M0 ${py(0)}H${width}M${px(0)} 0V${height}`} stroke="var(--line)" />
      {points.map((point) => (
        <Square key={point.x} {...{ plane, line, point }} />
      ))}
      <path
        d={`M${px(from)} ${py(predict(line, from))}L${px(to)} ${py(predict(line, to))}`}
        stroke="var(--train)"
        strokeWidth="2"
      />
      {points.map(({ x, y }) => (
        <g key={x}>
          <circle
            cx={px(x)}
            cy={py(predict(line, x))}
            r="3.5"
            fill="var(--raised)"
            stroke="var(--train)"
            strokeWidth="2"
          />
          <circle cx={px(x)} cy={py(y)} r="5" fill="var(--ink)" stroke="var(--raised)" strokeWidth="1.5" />
        </g>
      ))}
      <g fontSize="12" fill="var(--soft)">
        <text x={width - 10} y={py(0) - 7} textAnchor="end" fontStyle="italic">
          x
        </text>
        <text x={px(0) + 8} y={16} fontStyle="italic">
          y
        </text>
        <text x={px(points[0]!.x) - 0.02 * unit} y={py(points[0]!.y) + 19} textAnchor="middle">
          label
        </text>
      </g>
    </svg>
  );
}

/** Its side is the error; it lies on the side of the error that has more room. */
function Square({ plane: { px, py, unit }, line, point }: { plane: Plane; line: Line; point: Point }) {
  const predicted = predict(line, point.x);
  const side = Math.abs(point.y - predicted) * unit;
  const left = point.x > 1.2 ? px(point.x) - side : px(point.x);
  return (
    <rect
      x={left}
      y={py(Math.max(point.y, predicted))}
      width={side}
      height={side}
      fill="var(--wrong)"
      fillOpacity="0.14"
      stroke="var(--wrong)"
      strokeOpacity="0.6"
    />
  );
}

/** Every square in numbers, and what they come to. */
function Sums({ line, close }: { line: Line; close: boolean }) {
  const squares = points.map(({ x, y }) => (y - predict(line, x)) ** 2);
  const sum = squares.reduce((total, square) => total + square, 0);
  const loss = lossOf(line, points);
  const n = points.length;
  return (
    <div>
      <table className="w-full text-right">
        <caption className="sr-only">Labels, predictions and squared errors of the five points</caption>
        <thead>
          <tr className="border-line border-b text-mini text-soft">
            <Head>label y</Head>
            <Head>ŷ</Head>
            <Head>(y − ŷ)²</Head>
          </tr>
        </thead>
        <tbody>
          {points.map(({ x, y }, index) => (
            <tr key={x}>
              <td className="py-0.5">{fixed(y)}</td>
              <td className="py-0.5 text-train">{fixed(predict(line, x))}</td>
              <td className="py-0.5 text-wrong">{fixed(squares[index]!, 3)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot className="border-line border-t">
          <Sum name="sum">{fixed(sum, 3)}</Sum>
          <Sum name={`mean squared error, sum / ${n}`}>{fixed(sum / n, 3)}</Sum>
          <Sum name={`loss ℓ, sum / ${2 * n}`} strong>
            {fixed(loss, 3)}
          </Sum>
        </tfoot>
      </table>
      <p
        role="status"
        className={`mt-2 min-h-5 text-right text-mini ${close ? "text-correct" : "text-soft"}`}
      >
        {close
          ? `Hardly any line does better: ${fixed(surface.loss, 3)} is the least.`
          : "Find the line with the least loss."}
      </p>
    </div>
  );
}

function Head({ children }: { children: string }) {
  return (
    <th scope="col" className="whitespace-nowrap py-1 pl-2 font-normal">
      {children}
    </th>
  );
}

function Sum({ name, strong = false, children }: { name: string; strong?: boolean; children: string }) {
  return (
    <tr className={strong ? "font-semibold" : ""}>
      <th scope="row" colSpan={2} className={`pt-1 text-left ${strong ? "" : "font-normal text-soft"}`}>
        {name}
      </th>
      <td className="pt-1">{children}</td>
    </tr>
  );
}
