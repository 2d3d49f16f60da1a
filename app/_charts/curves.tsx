// Training and validation over the epochs of a run: Recharts' curves, placed with its scales by one small component.
// As its own Line items they would register their data anew at each update, which takes longer than a page that trains
// has time for.
import { createContext, use, useId, useMemo } from "react";
import { Curve, Dot, usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import { Cursor } from "./cursor";
import { EndLabels } from "./end-labels";
import { Flat } from "./flat";
import { Frame } from "./frame";
import { type Plot, type Point, valuesAt } from "./plot";

export interface CurvesProps {
  plot: Plot;
  /** The epoch that is being read, or null. */
  at: number | null;
  /** The epoch from which on the curve is flat, or null. */
  flatFrom: number | null;
  format(value: number): string;
}

const CurvesContext = createContext<CurvesProps | null>(null);

/** Only drawn: who does not see it reads the slider around it, or the table. */
export function Curves({ plot, at, flatFrom, format }: CurvesProps) {
  const value = useMemo(() => ({ plot, at, flatFrom, format }), [plot, at, flatFrom, format]);
  return (
    <div className="size-full" aria-hidden="true">
      <CurvesContext value={value}>
        <Frame x={plot.x} y={plot.y}>
          {lines}
        </Frame>
      </CurvesContext>
    </div>
  );
}

/** One element, so that the frame is left alone when only the lines are others. */
const lines = <Lines />;

function Lines() {
  const clipId = useId();
  const curves = use(CurvesContext);
  const scaleX = useXAxisScale();
  const scaleY = useYAxisScale();
  const area = usePlotArea();
  if (curves === null || scaleX === undefined || scaleY === undefined || area === undefined) return null;
  const { plot, at, flatFrom, format } = curves;
  const place = ({ x, y }: Point) => ({ x: Number(scaleX(x)), y: Number(scaleY(y)) });
  const validation = plot.validation.map(place);
  const read = at === null ? null : valuesAt(plot, at).train;
  return (
    <g>
      <clipPath id={clipId}>
        <rect {...area} />
      </clipPath>
      {flatFrom !== null && <Flat from={Number(scaleX(flatFrom))} epoch={flatFrom} area={area} />}
      <g clipPath={`url(#${clipId})`} fill="none">
        <Curve points={plot.batches.map(place)} stroke="var(--train)" strokeOpacity={0.3} />
        <Curve points={plot.train.map(place)} stroke="var(--train)" strokeWidth={2} />
        <Curve points={validation} stroke="var(--validation)" strokeWidth={2} strokeDasharray="4 4" />
      </g>
      {validation.map(({ x, y }, index) => {
        const kept = plot.validation[index]!.x === plot.kept;
        const fill = kept ? "var(--validation)" : "var(--paper)";
        return (
          <Dot
            key={x}
            cx={x}
            cy={y}
            r={kept ? 5 : 3.5}
            fill={fill}
            stroke="var(--validation)"
            strokeWidth={2}
          />
        );
      })}
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
