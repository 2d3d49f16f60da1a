// Training and validation over the epochs of a run. Recharts lays out the chart and draws axes and grid, once; the
// lines are its curves, placed with its scales by one small component. As its own Line items they would register
// their data anew at each update, which takes longer than a page that trains has time for.
import { createContext, memo, use, useEffect, useId, useMemo, useState } from "react";
import {
  CartesianGrid,
  Curve,
  Dot,
  LineChart,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from "recharts";
import type { Axis } from "@/lib/metrics/axis";
import { EndLabels } from "./end-labels";
import { formatTick, type Plot, type Point, valuesAt } from "./plot";
import { MARGIN, X_AXIS_HEIGHT, X_PADDING, Y_AXIS_WIDTH, Y_PADDING } from "./size";

export interface CurvesProps {
  plot: Plot;
  /** The epoch that is being read, or null. */
  at: number | null;
  format(value: number): string;
}

const CurvesContext = createContext<CurvesProps | null>(null);

/** Only drawn: who does not see it reads the slider around it, or the table. */
export function Curves({ plot, at, format }: CurvesProps) {
  const value = useMemo(() => ({ plot, at, format }), [plot, at, format]);
  return (
    <div className="size-full" aria-hidden="true">
      <CurvesContext value={value}>
        <Frame x={plot.x} y={plot.y} />
      </CurvesContext>
    </div>
  );
}

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

const Frame = memo(function Frame({ x, y }: { x: Axis; y: Axis }) {
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
      {stage > 3 && <Lines />}
    </LineChart>
  );
});

function Lines() {
  const clipId = useId();
  const curves = use(CurvesContext);
  const scaleX = useXAxisScale();
  const scaleY = useYAxisScale();
  const area = usePlotArea();
  if (curves === null || scaleX === undefined || scaleY === undefined || area === undefined) return null;
  const { plot, at, format } = curves;
  const place = ({ x, y }: Point) => ({ x: Number(scaleX(x)), y: Number(scaleY(y)) });
  const validation = plot.validation.map(place);
  const read = at === null ? null : valuesAt(plot, at).train;
  return (
    <g>
      <clipPath id={clipId}>
        <rect {...area} />
      </clipPath>
      <g clipPath={`url(#${clipId})`} fill="none">
        <Curve points={plot.batches.map(place)} stroke="var(--train)" strokeOpacity={0.3} />
        <Curve points={plot.train.map(place)} stroke="var(--train)" strokeWidth={2} />
        <Curve points={validation} stroke="var(--validation)" strokeWidth={2} strokeDasharray="4 4" />
      </g>
      {validation.map(({ x, y }) => (
        <Dot key={x} cx={x} cy={y} r={3.5} fill="var(--paper)" stroke="var(--validation)" strokeWidth={2} />
      ))}
      {at !== null && <Cursor x={Number(scaleX(at))} top={area.y} bottom={area.y + area.height} />}
      {read && (
        <Dot cx={place(read).x} cy={place(read).y} r={3.5} fill="var(--train)" stroke="var(--paper)" />
      )}
      <EndLabels
        area={area}
        format={format}
        train={last(plot.train, place)}
        validation={last(plot.validation, place)}
      />
    </g>
  );
}

const last = (points: readonly Point[], place: (point: Point) => Point) => {
  const point = points.at(-1);
  return point === undefined ? null : { value: point.y, ...place(point) };
};

const Cursor = ({ x, top, bottom }: { x: number; top: number; bottom: number }) => (
  <line x1={x} x2={x} y1={top} y2={bottom} stroke="var(--soft)" strokeDasharray="2 3" />
);
