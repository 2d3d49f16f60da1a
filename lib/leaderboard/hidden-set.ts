// The hidden set: the official test images, each moved, turned, scaled and warped a little, as only the secret knows.
// Elastic warps follow P. Y. Simard, D. Steinkraus and J. C. Platt, "Best practices for convolutional neural networks
// applied to visual document analysis", ICDAR 2003, with a field drawn on a coarse grid and smoothed by B-splines.
import type { DatasetDefinition } from "../spec/define";
import { cosine, PI, sine } from "../spec/exact";
import { keyStream } from "./key-stream";

/** How far an image may go; each is drawn uniformly between minus and plus this. */
const STRENGTH = {
  /** Pixels of 28. */
  shift: 0.7,
  degrees: 8,
  /** Share of the size. */
  zoom: 0.06,
  /** Pixels that a point of the elastic grid may go. */
  elastic: 1.2,
};

/** Points of the elastic grid along a side; two more lie outside for the spline. */
const GRID = 5;
const POINTS = GRID + 2;
/** Shift, turn and zoom of both axes; then the grid's points in both directions. */
const DRAWS = 5 + 2 * POINTS * POINTS;

/** The uniform cubic B-spline's four weights at t from 0 to 1. */
const spline = (t: number): readonly [number, number, number, number] => [
  (1 - t) ** 3 / 6,
  (3 * t ** 3 - 6 * t ** 2 + 4) / 6,
  (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6,
  t ** 3 / 6,
];

/** For each pixel along a side: the first of four grid points, and their weights. */
function splineOf(size: number) {
  return Array.from({ length: size }, (_, pixel) => {
    const place = (pixel / (size - 1)) * (GRID - 1);
    const first = Math.min(Math.floor(place), GRID - 2);
    return { first, weights: spline(place - first) };
  });
}

/** Bilinear, black outside. */
function sample(image: Uint8Array, height: number, width: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  let sum = 0;
  for (let dy = 0; dy < 2; dy++)
    for (let dx = 0; dx < 2; dx++) {
      const [column, row] = [left + dx, top + dy];
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      sum += image[row * width + column]! * (dx === 0 ? 1 - fx : fx) * (dy === 0 ? 1 - fy : fy);
    }
  return sum;
}

/**
 * Draws the hidden set of a season. The same secret gives the same images on every machine.
 * @param images the official test images, row-major bytes of one channel
 * @returns as many images, in the same order, so that their labels are those of the test file
 */
export async function drawHiddenSet(
  images: Uint8Array,
  { id, revision, shape }: DatasetDefinition,
  secret: string,
  season: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const [height, width] = shape as [number, number];
  const size = height * width;
  const count = images.length / size;
  const drawn = await keyStream(secret, "hidden-set", `${id} ${revision} ${season}`, 2 * DRAWS * count);
  const numbers = new DataView(drawn.buffer);
  const rows = splineOf(height);
  const columns = splineOf(width);
  const hidden = new Uint8Array(images.length);
  for (let n = 0; n < count; n++) {
    /** The image's number of this index, uniform from −1 to 1. */
    const draw = (index: number) => numbers.getUint16(2 * (n * DRAWS + index), true) / 32767.5 - 1;
    const angle = (STRENGTH.degrees * PI * draw(2)) / 180;
    const [c, s] = [cosine(angle), sine(angle)];
    const [zoomX, zoomY] = [1 + STRENGTH.zoom * draw(3), 1 + STRENGTH.zoom * draw(4)];
    const [shiftX, shiftY] = [STRENGTH.shift * draw(0), STRENGTH.shift * draw(1)];
    const grid = Float64Array.from({ length: 2 * POINTS * POINTS }, (_, i) => STRENGTH.elastic * draw(5 + i));
    const image = images.subarray(n * size, (n + 1) * size);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let [warpX, warpY] = [0, 0];
        const [row, column] = [rows[y]!, columns[x]!];
        for (let j = 0; j < 4; j++)
          for (let i = 0; i < 4; i++) {
            const weight = row.weights[j]! * column.weights[i]!;
            const point = 2 * ((row.first + j) * POINTS + column.first + i);
            warpX += weight * grid[point]!;
            warpY += weight * grid[point + 1]!;
          }
        const [dx, dy] = [(x - (width - 1) / 2) / zoomX, (y - (height - 1) / 2) / zoomY];
        const fromX = c * dx + s * dy + (width - 1) / 2 + shiftX + warpX;
        const fromY = -s * dx + c * dy + (height - 1) / 2 + shiftY + warpY;
        hidden[n * size + y * width + x] = Math.round(sample(image, height, width, fromX, fromY));
      }
  }
  return hidden;
}
