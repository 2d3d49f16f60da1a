// From strokes to an image like those of a data set of digits. MNIST's own rule (LeCun, Cortes & Burges, "The MNIST
// database"): the ink is scaled, its proportions kept, to fit a box of 20×20 pixels with grey levels from the scaling,
// and its centre of mass is put in the middle of 28×28. The UCI repository's is in block-counts.
import type { DatasetDefinition } from "../spec/define";
import type { Shape } from "../spec/ops";
import { blockCounts } from "./block-counts";
import { type Drawing, type Frame, frameOf, resample } from "./ink";

/** The box's part of the image's side. */
const BOX = 20 / 28;
/** Where MNIST's images have their centre of mass, to half a pixel: in pixel 14 of 28, that is at 14.5. */
const MIDDLE = 0.5;

function findCentre(image: Float64Array, width: number): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0];
  for (const [i, value] of image.entries()) {
    sum += value;
    x += value * ((i % width) + 0.5);
    y += value * (Math.floor(i / width) + 0.5);
  }
  return { x: x / sum, y: y / sum };
}

function centreOfMass(
  drawing: Drawing,
  frame: Frame,
  [height = 1, width = 1]: Shape,
  scale: number,
): Uint8Array {
  const size = Math.max(frame.right - frame.left, frame.bottom - frame.top);
  const zoom = (BOX * Math.min(height, width)) / size;
  // In the frame's middle first, where all of it fits; then moved by whole pixels, so that its centre of mass is there.
  const x = width / 2 - (zoom * (frame.left + frame.right)) / 2;
  const y = height / 2 - (zoom * (frame.top + frame.bottom)) / 2;
  const image = resample(drawing, { size: height, zoom, offset: y }, { size: width, zoom, offset: x });
  const middle = findCentre(image, width);
  const right = Math.round(width / 2 + MIDDLE - middle.x);
  const down = Math.round(height / 2 + MIDDLE - middle.y);
  const moved = new Uint8Array(image.length);
  for (const [i, value] of image.entries()) {
    const [column, row] = [(i % width) + right, Math.floor(i / width) + down];
    if (column < 0 || column >= width || row < 0 || row >= height) continue;
    moved[row * width + column] = Math.round((value * scale) / 255);
  }
  return moved;
}

type Rule = (drawing: Drawing, frame: Frame, shape: Shape, scale: number) => Uint8Array;

/** One byte for each pixel. */
const rules: Record<DatasetDefinition["drawing"], Rule> = { centreOfMass, blockCounts };

type Layout = Pick<DatasetDefinition, "shape" | "scale">;

/**
 * A drawing as one image of a data set, by the data set's own rule, ink bright on black.
 * @returns row-major bytes, the same in every channel; null where nothing is drawn
 */
export function toImage(
  drawing: Drawing,
  { shape, scale, drawing: rule }: Layout & Pick<DatasetDefinition, "drawing">,
): Uint8Array | null {
  const frame = frameOf(drawing);
  return frame === null ? null : inChannels(rules[rule](drawing, frame, shape, scale), shape);
}

/**
 * A drawing as it is, where it is: only made as small as the images of a data set. A network that never saw such images
 * reads it badly.
 * @returns as `toImage`
 */
export function toRawImage(drawing: Drawing, { shape, scale }: Layout): Uint8Array | null {
  if (frameOf(drawing) === null) return null;
  const [height = 1, width = 1] = shape;
  const rows = { size: height, zoom: height / drawing.height, offset: 0 };
  const columns = { size: width, zoom: width / drawing.width, offset: 0 };
  const grey = Uint8Array.from(resample(drawing, rows, columns), (value) =>
    Math.round((value * scale) / 255),
  );
  return inChannels(grey, shape);
}

function inChannels(grey: Uint8Array, shape: Shape): Uint8Array {
  const channels = shape[2] ?? 1;
  const bytes = new Uint8Array(grey.length * channels);
  for (const [i, value] of grey.entries()) bytes.fill(value, i * channels, (i + 1) * channels);
  return bytes;
}
