// From strokes to an image like those of a data set of digits. MNIST's own rule (LeCun, Cortes & Burges, "The MNIST
// database"): the ink is scaled, its proportions kept, to fit a box of 20×20 pixels with grey levels from the scaling,
// and its centre of mass is put in the middle of 28×28.
import type { Shape } from "../spec/ops";

/** Ink, row by row, 0 to 255. */
export interface Drawing {
  ink: ArrayLike<number>;
  width: number;
  height: number;
}

/** The box's part of the image's side. */
const BOX = 20 / 28;
/** Where MNIST's images have their centre of mass, to half a pixel: in pixel 14 of 28, that is at 14.5. */
const MIDDLE = 0.5;

interface Frame {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The smallest frame around the ink, right and bottom excluded; null where there is none. */
function frameOf({ ink, width, height }: Drawing): Frame | null {
  const frame = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (ink[y * width + x] === 0) continue;
      frame.left = Math.min(frame.left, x);
      frame.top = Math.min(frame.top, y);
      frame.right = Math.max(frame.right, x + 1);
      frame.bottom = Math.max(frame.bottom, y + 1);
    }
  return frame.right === 0 ? null : frame;
}

/** How much of source pixel i = `first` + k each target pixel covers, along one side. */
function coverage(size: number, scale: number, offset: number, limit: number) {
  return Array.from({ length: size }, (_, target) => {
    const from = Math.max(0, (target - offset) / scale);
    const to = Math.min(limit, (target + 1 - offset) / scale);
    const first = Math.floor(from);
    const shares: number[] = [];
    for (let i = first; i < to; i++) shares.push(Math.min(i + 1, to) - Math.max(i, from));
    return { first, shares };
  });
}

/** The mean ink under each pixel of an image of `height`×`width`. */
function resample(drawing: Drawing, height: number, width: number, scale: number, left: number, top: number) {
  const columns = coverage(width, scale, left, drawing.width);
  const rows = coverage(height, scale, top, drawing.height);
  const image = new Float64Array(height * width);
  for (const [y, row] of rows.entries())
    for (const [x, column] of columns.entries()) {
      let sum = 0;
      for (const [j, down] of row.shares.entries())
        for (const [i, across] of column.shares.entries())
          sum += down * across * drawing.ink[(row.first + j) * drawing.width + column.first + i]!;
      image[y * width + x] = Math.min(255, sum * scale * scale);
    }
  return image;
}

function centreOfMass(image: Float64Array, width: number): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0];
  for (const [i, value] of image.entries()) {
    sum += value;
    x += value * ((i % width) + 0.5);
    y += value * (Math.floor(i / width) + 0.5);
  }
  return { x: x / sum, y: y / sum };
}

/**
 * A drawing as one image of a data set, ink bright on black.
 * @param shape height, width and channels of the data set's images
 * @param scale the byte that means full ink
 * @returns null where nothing is drawn
 */
export function toImage(drawing: Drawing, shape: Shape, scale: number): Uint8Array | null {
  const frame = frameOf(drawing);
  if (frame === null) return null;
  const [height = 1, width = 1, channels = 1] = shape;
  const size = Math.max(frame.right - frame.left, frame.bottom - frame.top);
  const zoom = (BOX * Math.min(height, width)) / size;
  const at = (x: number, y: number) => resample(drawing, height, width, zoom, x, y);
  // Once in the frame's middle, to find the centre of mass; then with that in the middle, on whole pixels.
  const x = width / 2 - (zoom * (frame.left + frame.right)) / 2;
  const y = height / 2 - (zoom * (frame.top + frame.bottom)) / 2;
  const middle = centreOfMass(at(x, y), width);
  const right = Math.round(width / 2 + MIDDLE - middle.x);
  const down = Math.round(height / 2 + MIDDLE - middle.y);
  const image = at(x + right, y + down);
  const bytes = new Uint8Array(height * width * channels);
  for (const [i, value] of image.entries())
    bytes.fill(Math.round((value * scale) / 255), i * channels, (i + 1) * channels);
  return bytes;
}
