// A sweep over one number: its scores as a line, by decades where the values span some, with each score at its point and
// the best one named.
import { Cross, Curve, Dot, usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { formatAccuracy } from "@/app/_ui/format";
import { CHART_CLASS } from "./size";
import { SweepFrame } from "./sweep-frame";
import { lineScale, numberOf, placeLabels, type ShownCell, scoreAxis } from "./sweep-plot";

export default function SweepLine({ cells }: { cells: readonly ShownCell[] }) {
  const labels = new Map(cells.map((shown) => [numberOf(shown), shown.cell.label]));
  return (
    <div className={CHART_CLASS} aria-hidden="true">
      <SweepFrame
        x={lineScale(cells)}
        labelOf={(value) => labels.get(value) ?? String(value)}
        y={scoreAxis(cells)}
      >
        <Points cells={cells} />
      </SweepFrame>
    </div>
  );
}

interface PlacedCell {
  shown: ShownCell;
  x: number;
  y: number;
}

function Points({ cells }: { cells: readonly ShownCell[] }) {
  const scaleX = useXAxisScale();
  const scaleY = useYAxisScale();
  const area = usePlotArea();
  if (scaleX === undefined || scaleY === undefined || area === undefined) return null;
  const xOf = (shown: ShownCell) => Number(scaleX(numberOf(shown)));
  const placed = cells
    .filter(({ score }) => score !== null)
    .map((shown): PlacedCell => ({ shown, x: xOf(shown), y: Number(scaleY(shown.score!)) }))
    // While Recharts lays its axes out again, there is no place for anything.
    .filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
    .toSorted((a, b) => a.x - b.x);
  const done = placed.filter(({ shown }) => shown.state === "done");
  // The best is sure of its place.
  const labelled = placed.toSorted((a, b) => Number(b.shown.best) - Number(a.shown.best));
  const sides = placeLabels(labelled);
  const foot = area.y + area.height;
  return (
    <g>
      <Curve points={done.map(({ x, y }) => ({ x, y }))} stroke="var(--train)" strokeWidth={2} fill="none" />
      {placed.map(({ shown, x, y }) => (
        <Dot
          key={shown.cell.id}
          cx={x}
          cy={y}
          r={shown.best ? 5.5 : 3.5}
          fill={shown.state === "done" ? "var(--train)" : "var(--paper)"}
          stroke={shown.state === "done" ? "var(--paper)" : "var(--train)"}
          strokeWidth={1.5}
        />
      ))}
      {labelled.map(({ shown, x, y }, index) =>
        sides[index] === null ? null : (
          <text
            key={shown.cell.id}
            x={x}
            y={sides[index] === "above" ? y - 10 : y + 20}
            textAnchor="middle"
            fontSize={shown.best ? 12.5 : 11.5}
            fontWeight={shown.best ? 700 : 500}
            fill={shown.state === "done" ? "var(--ink)" : "var(--soft)"}
            stroke="var(--paper)"
            strokeWidth={3}
            paintOrder="stroke"
          >
            {shown.best ? "best " : ""}
            {formatAccuracy(shown.score!)}
          </text>
        ),
      )}
      {cells
        .filter(
          (shown) => shown.state === "failed" && shown.cell.spec !== null && Number.isFinite(xOf(shown)),
        )
        .map((shown) => (
          <g key={shown.cell.id}>
            <Cross
              x={xOf(shown)}
              y={foot - 8}
              width={11}
              height={11}
              top={foot - 13.5}
              left={xOf(shown) - 5.5}
              stroke="var(--wrong)"
              strokeWidth={2}
              transform={`rotate(45 ${xOf(shown)} ${foot - 8})`}
            />
            <text x={xOf(shown)} y={foot - 20} textAnchor="middle" fontSize={11} fill="var(--wrong)">
              failed
            </text>
          </g>
        ))}
    </g>
  );
}
