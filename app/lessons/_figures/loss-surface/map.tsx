// The loss as a map: contours of the bowl, the path that the ball has taken, and where the next step would lead. The
// contours are exact ellipses, drawn as vectors in the page's own colours: sharp on every screen, in light and dark.
import { useId } from "react";
import { lossAt, type Path, surface } from "@/lib/lessons/mathematics/descent";
import { contourOf, type Line } from "@/lib/lessons/mathematics/line-loss";
import { fixed } from "../numbers";
import type { Plane, Range } from "../plane";

export const W: Range = [-2.2, 3.6];
export const B: Range = [-2.2, 3.2];

/** Losses at which a contour is drawn, outermost first: from each to the next the ball has half as far to go. */
const LEVELS = Array.from({ length: 12 }, (_, i) => surface.loss + 24 * 0.55 ** i);
/** The share of the ink in the colour of the highest ground. */
const DEEPEST = 38;

/** Far outside of the map; browsers draw no longer lines. */
const FAR = 5000;

const contours = LEVELS.map((level) => contourOf(surface, level)!);

const near = (pixels: number) => (Number.isFinite(pixels) ? Math.min(FAR, Math.max(-FAR, pixels)) : FAR);

interface MapProps {
  plane: Plane;
  path: Path;
  /** Where the next step would lead; null where there is none to make. */
  next: Line | null;
}

export function LossMap({ plane, path, next }: MapProps) {
  const { width, height } = plane;
  const clip = useId();
  const at = ({ w, b }: Line) => [near(plane.px(w)), near(plane.py(b))] as const;
  const points = (lines: readonly Line[]) => lines.map((line) => at(line).map(toTenth).join(",")).join(" ");
  const ball = path.at(-1)!;
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={`Map of the loss over w and b. The lowest point is at w ${fixed(surface.lowest.w)}, b ${fixed(surface.lowest.b)}; the ball is at w ${fixed(ball.w)}, b ${fixed(ball.b)}, where the loss is ${fixed(lossAt(ball), 3)}.`}
      className="absolute inset-0"
    >
      <clipPath id={clip}>
        <rect width={width} height={height} rx="8" />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <rect width={width} height={height} fill={tint(0)} />
        {contours.map((contour, index) => (
          <polygon
            // biome-ignore lint/suspicious/noArrayIndexKey: the levels are always the same.
            key={index}
            points={points(contour)}
            fill={tint((index + 1) / contours.length)}
            stroke="color-mix(in srgb, var(--train) 28%, transparent)"
            strokeWidth="0.75"
          />
        ))}
        <Cross at={at(surface.lowest)} />
        <polyline
          points={points(path)}
          fill="none"
          stroke="var(--ink)"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
        {path.slice(0, -1).map((line, index) => {
          const [cx, cy] = at(line);
          // biome-ignore lint/suspicious/noArrayIndexKey: a path only grows.
          return <circle key={index} cx={cx} cy={cy} r={index === 0 ? 3.5 : 2} fill="var(--ink)" />;
        })}
        {next !== null && <Arrow from={at(ball)} to={at(next)} />}
      </g>
      <rect x="0.5" y="0.5" width={width - 1} height={height - 1} rx="8" fill="none" stroke="var(--line)" />
      <g fontSize="12" fill="var(--soft)">
        <text x={width - 10} y={height - 10} textAnchor="end">
          slope <tspan fontStyle="italic">w</tspan> →
        </text>
        <text x={10} y={18}>
          ↑ intercept <tspan fontStyle="italic">b</tspan>
        </text>
      </g>
    </svg>
  );
}

const toTenth = (pixels: number) => Math.round(10 * pixels) / 10;

/** @param depth 0 on the highest ground, 1 on the lowest */
const tint = (depth: number) =>
  `color-mix(in srgb, var(--train) ${Math.round(DEEPEST * (1 - depth) ** 1.3)}%, var(--raised))`;

type Place = readonly [x: number, y: number];

function Cross({ at: [x, y] }: { at: Place }) {
  return <path d={`M${x - 5} ${y}h10M${x} ${y - 5}v10`} stroke="var(--soft)" strokeWidth="1.5" />;
}

/** The next step: against the gradient, as long as the learning rate makes it. Short ones are drawn as a mere tip. */
function Arrow({ from: [x, y], to: [toX, toY] }: { from: Place; to: Place }) {
  const length = Math.hypot(toX - x, toY - y);
  if (length === 0) return null;
  const [dx, dy] = [(toX - x) / length, (toY - y) / length];
  // The tip stands outside of the ball, which would cover it.
  const reach = Math.max(length, 24);
  const [tipX, tipY] = [x + reach * dx, y + reach * dy];
  const side = (along: number, across: number) =>
    `${toTenth(tipX - along * dx - across * dy)} ${toTenth(tipY - along * dy + across * dx)}`;
  return (
    <g stroke="var(--validation)" fill="var(--validation)">
      <path d={`M${x} ${y}L${side(7, 0)}`} strokeWidth="2" />
      <path d={`M${tipX} ${tipY}L${side(9, 4.5)}L${side(9, -4.5)}Z`} stroke="none" />
    </g>
  );
}
