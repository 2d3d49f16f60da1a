import { expect, test } from "vitest";
import { type OptimizerSpec, parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { type GradientNorm, gradientLength, relativeStep } from "./gradients";

const norms: GradientNorm[] = [
  { name: "dense_1/kernel", layer: 1, size: 16, weight: 0.5, gradient: 0.75 },
  { name: "dense_1/bias", layer: 1, size: 4, weight: 0, gradient: 2 },
];
const optimizer = (values: object): OptimizerSpec =>
  parseExperiment({ ...firstRun, optimizer: values }).optimizer;

test("the gradient's length is that of all arrays as one vector", () => {
  expect(gradientLength(norms)).toBe(5);
  expect(gradientLength([])).toBe(0);
});

test.each([
  [{ kind: "sgd", learningRate: 0.1 }, 0.25],
  [{ kind: "sgd", learningRate: 0.1, momentum: 0.9 }, 2.5],
  // About the learning rate in each of the 20 weights, however long the gradient is.
  [{ kind: "adam", learningRate: 0.1 }, (0.1 * Math.sqrt(20)) / 2],
  [{ kind: "rmsprop", learningRate: 0.1 }, (0.1 * Math.sqrt(20)) / 2],
  [{ kind: "adagrad", learningRate: 0.1, initialAccumulatorValue: 0 }, (0.1 * Math.sqrt(20)) / 2],
])("a step is a share of the weights' length: %o", (values, expected) => {
  expect(relativeStep(optimizer(values), norms)).toBeCloseTo(expected, 6);
});

test("from weights that are all zero any step is beyond measure", () => {
  expect(
    relativeStep(
      optimizer({ kind: "sgd" }),
      norms.map((norm) => ({ ...norm, weight: 0 })),
    ),
  ).toBe(Number.POSITIVE_INFINITY);
});
