// How well a run did, large, and its two curves: training solid and blue, validation dashed and red-orange.
import type { CurvesPreview, PreviewChart, PreviewPoint } from "@/lib/share/preview-curves";
import { colors } from "./measures";

const CHART_WIDTH = 310;
const CHART_HEIGHT = 132;
/** Of the numbers at the axis. */
const AXIS_WIDTH = 44;

export function Charts({ curves: { testAccuracy, charts } }: { curves: CurvesPreview }) {
  return (
    <div style={{ display: "flex", alignItems: "center", justifyContent: "space-between" }}>
      <div style={{ display: "flex", flexDirection: "column", width: 290 }}>
        <div style={{ fontSize: 72, fontWeight: 600, letterSpacing: "-0.035em", lineHeight: 1 }}>
          {testAccuracy}
        </div>
        <div style={{ marginTop: 10, color: colors.soft }}>test accuracy</div>
      </div>
      {charts.map((chart) => (
        <Chart key={chart.name} chart={chart} />
      ))}
    </div>
  );
}

function Chart({ chart: { name, train, validation, ends, last } }: { chart: PreviewChart }) {
  return (
    <div style={{ display: "flex", flexDirection: "column", width: AXIS_WIDTH + CHART_WIDTH, fontSize: 18 }}>
      <div
        style={{ display: "flex", justifyContent: "space-between", marginBottom: 8, paddingLeft: AXIS_WIDTH }}
      >
        <div style={{ fontWeight: 600 }}>{name}</div>
        <div style={{ display: "flex" }}>
          <div style={{ color: colors.train }}>{`train ${last.train}`}</div>
          {last.validation !== null && (
            <div style={{ color: colors.validationText, marginLeft: 12 }}>{`val ${last.validation}`}</div>
          )}
        </div>
      </div>
      <div style={{ display: "flex" }}>
        <div style={axis}>
          <div>{ends[1]}</div>
          <div>{ends[0]}</div>
        </div>
        <svg
          width={CHART_WIDTH}
          height={CHART_HEIGHT}
          viewBox={`0 0 ${CHART_WIDTH} ${CHART_HEIGHT}`}
          aria-hidden="true"
        >
          {[0, 0.5, 1].map((share) => (
            <line
              key={share}
              x1={0}
              x2={CHART_WIDTH}
              y1={vertical(share)}
              y2={vertical(share)}
              stroke={colors.line}
              strokeWidth={1.5}
            />
          ))}
          <path d={pathOf(train)} fill="none" stroke={colors.train} strokeWidth={3} strokeLinejoin="round" />
          <path
            d={pathOf(validation)}
            fill="none"
            stroke={colors.validation}
            strokeWidth={3}
            strokeLinejoin="round"
            strokeDasharray="7 6"
          />
        </svg>
      </div>
    </div>
  );
}

const axis = {
  display: "flex",
  flexDirection: "column",
  alignItems: "flex-end",
  justifyContent: "space-between",
  width: AXIS_WIDTH,
  height: CHART_HEIGHT,
  paddingRight: 10,
  color: colors.soft,
  fontSize: 16,
  lineHeight: 1,
} as const;

/** Lines keep half their width within the picture. */
const vertical = (share: number) => 2 + (1 - share) * (CHART_HEIGHT - 4);

/** Straight lines from point to point, to a tenth of a pixel. */
function pathOf(points: readonly PreviewPoint[]): string {
  const places = points.map(({ x, y }) => `${(x * CHART_WIDTH).toFixed(1)} ${vertical(y).toFixed(1)}`);
  return places.length === 0 ? "M0 0" : `M${places.join("L")}`;
}
