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
/** About as wide is a letter, in pixels. */
const LETTER = 6.4;

export function EndLabels({ area, train, validation, format }: EndLabelsProps) {
  const trainBelow = train !== null && validation !== null && validation.value >= train.value;
  const label = (name: string, end: LineEnd, below: boolean, color: string) => {
    const text = `${name} ${format(end.value)}`;
    const width = LETTER * text.length;
    const right = area.x + area.width;
    const back = end.x > area.x + TURN * area.width || end.x + 6 + width > right;
    const foot = end.y + (below ? BELOW : ABOVE);
    return (
      <text
        // In a narrow chart it may have to go on past its line's end.
        x={back ? Math.min(right, Math.max(end.x, area.x + width)) : end.x + 6}
        y={Math.min(Math.max(foot, area.y + 9), area.y + area.height - 3)}
        textAnchor={back ? "end" : "start"}
        fontSize={11.5}
        fontWeight={600}
        fill={color}
        stroke="var(--paper)"
        strokeWidth={3}
        paintOrder="stroke"
      >
        {text}
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
