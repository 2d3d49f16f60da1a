// The second lesson's numbers, on the engine that gives them on every device.
import { describe, expect, test } from "vitest";
import { toImage } from "../datasets/drawing";
import { digitsFromDisk, mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { digits } from "../spec/datasets/digits";
import { parseExperiment } from "../spec/experiment";
import { digits8x8 } from "../spec/presets/digits8x8";
import { buildProgram } from "../spec/program";
import { replay } from "./replay";

const source = digitsFromDisk();
const options = async () => ({ openDataset: () => source, engine: await wasmFromDisk() });
const spec = (epochs: number, seed = 1) =>
  parseExperiment({ ...digits8x8.experiment, seed, training: { epochs } });

describe("the 8×8 digits", () => {
  test("have 4,810 parameters and 36 steps an epoch", async () => {
    expect(buildProgram(spec(1)).parameters).toBe(4810);
    const { history } = await replay(spec(1), await options());
    expect(history[0]!.steps).toBe(36);
  });

  test.each([1, 2, 3])("are learned in five epochs, and better in ten: seed %i", async (seed) => {
    const { history, test: result } = await replay(spec(10, seed), await options());
    const five = history[4]!.valAccuracy!;
    const ten = history[9]!.valAccuracy!;
    expect([five >= 0.84, five <= 0.95], `${five} after five epochs`).toEqual([true, true]);
    expect([ten >= 0.93, ten <= 0.985], `${ten} after ten epochs`).toEqual([true, true]);
    expect(result.accuracy).toBeGreaterThan(0.92);
  });

  test("teach a network to read what others draw on the pad", async () => {
    const parts = await options();
    await replay(spec(20), parts);
    const strangers = await mnistFromDisk().images("test", 0);
    const labels = await mnistFromDisk().labels("test");
    const count = 500;
    const images = new Uint8Array(64 * count);
    for (let i = 0; i < count; i++) {
      const ink = strangers.subarray(784 * i, 784 * (i + 1));
      images.set(toImage({ ink, width: 28, height: 28 }, digits)!, 64 * i);
    }
    const outputs = await parts.engine.predict(images);
    let right = 0;
    for (let i = 0; i < count; i++) {
      const own = outputs.subarray(10 * i, 10 * (i + 1));
      if (own.indexOf(Math.max(...own)) === labels[i]) right++;
    }
    // Other people's hands, and half as many pixels: drawn by MNIST's rule a quarter would be right.
    expect(right / count).toBeGreaterThan(0.7);
  });
});
