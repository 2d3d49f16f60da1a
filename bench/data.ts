// The images: MNIST's own bytes, and dense ones where no pixel can be skipped. Written to files that pages and
// Python read.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bitsAt, streamKey } from "../lib/random";
import { mnist } from "../scripts/data/mnist";
import { CLASSES, PIXELS } from "./cases";
import type { Images } from "./contender";

/**
 * Images of uniformly random bytes. The label is the tenth of the pixels with the largest sum, so that there is
 * something to learn and a falling loss shows that it was.
 */
function denseImages(count: number, seed: number): Images {
  const images = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  const key = streamKey(seed, "augmentation");
  for (let i = 0; i < images.length; i++) images[i] = bitsAt(key, i) >>> 24;
  const band = Math.floor(PIXELS / CLASSES);
  for (let row = 0; row < count; row++) {
    const sums = Array.from({ length: CLASSES }, (_, label) => {
      const start = row * PIXELS + label * band;
      return images.subarray(start, start + band).reduce((sum, byte) => sum + byte, 0);
    });
    labels[row] = sums.indexOf(Math.max(...sums));
  }
  return { images, labels };
}

/** Writes `<images id>/<split>-images` and `-labels` below `folder`. */
export async function writeData(folder: string): Promise<void> {
  const original = await mnist.read();
  const dense = {
    train: denseImages(original.train.labels.length, 1),
    test: denseImages(original.test.labels.length, 2),
  };
  for (const [id, splits] of Object.entries({ mnist: original, dense })) {
    await mkdir(join(folder, id), { recursive: true });
    for (const split of ["train", "test"] as const) {
      await writeFile(join(folder, id, `${split}-images`), splits[split].images);
      await writeFile(join(folder, id, `${split}-labels`), splits[split].labels);
    }
  }
}
