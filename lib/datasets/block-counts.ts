// From strokes to an image like the UCI repository's digits. They were made with the programs that NIST published (Garris
// et al., "NIST Form-Based Handprint Recognition System", NISTIR 5469, 1994): the ink is stretched to 20×32 pixels,
// proportions or not, in the middle of a bitmap of 32×32; lines that are too thin or too thick are mended; slanted ink
// is put upright. Each pixel of the image then counts how many of 4×4 are on (Alpaydin & Kaynak 1998).
import type { Shape } from "../spec/ops";
import { type Drawing, type Frame, resample } from "./ink";

/** The part of the bitmap's width that the ink is stretched to; of its height it takes all. */
const INK_WIDTH = 20 / 32;
/** The mean ink that turns a pixel on: a quarter, so that no thin line is lost. */
const ON = 255 / 4;
/** Shares of the bitmap's pixels: lines are made thicker below the first, twice below the second. */
const [THIN, VERY_THIN] = [256 / 1024, 108 / 1024];
/** And thinner above the first, twice above the second. */
const [THICK, VERY_THICK] = [412 / 1024, 560 / 1024];
/** Rows at the ink's ends that are too noisy to tell its slant by, and heights that are too small to. */
const NOISY_ROWS = 2;
const LEAST_HEIGHT = 5;

/** Zeros and ones, row by row. */
interface Bitmap {
  bits: Uint8Array;
  width: number;
  height: number;
}

function stretch(drawing: Drawing, frame: Frame, width: number, height: number): Bitmap {
  const inkWidth = INK_WIDTH * width;
  const across = inkWidth / (frame.right - frame.left);
  const down = height / (frame.bottom - frame.top);
  const left = Math.floor((width - inkWidth) / 2);
  const ink = resample(
    drawing,
    { size: height, zoom: down, offset: -down * frame.top },
    { size: width, zoom: across, offset: left - across * frame.left },
  );
  return { bits: Uint8Array.from(ink, (value) => (value >= ON ? 1 : 0)), width, height };
}

/** Turns every pixel to `bit` that has a neighbour with it above, below or beside; around the bitmap all is off. */
function spread({ bits, width, height }: Bitmap, bit: 0 | 1): Bitmap {
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : bits[y * width + x]!;
  const next = bits.map((own, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return [at(x - 1, y), at(x + 1, y), at(x, y - 1), at(x, y + 1)].includes(bit) ? bit : own;
  });
  return { bits: next, width, height };
}

function mendLines(bitmap: Bitmap): Bitmap {
  const share = bitmap.bits.reduce((sum, bit) => sum + bit, 0) / bitmap.bits.length;
  if (share < THIN) return share < VERY_THIN ? spread(spread(bitmap, 1), 1) : spread(bitmap, 1);
  if (share > THICK) return share > VERY_THICK ? spread(spread(bitmap, 0), 0) : spread(bitmap, 0);
  return bitmap;
}

/** Moves rows sideways so that the ink begins at the same place at the top and at the bottom. */
function upright({ bits, width, height }: Bitmap): Bitmap {
  const rows = Array.from({ length: height }, (_, y) => bits.subarray(y * width, (y + 1) * width));
  const inked = rows.flatMap((row, y) => (row.includes(1) ? [y] : []));
  const [top, bottom] = [(inked[0] ?? 0) + NOISY_ROWS, (inked.at(-1) ?? 0) - NOISY_ROWS];
  const [first, last] = [rows[top]?.indexOf(1) ?? -1, rows[bottom]?.indexOf(1) ?? -1];
  if (inked.length <= LEAST_HEIGHT || top >= bottom || first < 0 || last < 0) return { bits, width, height };
  const slant = (first - last) / (bottom - top);
  const moved = new Uint8Array(bits.length);
  for (const [y, row] of rows.entries()) {
    const shift = Math.round((y - Math.floor(height / 2)) * slant);
    for (const [x, bit] of row.entries())
      if (bit === 1 && x + shift >= 0 && x + shift < width) moved[y * width + x + shift] = 1;
  }
  return { bits: moved, width, height };
}

/**
 * @param scale the byte that means full ink: the pixels of one block
 * @returns bytes as the data set has them, row-major
 */
export function blockCounts(
  drawing: Drawing,
  frame: Frame,
  [height = 1, width = 1]: Shape,
  scale: number,
): Uint8Array {
  const block = Math.round(Math.sqrt(scale));
  const bitmap = upright(mendLines(stretch(drawing, frame, block * width, block * height)));
  const counts = new Uint8Array(height * width);
  for (const [i, bit] of bitmap.bits.entries()) {
    const [x, y] = [i % bitmap.width, Math.floor(i / bitmap.width)];
    counts[Math.floor(y / block) * width + Math.floor(x / block)]! += bit;
  }
  return counts;
}
