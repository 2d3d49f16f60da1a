// The network as stations on a line: the taller, the more numbers it gives. Layers that give images are stacks of
// sheets, layers without weights are faint, and what cannot be known is an outline.
import type { ReactNode } from "react";
import type { Preview } from "@/lib/share/preview";
import { type PlacedBlock, placeBlocks } from "@/lib/share/preview-layout";
import { groupDigits } from "@/lib/spec/group-digits";
import { colors, fittingSize, INNER_WIDTH } from "./measures";

const MOST_WIDE = 112;
const MOST_GAP = 112;
const FAINT_WIDTH = 10;
/** How far the sheets of a stack stand apart. */
const SHEET_STEP = 7;
const SHEETS = [0, 1, 2];
/** Lines of the grid that says that the input is an image. */
const GRID = 7;
/** Smaller labels cannot be read in a chat's thumbnail. */
const SMALLEST_LABEL = 14;
/** Kept free between a label and the next one. */
const LABEL_GAP = 8;
const LARGEST_LABEL = 24;
const LARGEST_COUNT = 18;

interface NetworkProps {
  preview: Preview;
  /** Of the tallest block. */
  height: number;
}

export function Network({ preview, height }: NetworkProps) {
  const blocks = placeBlocks(preview, {
    width: INNER_WIDTH,
    height,
    mostWide: MOST_WIDE,
    mostGap: MOST_GAP,
    faint: FAINT_WIDTH,
  });
  const end = blocks.at(-1)!;
  const named = blocks.filter(({ label }) => label !== null);
  const next = blocks[1];
  const pitch = next === undefined ? named[0]!.width : next.x;
  const own = named.filter(({ isInput }) => !isInput);
  const longest = (texts: readonly (string | null)[], room: number) =>
    fittingSize(
      texts.map((text) => text ?? ""),
      room - LABEL_GAP,
    );
  const full = own.map(({ label }) => label);
  const isFull = longest(full, pitch) >= SMALLEST_LABEL;
  const texts = isFull ? full : own.map(({ shortLabel }) => shortLabel);
  // Where blocks are too narrow for their labels, only every second or third one has its own, the last one always.
  const every = [1, 2, 3].find((step) => longest(texts, step * pitch) >= SMALLEST_LABEL) ?? 4;
  const labelSize = Math.min(LARGEST_LABEL, longest(texts, every * pitch));
  const countOf = ({ parameters }: PlacedBlock) => (parameters > 0 ? groupDigits(parameters) : "");
  const countSize = Math.min(LARGEST_COUNT, longest(own.map(countOf), pitch));
  const labels: { block: PlacedBlock; text: string | null; count: string }[] = own
    .map((block, index) => ({ block, text: texts[index]!, count: countOf(block) }))
    .filter((_, index) => (own.length - 1 - index) % every === 0);
  const inputFits = longest([blocks[0]!.label], pitch) >= labelSize;
  if (inputFits) labels.push({ block: blocks[0]!, text: blocks[0]!.label, count: "" });
  return (
    <div style={{ display: "flex", flexDirection: "column", width: INNER_WIDTH }}>
      <svg width={INNER_WIDTH} height={height} viewBox={`0 0 ${INNER_WIDTH} ${height}`} aria-hidden="true">
        <line
          x1={0}
          x2={end.x + end.width}
          y1={height / 2}
          y2={height / 2}
          stroke={colors.line}
          strokeWidth={2}
        />
        {blocks.flatMap((block) => shapesOf(block))}
      </svg>
      <div style={{ display: "flex", position: "relative", height: 56, marginTop: 14 }}>
        {labels.map(({ block: { x, width, isInput }, text, count }) => (
          <div key={x} style={{ ...centred, left: x + width / 2 - LABEL_WIDTH / 2 }}>
            <div style={{ fontSize: labelSize, fontWeight: 600, color: isInput ? colors.soft : colors.ink }}>
              {text}
            </div>
            {countSize >= SMALLEST_LABEL && (
              <div style={{ marginTop: 3, fontSize: countSize, color: colors.soft }}>{count}</div>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

const LABEL_WIDTH = 240;
const centred = {
  position: "absolute",
  width: LABEL_WIDTH,
  display: "flex",
  flexDirection: "column",
  alignItems: "center",
} as const;

/** Plain shapes: Satori knows no components within an SVG. */
function shapesOf({ x, y, width, tall, label, height, isInput, isImage }: PlacedBlock): ReactNode[] {
  const radius = Math.min(6, width / 3);
  const outline = { x: x + 1, y: y + 1, width: width - 2, height: tall - 2, rx: radius };
  const outlined = { ...outline, fill: colors.paper, stroke: colors.soft, strokeWidth: 2 };
  if (height === null) return [<rect key={x} {...outlined} strokeDasharray="5 5" />];
  if (isInput)
    return [
      <rect key={x} {...outlined} />,
      ...(width > 2 * SHEET_STEP * SHEETS.length ? gridOf(outline) : []),
    ];
  if (label === null)
    return [<rect key={x} x={x} y={y} width={width} height={tall} rx={radius} fill={colors.line} />];
  const sheets = isImage && width > 4 * SHEET_STEP ? SHEETS.length : 1;
  const step = tall > 8 * SHEET_STEP ? SHEET_STEP : SHEET_STEP / 2;
  const shift = (sheets - 1) * step;
  return SHEETS.slice(0, sheets).map((sheet) => (
    <rect
      key={`${x} ${sheet}`}
      x={x + sheet * step}
      y={y + sheet * step}
      width={width - shift}
      height={tall - shift}
      rx={radius}
      fill={colors.ink}
      stroke={colors.paper}
      strokeWidth={sheets > 1 ? 2 : 0}
    />
  ));
}

function gridOf({
  x,
  y,
  width,
  height,
}: {
  x: number;
  y: number;
  width: number;
  height: number;
}): ReactNode[] {
  return Array.from({ length: GRID - 1 }, (_, line) => {
    const share = (line + 1) / GRID;
    const [across, down] = [x + share * width, y + share * height];
    const d = `M${across} ${y + 1}V${y + height - 1}M${x + 1} ${down}H${x + width - 1}`;
    return <path key={`${x} ${share}`} d={d} stroke={colors.line} strokeWidth={1} fill="none" />;
  });
}
