// What the network says when a square of the image is covered, for every place of the square (Zeiler & Fergus 2014,
// "Visualizing and Understanding Convolutional Networks", section 4.2). It is covered with the background, 0.
import { sizeOf } from "../spec/ops";
import { asProbabilities } from "../training/probabilities";
import type { Occlusion, OcclusionQuestion } from "./contract";
import type { Looking } from "./looking";

/** Multiply-adds for all places together: about a second on our engine. The square moves by more pixels where it must. */
export const MAC_BUDGET = 1e9;

/** @throws RangeError where the bytes are not one image, or the square is no part of it */
export async function occlusion(looking: Looking, { image, size }: OcclusionQuestion): Promise<Occlusion> {
  const { program } = looking;
  const [height, width, channels] = program.input as [number, number, number];
  if (image.length !== sizeOf(program.input))
    throw new RangeError(`${image.length} bytes are no image of ${sizeOf(program.input)} bytes.`);
  if (!(Number.isInteger(size) && size >= 1 && size < Math.min(height, width)))
    throw new RangeError(`size is ${size}; it must be from 1 to ${Math.min(height, width) - 1}.`);
  let stride = 1;
  const along = (length: number) => Math.floor((length - size) / stride) + 1;
  while (along(height) * along(width) * program.macs > MAC_BUDGET && stride < size) stride++;
  const [rows, columns] = [along(height), along(width)];
  const covered = new Uint8Array((rows * columns + 1) * image.length);
  // The last one is as it was.
  for (let place = 0; place <= rows * columns; place++) covered.set(image, place * image.length);
  for (let place = 0; place < rows * columns; place++) {
    const [top, left] = [Math.floor(place / columns) * stride, (place % columns) * stride];
    for (let y = top; y < top + size; y++) {
      const start = place * image.length + (y * width + left) * channels;
      covered.fill(0, start, start + size * channels);
    }
  }
  const all = asProbabilities(await looking.outputs(covered), program);
  const classes = all.length / (rows * columns + 1);
  return {
    size,
    stride,
    rows,
    columns,
    probabilities: all.slice(0, -classes),
    uncovered: all.slice(-classes),
  };
}
