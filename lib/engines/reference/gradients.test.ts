import { expect, test } from "vitest";
import { mnistFromDisk } from "../../datasets/testing";
import {
  type ExperimentSpec,
  type LayerSpec,
  type LossKind,
  lossKinds,
  parseExperiment,
} from "../../spec/experiment";
import { type Activation, activations } from "../../spec/ops";
import { firstRun } from "../../spec/presets/first-run";
import { buildProgram, initialWeights } from "../../spec/program";
import { ReferenceEngine } from "./engine";

const rows = Uint32Array.of(3, 1, 4, 15, 9);
const images = (await mnistFromDisk().images("train", 0)).subarray(0, 16 * 784);
const labels = (await mnistFromDisk().labels("train")).subarray(0, 16);

function engineFor(spec: ExperimentSpec): {
  engine: ReferenceEngine;
  weights: Float32Array[];
  compile: () => void;
} {
  const engine = new ReferenceEngine();
  const layout = { rows: 16, rowBytes: 784, scale: 255 };
  engine.allocate({ train: layout, test: layout });
  engine.upload("train", 0, images);
  engine.setLabels("train", spec.dataset.classes === null ? labels : labels.map((label) => label % 2));
  const program = buildProgram(spec);
  const weights = initialWeights(program, 5);
  // Biases away from zero, where relu and its kin have no slope to check.
  for (const array of weights)
    for (const [i, w] of array.entries()) if (w === 0) array[i] = 0.05 * Math.sin(i + 1);
  const compile = () =>
    engine.compile({ program, optimizer: spec.optimizer, weights, seed: 3, batchSize: 5 });
  compile();
  return { engine, weights, compile };
}

const spec = (layers: LayerSpec[], loss: LossKind, classes: number[] | null = null): ExperimentSpec => ({
  ...parseExperiment(firstRun),
  layers,
  loss,
  dataset: { id: "mnist", classes, trainLimit: null },
});
const dense = (units: number, activation: Activation): LayerSpec => ({ kind: "dense", units, activation });

const cases: [string, ExperimentSpec][] = [
  ...activations.map((activation): [string, ExperimentSpec] => [
    `${activation} in the middle`,
    spec([{ kind: "flatten" }, dense(7, activation), dense(10, "softmax")], "sparseCategoricalCrossentropy"),
  ]),
  ...lossKinds.flatMap((loss) =>
    (["softmax", "sigmoid", "tanh"] as const).map((last): [string, ExperimentSpec] => [
      `${loss} on ${last}`,
      spec([{ kind: "flatten" }, dense(6, "tanh"), dense(10, last)], loss),
    ]),
  ),
  ...(["binaryCrossentropy", "meanSquaredError"] as const).flatMap((loss) =>
    (["sigmoid", "linear"] as const).map((last): [string, ExperimentSpec] => [
      `${loss} on one ${last} unit`,
      spec([{ kind: "flatten" }, dense(6, "tanh"), dense(1, last)], loss, [0, 1]),
    ]),
  ),
  [
    "dropout and a separate activation",
    spec(
      [
        { kind: "flatten" },
        dense(12, "linear"),
        { kind: "activation", activation: "elu" },
        { kind: "dropout", rate: 0.4 },
        dense(10, "softmax"),
      ],
      "categoricalCrossentropy",
    ),
  ],
];

test.each(cases)("the gradient of %s is what finite differences say", (_, experiment) => {
  const { engine, weights, compile } = engineFor(experiment);
  const { gradients } = engine.gradients("train", rows);
  const largest = Math.max(...gradients.flatMap((array) => [...array]).map(Math.abs));
  expect(largest).toBeGreaterThan(0);
  // Float32 weights bound the step from below; central differences leave an error of its square.
  const h = 2 ** -9;
  let [checked, kinks] = [0, 0];
  for (const [k, array] of weights.entries()) {
    for (let i = 0; i < array.length; i += Math.max(1, Math.floor(array.length / 12))) {
      const kept = array[i]!;
      const lossAt = (value: number) => {
        array[i] = value;
        compile();
        return engine.gradients("train", rows).result.loss;
      };
      const slopeOver = (step: number) => {
        const [up, down] = [Math.fround(kept + step), Math.fround(kept - step)];
        return (lossAt(up) - lossAt(down)) / (up - down);
      };
      const [slope, finer] = [slopeOver(h), slopeOver(h / 4)];
      array[i] = kept;
      // Between the two probes a relu switched: there the function has no slope to compare with.
      if (Math.abs(slope - finer) / largest > 1e-3) kinks++;
      else expect(Math.abs(finer - gradients[k]![i]!) / largest).toBeLessThan(2e-3);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(20);
  expect(kinks / checked).toBeLessThan(0.3);
});
