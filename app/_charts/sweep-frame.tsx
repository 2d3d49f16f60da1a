// The plot area of a sweep's chart: Recharts' axes and grid, and what is drawn with their scales. Small and rarely drawn
// again, so that it need not be laid out in stages as the charts of a run are.
import type { ReactNode } from "react";
import { CartesianGrid, LineChart, XAxis, YAxis } from "recharts";
import type { Axis } from "@/lib/metrics/axis";
import { formatTick } from "./plot";
import { MARGIN, X_AXIS_HEIGHT, Y_AXIS_WIDTH, Y_PADDING } from "./size";
import type { NumberScale } from "./sweep-plot";

const axisProps = {
  type: "number",
  allowDataOverflow: true,
  tick: { fontSize: 11, fill: "var(--soft)" },
  tickLine: false,
  axisLine: false,
} as const;

/** Room for the first and the last point's number. */
const X_SIDES = { left: 26, right: 26 };

interface SweepFrameProps {
  x: NumberScale;
  /** What the ticks of the x axis say. */
  labelOf(value: number): string;
  y: Axis;
  children: ReactNode;
}

export function SweepFrame({ x, labelOf, y, children }: SweepFrameProps) {
  // An axis without data has no scale: the ends of the axis are data enough.
  const ends = x.domain.map((end) => ({ x: end }));
  return (
    <LineChart responsive data={ends} margin={MARGIN} className="size-full" accessibilityLayer={false}>
      <XAxis
        {...axisProps}
        dataKey="x"
        scale={x.scale}
        domain={x.domain}
        ticks={x.ticks}
        tickFormatter={labelOf}
        height={X_AXIS_HEIGHT}
        padding={X_SIDES}
        tickMargin={8}
      />
      <YAxis
        {...axisProps}
        interval={0}
        domain={y.domain}
        ticks={y.ticks}
        width={Y_AXIS_WIDTH}
        padding={Y_PADDING}
        tickFormatter={(tick: number) => formatTick(tick, y.ticks)}
      />
      <CartesianGrid syncWithTicks vertical={false} stroke="var(--line)" />
      {children}
    </LineChart>
  );
}
