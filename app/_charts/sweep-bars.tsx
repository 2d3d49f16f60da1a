// A sweep over things that are no numbers: a bar for each, the best on top, with its name and its score beside it.
import { CartesianGrid, LineChart, usePlotArea, useXAxisScale, XAxis, YAxis } from "recharts";
import { formatAccuracy } from "@/app/_ui/format";
import { formatTick } from "./plot";
import { X_AXIS_HEIGHT } from "./size";
import { inOrder, type ShownCell, scoreAxis } from "./sweep-plot";

const ROW_PX = 40;
const BAR = { top: 22, height: 9 };
/** Room for half of the first and of the last tick. */
const MARGIN = { top: 2, right: 12, bottom: 0, left: 12 };

export default function SweepBars({ cells }: { cells: readonly ShownCell[] }) {
  const axis = scoreAxis(cells);
  const ends = axis.domain.map((x) => ({ x }));
  return (
    <div style={{ height: cells.length * ROW_PX + X_AXIS_HEIGHT + 6 }} aria-hidden="true">
      <LineChart responsive data={ends} margin={MARGIN} className="size-full" accessibilityLayer={false}>
        <XAxis
          type="number"
          dataKey="x"
          domain={axis.domain}
          ticks={axis.ticks}
          allowDataOverflow
          interval={0}
          tick={{ fontSize: 11, fill: "var(--soft)" }}
          tickLine={false}
          axisLine={false}
          height={X_AXIS_HEIGHT}
          tickMargin={8}
          tickFormatter={(tick: number) => formatTick(tick, axis.ticks)}
        />
        <YAxis hide domain={[0, 1]} />
        <CartesianGrid syncWithTicks horizontal={false} stroke="var(--line)" />
        <Bars cells={inOrder(cells)} cut={axis.domain[0] > 0} />
      </LineChart>
    </div>
  );
}

/** @param cut true where the axis does not begin at 0: the bars then show that they are not whole */
function Bars({ cells, cut }: { cells: readonly ShownCell[]; cut: boolean }) {
  const scale = useXAxisScale();
  const area = usePlotArea();
  if (scale === undefined || area === undefined) return null;
  return cells.map((shown, row) => {
    const { cell, score, state, best } = shown;
    const top = area.y + row * ROW_PX;
    // While Recharts lays its axis out again, there is no place for anything.
    const length = score === null ? 0 : Number(scale(score)) - area.x || 0;
    return (
      <g key={cell.id}>
        <text x={area.x} y={top + 16} fontSize={12.5} fontWeight={best ? 600 : 500} fill="var(--ink)">
          {cell.label}
        </text>
        <text
          x={area.x + area.width}
          y={top + 16}
          textAnchor="end"
          fontSize={12.5}
          fontWeight={state === "done" ? 600 : 400}
          fill={inkOf(shown)}
        >
          {saidOf(shown)}
        </text>
        <rect
          x={area.x}
          y={top + BAR.top}
          width={area.width}
          height={BAR.height}
          fill="var(--line)"
          opacity={0.5}
        />
        <rect
          x={area.x}
          y={top + BAR.top}
          width={Math.max(0, length)}
          height={BAR.height}
          fill="var(--train)"
          fillOpacity={best ? 1 : state === "training" ? 0.25 : 0.55}
        />
        {cut && length > 16 && (
          <path
            d={`M${area.x + 7} ${top + BAR.top + BAR.height + 1}l4 ${-BAR.height - 2}m3 0l-4 ${BAR.height + 2}`}
            stroke="var(--paper)"
            strokeWidth={1.5}
          />
        )}
      </g>
    );
  });
}

const inkOf = ({ state }: ShownCell): string =>
  state === "failed" ? "var(--wrong)" : state === "done" ? "var(--ink)" : "var(--soft)";

/** "best 0.9747", "0.9512", "training 0.9310", "✕ failed" */
function saidOf({ state, score, best }: ShownCell): string {
  if (state === "failed") return "✕ failed";
  if (state === "open") return "–";
  const number = score === null ? "" : formatAccuracy(score);
  return [state === "training" ? "training" : best ? "best" : "", number]
    .filter((part) => part !== "")
    .join(" ");
}
