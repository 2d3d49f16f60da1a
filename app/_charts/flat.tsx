// The part of a chart in which its curve is flat: shaded, and named at its foot, where no line runs.
interface FlatProps {
  /** Where it begins, in pixels and as an epoch. */
  from: number;
  epoch: number;
  area: { x: number; y: number; width: number; height: number };
}

/** The part of the width after which the name stands before the shade, for want of room in it. */
const TURN = 0.6;

export function Flat({ from, epoch, area }: FlatProps) {
  const back = from > area.x + TURN * area.width;
  return (
    <g>
      <rect
        x={from}
        y={area.y}
        width={Math.max(0, area.x + area.width - from)}
        height={area.height}
        fill="var(--line)"
        fillOpacity={0.45}
      />
      <line x1={from} x2={from} y1={area.y} y2={area.y + area.height} stroke="var(--soft)" />
      <text
        x={from + (back ? -6 : 6)}
        y={area.y + area.height - 8}
        textAnchor={back ? "end" : "start"}
        fontSize={11.5}
        fontWeight={600}
        fill="var(--ink)"
        stroke="var(--paper)"
        strokeWidth={3}
        paintOrder="stroke"
      >
        flat from epoch {epoch}
      </text>
    </g>
  );
}
