import { afterEach, expect, test } from "vitest";
import { canaries, checkCanary, runCanary } from "./canary";
import { ReferenceEngine } from "./reference/engine";
import { disposeAll, start } from "./testing/parity";

afterEach(disposeAll);

test.each(canaries)("the stored gradients are the reference's: %#", async (canary) => {
  const gradients = await runCanary(new ReferenceEngine(), canary);
  expect(gradients.length).toBe(canary.gradients.length);
  for (const [i, value] of canary.gradients.entries()) expect(gradients[i]).toBeCloseTo(value, 5);
});

test.each(["wasm", "tfjs-wasm", "tfjs-cpu"] as const)("%s passes", async (id) => {
  expect(await checkCanary(await start(id))).toBeNull();
});

test("a step that is one percent too long is caught", async () => {
  const broken = new ReferenceEngine();
  const { train } = broken;
  broken.train = (rows, size, rates) =>
    train.call(
      broken,
      rows,
      size,
      rates.map((rate) => rate * 1.01),
    );
  expect(await checkCanary(broken)).toMatch(/gradients are off by \d/);
});

test("a broken convolution is caught by a canary of its own", async () => {
  const broken = new ReferenceEngine();
  const { compile } = broken;
  // As if kernels were laid out with height and width the other way round.
  broken.compile = (options) =>
    compile.call(broken, {
      ...options,
      weights: options.weights.map((array, i) => {
        const [height, width, ...rest] = options.program.weights[i]!.shape as [number, number, ...number[]];
        if (rest.length === 0) return array;
        const inner = rest.reduce((product, axis) => product * axis, 1);
        return array.map((_, k) => {
          const tap = Math.floor(k / inner);
          return array[((tap % width) * height + Math.floor(tap / width)) * inner + (k % inner)]!;
        });
      }),
    });
  expect(await checkCanary(broken)).toMatch(/gradients are off by \d/);
});
