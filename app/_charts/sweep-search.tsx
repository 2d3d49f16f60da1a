// A search: every trial a line through the rounds that it was in, fewer of them from round to round, and the best one
// named.
import { Curve, Dot, usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { formatAccuracy } from "@/app/_ui/format";
import type { SearchSweep } from "@/lib/sweeps/sweep";
import { CHART_CLASS } from "./size";
import { SweepFrame } from "./sweep-frame";
import { roundScale, type ShownCell, scoreAxis, type TrialLine, trialLines } from "./sweep-plot";

interface SweepSearchProps {
  sweep: SearchSweep;
  cells: readonly ShownCell[];
}

export default function SweepSearch({ sweep, cells }: SweepSearchProps) {
  return (
    <div className={CHART_CLASS} aria-hidden="true">
      <SweepFrame x={roundScale(sweep)} labelOf={String} y={scoreAxis(cells)}>
        <Trials lines={trialLines(cells)} />
      </SweepFrame>
    </div>
  );
}

function Trials({ lines }: { lines: readonly TrialLine[] }) {
  const scaleX = useXAxisScale();
  const scaleY = useYAxisScale();
  const area = usePlotArea();
  if (scaleX === undefined || scaleY === undefined || area === undefined) return null;
  // The best one is drawn last, over the others.
  return lines
    .toSorted((a, b) => Number(a.best) - Number(b.best))
    .map(({ trial, label, points, best }) => {
      const placed = points
        .map(({ epochs, score, training }) => ({
          x: Number(scaleX(epochs)),
          y: Number(scaleY(score)),
          training,
        }))
        // While Recharts lays its axes out again, there is no place for anything.
        .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
      const end = placed.at(-1);
      const ink = best ? "var(--train)" : "var(--soft)";
      const atTheRight = end !== undefined && end.x > area.x + 0.6 * area.width;
      return (
        <g key={trial} opacity={best ? 1 : 0.75}>
          <Curve points={placed} stroke={ink} strokeWidth={best ? 2.25 : 1.25} fill="none" />
          {placed.map(({ x, y, training }) => (
            <Dot
              key={x}
              cx={x}
              cy={y}
              r={best ? 4.5 : 3}
              fill={training ? "var(--paper)" : ink}
              stroke={training ? ink : "var(--paper)"}
            />
          ))}
          {best && end !== undefined && (
            <text
              x={atTheRight ? end.x + 6 : end.x - 6}
              y={Math.max(end.y - 10, area.y + 9)}
              textAnchor={atTheRight ? "end" : "start"}
              fontSize={12.5}
              fontWeight={700}
              fill="var(--ink)"
              stroke="var(--paper)"
              strokeWidth={3}
              paintOrder="stroke"
            >
              best: {label.toLowerCase()}, {formatAccuracy(points.at(-1)!.score)}
            </text>
          )}
        </g>
      );
    });
}
