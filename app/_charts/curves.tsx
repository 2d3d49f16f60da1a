// Training and validation over the epochs of a run, drawn with Recharts. Blue is training, red-orange validation,
// told apart by dash and by label too. Nothing is animated: only new data moves.
import { memo } from "react";
import {
  CartesianGrid,
  Line,
  LineChart,
  Tooltip,
  type TooltipContentProps,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from "recharts";
import { formatTick, type Plot, valuesAt } from "./plot";
import { CHART_CLASS, MARGIN, X_AXIS_HEIGHT, Y_AXIS_WIDTH } from "./size";

interface CurvesProps {
  plot: Plot;
  label: string;
  format(value: number): string;
}

const tickStyle = { fontSize: 11, fill: "var(--soft)" };

export const Curves = memo(function Curves({ plot, label, format }: CurvesProps) {
  return (
    <div className={CHART_CLASS}>
      <LineChart
        aria-label={label}
        responsive
        data={plot.points}
        margin={MARGIN}
        style={{ width: "100%", height: "100%" }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="x"
          type="number"
          domain={plot.x.domain}
          ticks={plot.x.ticks}
          allowDataOverflow
          height={X_AXIS_HEIGHT}
          tick={tickStyle}
          tickMargin={8}
          tickLine={false}
          axisLine={false}
          interval={0}
          padding={{ right: 6 }}
        />
        <YAxis
          domain={plot.y.domain}
          ticks={plot.y.ticks}
          allowDataOverflow
          width={Y_AXIS_WIDTH}
          tick={tickStyle}
          tickFormatter={(tick: number) => formatTick(tick, plot.y.ticks)}
          tickLine={false}
          axisLine={false}
          interval={0}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--soft)", strokeDasharray: "2 3" }}
          content={(props) => <Readout {...props} plot={plot} format={format} />}
        />
        <Line
          dataKey="batch"
          stroke="var(--train)"
          strokeOpacity={0.3}
          strokeWidth={1}
          dot={false}
          activeDot={false}
          connectNulls
          isAnimationActive={false}
        />
        <Line
          dataKey="train"
          stroke="var(--train)"
          strokeWidth={2}
          dot={false}
          activeDot={{ r: 3, fill: "var(--train)", stroke: "var(--paper)" }}
          connectNulls
          isAnimationActive={false}
        />
        <Line
          dataKey="validation"
          stroke="var(--validation)"
          strokeWidth={2}
          strokeDasharray="4 4"
          dot={{
            r: 3.5,
            fill: "var(--paper)",
            stroke: "var(--validation)",
            strokeWidth: 2,
            strokeDasharray: "0",
 clipDot: false,
          }}
          activeDot={false}
          connectNulls
          isAnimationActive={false}
        />
        <EndLabels plot={plot} format={format} />
      </LineChart>
    </div>
  );
});

const LABEL_HEIGHT = 13;

/** The names and last values at the lines' ends; the higher one above its line, the lower one below. */
function EndLabels({ plot: { trainEnd, validationEnd }, format }: Pick<CurvesProps, "plot" | "format">) {
  const scaleX = useXAxisScale();
  const scaleY = useYAxisScale();
  const area = usePlotArea();
  if (scaleX === undefined || scaleY === undefined || area === undefined || trainEnd === null) return null;
  const validationAbove = validationEnd !== null && validationEnd.y >= trainEnd.y;
  const ends = [
    {
      name: "train",
      end: trainEnd,
      above: validationEnd === null || !validationAbove,
      color: "var(--train)",
    },
    { name: "validation", end: validationEnd, above: validationAbove, color: "var(--validation-text)" },
  ];
  return ends.map(({ name, end, above, color }) => {
    if (end === null) return null;
    const x = Number(scaleX(end.x));
    const line = Number(scaleY(end.y));
    // Room to the right while there is some; then the text ends where the line does.
    const atEnd = x > area.x + 0.68 * area.width;
    const y = Math.min(
      Math.max(line + (above ? -9 : LABEL_HEIGHT + 5), area.y + LABEL_HEIGHT - 4),
      area.y + area.height - 4,
    );
    return (
      <text
        key={name}
        x={atEnd ? Math.min(x, area.x + area.width) : x + 6}
        y={y}
        textAnchor={atEnd ? "end" : "start"}
        fontSize={11.5}
        fontWeight={600}
        fill={color}
        stroke="var(--paper)"
        strokeWidth={3}
        paintOrder="stroke"
      >
        {name} {format(end.y)}
      </text>
    );
  });
}

type ReadoutProps = TooltipContentProps & Pick<CurvesProps, "plot" | "format">;

/** The values under the pointer or finger. */
function Readout({ active, label, plot, format }: ReadoutProps) {
  if (!active || typeof label !== "number") return null;
  const { x, train, validation } = valuesAt(plot, label);
  return (
    <div className="rounded-md border border-line bg-raised px-2.5 py-1.5 text-mini shadow-md">
      <p className="text-soft">epoch {x.toFixed(2)}</p>
      {train !== undefined && <p className="font-medium text-train">train {format(train)}</p>}
      {validation !== undefined && (
        <p className="font-medium text-validation-text">validation {format(validation)}</p>
      )}
    </div>
  );
}
