// Axes and grid of a chart over epochs. Recharts lays them out once; the lines in it come and go by themselves.
import { memo, type ReactNode, useEffect, useMemo, useState } from "react";
import { CartesianGrid, LineChart, XAxis, YAxis } from "recharts";
import type { Axis } from "@/lib/metrics/axis";
import { decadeText, placeOn, valueOn } from "@/lib/metrics/decades";
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

/** Where Recharts, which counts evenly, has an axis' ends and ticks, and what these say. */
function placesOf(axis: Axis, format?: (tick: number) => string) {
  const { domain, ticks, decades } = axis;
  if (decades === undefined)
    return { domain, ticks, tickFormatter: format ?? ((tick: number) => formatTick(tick, ticks)) };
  const placed = (values: readonly number[]) => values.map((value) => placeOn(axis, value));
  const tickFormatter = (place: number) => (format ?? decadeText)(valueOn(axis, place));
  return { domain: placed(domain) as [number, number], ticks: placed(ticks), tickFormatter };
}

interface FrameProps {
  x: Axis;
  y: Axis;
  /** What a tick of the x axis says, where it does not count epochs; always the same function. */
  formatX?(tick: number): string;
  /** What is drawn with its scales; always the same element, or the frame is drawn again with it. */
  children: ReactNode;
}

export const Frame = memo(function Frame({ x, y, formatX, children }: FrameProps) {
  const stage = useStage(STAGES);
  const placesX = useMemo(() => placesOf(x, formatX), [x, formatX]);
  const placesY = useMemo(() => placesOf(y), [y]);
  // An axis without data has no scale: the ends of the axis are data enough.
  const ends = useMemo(() => placesX.domain.map((end) => ({ x: end })), [placesX]);
  return (
    <LineChart responsive data={ends} margin={MARGIN} style={fill} accessibilityLayer={false}>
      {stage > 0 && (
        <XAxis
          {...axisProps}
          dataKey="x"
          {...placesX}
          height={X_AXIS_HEIGHT}
          padding={X_PADDING}
          tickMargin={8}
        />
      )}
      {stage > 1 && <YAxis {...axisProps} {...placesY} width={Y_AXIS_WIDTH} padding={Y_PADDING} />}
      {stage > 2 && <CartesianGrid syncWithTicks vertical={false} stroke="var(--line)" />}
      {stage > 3 && children}
    </LineChart>
  );
});
