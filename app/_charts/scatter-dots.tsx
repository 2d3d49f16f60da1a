// The points of a scatter and the stair of its best front. Only drawn: who does not see it reads the slider around it, or
// the table.
import { createContext, use, useMemo } from "react";
import { Curve, Dot, usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { placeOn } from "@/lib/metrics/decades";
import { colorOf, LETTER_PX, letterOf, spread } from "./compare-plot";
import { Frame } from "./frame";
import { type Scatter, type ScatterPoint, stairOf } from "./scatter-plot";

interface ScatterDotsProps {
  scatter: Scatter;
  /** The point that is read, or null. */
  read: number | null;
  /** The compared run that stands out, or null. */
  marked: number | null;
  formatCost(cost: number): string;
  onPoint(point: number | null): void;
}

const ScatterContext = createContext<ScatterDotsProps | null>(null);
const dots = <Dots />;

export function ScatterDots({ scatter, read, marked, formatCost, onPoint }: ScatterDotsProps) {
  const value = useMemo(
    () => ({ scatter, read, marked, formatCost, onPoint }),
    [scatter, read, marked, formatCost, onPoint],
  );
  return (
    <div className="size-full" aria-hidden="true">
      <ScatterContext value={value}>
        <Frame x={scatter.x} y={scatter.y} formatX={formatCost}>
          {dots}
        </Frame>
      </ScatterContext>
    </div>
  );
}

/** Pixels around a dot in which it is pointed at. */
const REACH = 14;
const FADED = 0.2;

const inkOf = ({ run }: ScatterPoint): string => (run === null ? "var(--soft)" : colorOf(run));

function Dots() {
  const drawn = use(ScatterContext);
  const scaleX = useXAxisScale();
  const scaleY = useYAxisScale();
  const area = usePlotArea();
  if (drawn === null || scaleX === undefined || scaleY === undefined || area === undefined) return null;
  const { scatter, read, marked, onPoint } = drawn;
  const { points, front, x, y } = scatter;
  const place = (point: { x: number; y: number }) => ({
    x: Number(scaleX(placeOn(x, point.x))),
    y: Number(scaleY(placeOn(y, point.y))),
  });
  const placed = points.map(({ cost, merit }) => place({ x: cost, y: merit }));
  // While Recharts lays its axes out again, there is no place for anything.
  if (placed.some((dot) => !Number.isFinite(dot.x + dot.y))) return null;
  const lettered = [...points.keys()].filter((index) => points[index]!.run !== null);
  const letters = spread(
    lettered.map((index) => ({ x: placed[index]!.x + LETTER_PX, y: placed[index]!.y })),
    area.y + LETTER_PX / 2,
    area.y + area.height - LETTER_PX / 2,
  );
  const opacityOf = ({ run }: ScatterPoint) => (marked === null || marked === run ? 1 : FADED);
  const foot = area.y + area.height;
  return (
    <g>
      <Curve
        points={stairOf(front, x.domain[1]).map(place)}
        stroke="var(--ink)"
        strokeWidth={1.25}
        strokeDasharray="5 3"
        fill="none"
      />
      {read !== null && (
        <line
          x1={placed[read]!.x}
          x2={placed[read]!.x}
          y1={placed[read]!.y}
          y2={foot}
          stroke="var(--soft)"
          strokeDasharray="2 3"
        />
      )}
      {placed.map((dot, index) => {
        const point = points[index]!;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place among them.
          <g key={index} opacity={opacityOf(point)}>
            <Dot
              cx={dot.x}
              cy={dot.y}
              r={(point.run === null ? 3 : 4.5) + (read === index ? 1.5 : 0)}
              fill={point.onFront ? inkOf(point) : "var(--paper)"}
              stroke={inkOf(point)}
              strokeWidth={1.75}
            />
          </g>
        );
      })}
      {letters.map((letter, index) => {
        const point = points[lettered[index]!]!;
        return (
          <text
            key={letterOf(point.run!)}
            x={letter.x}
            y={letter.y + 4}
            textAnchor="middle"
            fontSize={12}
            fontWeight={700}
            fill={inkOf(point)}
            stroke="var(--paper)"
            strokeWidth={3}
            paintOrder="stroke"
            opacity={opacityOf(point)}
          >
            {letterOf(point.run!)}
          </text>
        );
      })}
      {placed.map((dot, index) => (
        // Last, and so over all that is drawn.
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place among them.
          key={index}
          cx={dot.x}
          cy={dot.y}
          r={REACH}
          fill="transparent"
          onPointerEnter={() => onPoint(index)}
          onPointerDown={() => onPoint(index)}
          onPointerLeave={({ pointerType }) => pointerType !== "touch" && onPoint(null)}
        />
      ))}
    </g>
  );
}
