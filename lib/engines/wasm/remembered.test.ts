import { expect, test } from "vitest";
import { parseExperiment } from "../../spec/experiment";
import { firstRun } from "../../spec/presets/first-run";
import { buildProgram, initialWeights } from "../../spec/program";
import type { EngineState } from "../engine";
import { wasmFromDisk } from "./testing";

const ROWS = 32;
const layout = { rows: 2 * ROWS, rowBytes: 784, scale: 255 };
/** Images with one pixel lit: in the first half of the file another one than in the second. */
const halves = [300, 500].map((pixel) => {
  const images = new Uint8Array(ROWS * 784);
  for (let row = 0; row < ROWS; row++) images[row * 784 + pixel] = 100 + row;
  return images;
});
const rowsOf = (half: number) => Uint32Array.from({ length: ROWS }, (_, row) => half * ROWS + row);

async function engineWith(optimizer: object, present: readonly number[], state?: EngineState) {
  const spec = parseExperiment({ ...firstRun, optimizer });
  const program = buildProgram(spec);
  const engine = await wasmFromDisk();
  engine.allocate({ train: layout, test: layout });
  for (const half of present) engine.upload("train", half * ROWS, halves[half]!);
  engine.setLabels(
    "train",
    Uint8Array.from({ length: 2 * ROWS }, (_, row) => row % 10),
  );
  engine.compile({
    ...{ program, optimizer: spec.optimizer, augmentation: [], seed: spec.seed, batchSize: ROWS },
    weights: state?.weights ?? initialWeights(program, spec.seed),
    resume: state,
  });
  return engine;
}

test.each(["adam", "adamw", "sgd", "rmsprop", "adagrad"])(
  "a run with %s goes on to the bit where the images that it has seen are not all here again",
  async (kind) => {
    const momentum = kind === "sgd" || kind === "rmsprop" ? { momentum: 0.9 } : {};
    const optimizer = { kind, learningRate: 0.01, ...momentum };
    const rates = Float64Array.of(0.01);
    const straight = await engineWith(optimizer, [0, 1]);
    await straight.train(rowsOf(0), ROWS, rates);
    const state = await straight.readState();
    await straight.train(rowsOf(1), ROWS, rates);

    const resumed = await engineWith(optimizer, [1], state);
    await resumed.train(rowsOf(1), ROWS, rates);
    expect(await resumed.readState()).toEqual(await straight.readState());
  },
);
