// The names and last values of the lines, where they end: the higher one above its line, the lower one below.

interface LineEnd {
  /** In pixels. */
  x: number;
  y: number;
  value: number;
}

interface EndLabelsProps {
  area: { x: number; y: number; width: number; height: number };
  train: LineEnd | null;
  validation: LineEnd | null;
  format(value: number): string;
}

/** Pixels from the line to the text's foot, above it and below. */
const ABOVE = -9;
const BELOW = 18;
/** The part of the width after which a text ends where its line does, for want of room to the right. */
const TURN = 0.68;

export function EndLabels({ area, train, validation, format }: EndLabelsProps) {
  const trainBelow = train !== null && validation !== null && validation.value >= train.value;
  const label = (name: string, end: LineEnd, below: boolean, color: string) => {
    const back = end.x > area.x + TURN * area.width;
    const foot = end.y + (below ? BELOW : ABOVE);
    return (
      <text
        x={back ? end.x : end.x + 6}
        y={Math.min(Math.max(foot, area.y + 9), area.y + area.height - 3)}
        textAnchor={back ? "end" : "start"}
        fontSize={11.5}
        fontWeight={600}
        fill={color}
        stroke="var(--paper)"
        strokeWidth={3}
        paintOrder="stroke"
      >
        {name} {format(end.value)}
      </text>
    );
  };
  return (
    <>
      {train && label("train", train, trainBelow, "var(--train)")}
      {validation && label("validation", validation, !trainBelow, "var(--validation-text)")}
    </>
  );
}
