// That the rule for drawings is MNIST's own, as a network sees it: test images that were moved about and are put back by it
// are read as well as the originals.
import { expect, test } from "vitest";
import { toImage, toRawImage } from "../datasets/drawing";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { bitsAt } from "../random";
import { mnist } from "../spec/datasets/mnist";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { replay } from "./replay";

const COUNT = 2000;
const MOST = 5;
/** Nothing that is moved is cut off here. */
const SIDE = 28 + 2 * MOST;

/** An image on a larger sheet, up to five pixels from its middle along each side. */
function moved(image: Uint8Array, index: number) {
  const [right, down] = [0, 1].map((side) => bitsAt(7, 2 * index + side) % (2 * MOST + 1)) as [
    number,
    number,
  ];
  const ink = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < 28; y++) ink.set(image.subarray(28 * y, 28 * (y + 1)), (y + down) * SIDE + right);
  return { ink, width: SIDE, height: SIDE };
}

test("moved by up to five pixels and put back by MNIST's rule, its test images are read as well as before", async () => {
  const engine = await wasmFromDisk();
  const spec = parseExperiment({
    ...firstRun,
    dataset: { id: "mnist", trainLimit: 20_000 },
    training: { ...firstRun.training, epochs: 3 },
  });
  await replay(spec, { openDataset: () => mnistFromDisk(), engine });
  const source = mnistFromDisk();
  const labels = await source.labels("test");
  const originals = new Uint8Array(784 * COUNT);
  for (let shard = 0; shard < COUNT / mnist.shardSize; shard++)
    originals.set(await source.images("test", shard), 784 * mnist.shardSize * shard);
  const each = (make: (image: Uint8Array, index: number) => Uint8Array) => {
    const made = new Uint8Array(originals.length);
    for (let i = 0; i < COUNT; i++) made.set(make(originals.subarray(784 * i, 784 * (i + 1)), i), 784 * i);
    return made;
  };
  /** Shares of the first 100 and of all. */
  const accuracies = async (images: Uint8Array) => {
    const outputs = await engine.predict(images);
    const right = Array.from({ length: COUNT }, (_, i) => {
      const own = outputs.subarray(10 * i, 10 * (i + 1));
      return own.indexOf(Math.max(...own)) === labels[i] ? 1 : 0;
    });
    const share = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
    return [share(right.slice(0, 100)), share(right)] as const;
  };

  const before = await accuracies(originals);
  const back = await accuracies(each((image, i) => toImage(moved(image, i), mnist)!));
  expect(before[1]).toBeGreaterThan(0.93);
  expect(Math.abs(back[0] - before[0])).toBeLessThanOrEqual(0.005);
  expect(Math.abs(back[1] - before[1])).toBeLessThanOrEqual(0.005);
  // The same images as they lie there, only cut to 28×28 around the sheet's middle, are not what it has learned.
  const raw = await accuracies(
    each((image, i) => {
      const { ink } = moved(image, i);
      const cut = new Uint8Array(784);
      for (let y = 0; y < 28; y++)
        cut.set(ink.subarray((y + MOST) * SIDE + MOST, (y + MOST) * SIDE + MOST + 28), 28 * y);
      return toRawImage({ ink: cut, width: 28, height: 28 }, mnist)!;
    }),
  );
  expect(raw[1]).toBeLessThan(before[1] - 0.3);
});
