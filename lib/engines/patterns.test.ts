// The patterns that lessons and presets are made of, as they are: every engine trains them, and what one has learned
// another answers alike.
import { afterEach, describe, expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { densenetStyle } from "../spec/presets/densenet-style";
import { lenet5 } from "../spec/presets/lenet5";
import { normalizedConvolutions } from "../spec/presets/normalized-convolutions";
import { residualNetwork } from "../spec/presets/residual-network";
import { vggStyle } from "../spec/presets/vgg-style";
import type { Engine } from "./engine";
import { disposeAll, images, prepare, rows, start, type TestedEngine } from "./testing/parity";

afterEach(disposeAll);

const BATCH = 8;
const shown = images.subarray(500 * 784, 508 * 784);
const others: TestedEngine[] = ["tfjs-wasm", "tfjs-cpu", "reference"];
/** Two of them are slow, and others have the processor, too. */
const PATIENCE_MS = 120_000;

const patterns: [string, ExperimentSpec][] = [
  [
    "batch normalization, dropout and augmentation",
    parseExperiment({
      ...normalizedConvolutions.experiment,
      augmentation: [{ kind: "shift" }, { kind: "rotate" }, { kind: "zoom" }, { kind: "noise" }],
    }),
  ],
  ["a residual network", parseExperiment(residualNetwork.experiment)],
  ["a densely connected network", parseExperiment(densenetStyle.experiment)],
  ["a network in VGG's style", parseExperiment(vggStyle.experiment)],
  // Its own optimizer takes longer to get going than a test has time for.
  ["LeNet-5", parseExperiment({ ...lenet5.experiment, optimizer: { kind: "adam" } })],
];

/** The largest difference of two engines' outputs. */
function apart(a: Float32Array, b: Float32Array): number {
  expect([a.length, b.length]).toEqual([80, 80]);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

/** @returns the loss of each of the first `count` batches */
async function train(engine: Engine, count: number): Promise<Float32Array> {
  const rates = new Float64Array(count).fill(0.003);
  return (await engine.train(rows.subarray(0, BATCH * count), BATCH, rates)).losses;
}

const mean = (list: Float32Array) => list.reduce((sum, value) => sum + value, 0) / list.length;

describe.each(patterns)("%s", (_, spec) => {
  test(
    "trains alike on our own engine, on TensorFlow.js and on the reference",
    async () => {
      const own = prepare(await start("wasm"), spec);
      const losses = await train(own, 2);
      const outputs = await own.predict(shown);
      for (const id of others) {
        const other = prepare(await start(id), spec);
        const theirs = await train(other, 2);
        for (const [i, loss] of theirs.entries())
          expect(Math.abs(loss / losses[i]! - 1), `${id}, batch ${i + 1}`).toBeLessThan(1e-3);
        expect(apart(outputs, await other.predict(shown)), id).toBeLessThan(1e-3);
      }
    },
    PATIENCE_MS,
  );

  test.each(["wasm", "tfjs-wasm"] as const)(
    "is learned by %s, and what was learned gives the same outputs everywhere",
    async (id) => {
      const learner = prepare(await start(id), spec);
      const first = await train(learner, 8);
      for (let round = 0; round < 14; round++) await train(learner, 8);
      expect(mean(await train(learner, 8))).toBeLessThan(0.7 * mean(first));
      const outputs = await learner.predict(shown);
      const state = await learner.readState();
      for (const other of [...others, "wasm" as const].filter((one) => one !== id)) {
        const reader = prepare(await start(other), spec, state);
        expect(apart(outputs, await reader.predict(shown)), other).toBeLessThan(1e-3);
      }
    },
    PATIENCE_MS,
  );
});
