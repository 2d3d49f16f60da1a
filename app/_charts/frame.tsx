// Axes and grid of a chart over epochs. Recharts lays them out once; the lines in it come and go by themselves.
import { memo, type ReactNode, useEffect, useMemo, useState } from "react";
import { CartesianGrid, LineChart, XAxis, YAxis } from "recharts";
import type { Axis } from "@/lib/metrics/axis";
import { formatTick } from "./plot";
import { MARGIN, X_AXIS_HEIGHT, X_PADDING, Y_AXIS_WIDTH, Y_PADDING } from "./size";

const axisProps = {
  type: "number",
  allowDataOverflow: true,
  interval: 0,
  tick: { fontSize: 11, fill: "var(--soft)" },
  tickLine: false,
  axisLine: false,
} as const;
const fill = { width: "100%", height: "100%" };

/** Parts of a chart that are laid out one after the other, each in a task of its own. */
const STAGES = 4;

/** Counts up to `stages`, one a task. */
function useStage(stages: number): number {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    if (stage >= stages) return;
    const timer = setTimeout(() => setStage(stage + 1));
    return () => clearTimeout(timer);
  }, [stage, stages]);
  return stage;
}

interface FrameProps {
  x: Axis;
  y: Axis;
  /** What is drawn with its scales; always the same element, or the frame is drawn again with it. */
  children: ReactNode;
}

export const Frame = memo(function Frame({ x, y, children }: FrameProps) {
  const stage = useStage(STAGES);
  // An axis without data has no scale: the ends of the axis are data enough.
  const ends = useMemo(() => x.domain.map((end) => ({ x: end })), [x]);
  return (
    <LineChart responsive data={ends} margin={MARGIN} style={fill} accessibilityLayer={false}>
      {stage > 0 && (
        <XAxis
          {...axisProps}
          dataKey="x"
          domain={x.domain}
          ticks={x.ticks}
          height={X_AXIS_HEIGHT}
          padding={X_PADDING}
          tickMargin={8}
        />
      )}
      {stage > 1 && (
        <YAxis
          {...axisProps}
          domain={y.domain}
          ticks={y.ticks}
          width={Y_AXIS_WIDTH}
          padding={Y_PADDING}
          tickFormatter={(tick: number) => formatTick(tick, y.ticks)}
        />
      )}
      {stage > 2 && <CartesianGrid syncWithTicks vertical={false} stroke="var(--line)" />}
      {stage > 3 && children}
    </LineChart>
  );
});
