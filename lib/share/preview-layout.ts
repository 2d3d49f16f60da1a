// Where the blocks of a network stand in a picture: numbers for whoever draws them.
import type { Preview, PreviewBlock } from "./preview";

export interface PlacedBlock extends PreviewBlock {
  x: number;
  y: number;
  width: number;
  tall: number;
  isInput: boolean;
}

interface Frame {
  width: number;
  /** Of the tallest block. */
  height: number;
  /** Of a block with a label, and of the space between two blocks. */
  mostWide: number;
  mostGap: number;
  /** Width of a block without a label. */
  faint: number;
}

/** The least space between blocks, and between very many. */
const GAP = 12;
const NARROW_GAP = 5;
const MANY = 20;

/**
 * The blocks from left to right around the middle of the frame's height, over its whole width where there are enough
 * of them. The input is a square, as the image that it is.
 */
export function placeBlocks({ input, layers }: Preview, frame: Frame): PlacedBlock[] {
  const { height, faint } = frame;
  const wide = 1 + layers.filter(({ label }) => label !== null).length;
  const free = frame.width - faint * (1 + layers.length - wide);
  const gaps = Math.max(1, layers.length);
  const leastGap = layers.length > MANY ? NARROW_GAP : GAP;
  const width = Math.min(frame.mostWide, (free - leastGap * gaps) / wide);
  const gap = Math.min(frame.mostGap, (free - width * wide) / gaps);
  const least = height / 6;
  let x = 0;
  return [input, ...layers].map((block, index) => {
    const isInput = index === 0;
    const own = block.label === null ? faint : width;
    const scaled = least + (block.height ?? 0.5) * (height - least);
    const tall = isInput ? Math.min(scaled, own) : scaled;
    const placed = { ...block, isInput, x, y: (height - tall) / 2, width: own, tall };
    x += own + gap;
    return placed;
  });
}
