// The gradient by the input is held to central differences in float64, in training and in inference.
import { expect, test } from "vitest";
import type { ExperimentSpec } from "../../spec/experiment";
import { sizeOf } from "../../spec/ops";
import { buildProgram, initialWeights } from "../../spec/program";
import { conv, convolutional, dense, mixed, network, residual } from "../testing/cases";
import { backpropagate, backward, forward } from "./passes";

const COUNT = 3;

/** A network with weights, pixels and labels that are everywhere a little different. */
function setUp(spec: ExperimentSpec) {
  const program = buildProgram(spec);
  const weights = initialWeights(program, 3).map((values, k) =>
    Float64Array.from(values, (value, i) => value + 0.05 * Math.sin(7 * i + k)),
  );
  const pixels = Float64Array.from({ length: COUNT * sizeOf(program.input) }, (_, i) => Math.sin(i * i) ** 2);
  return { program, weights, pixels, labels: Uint8Array.from([1, 7, 4]) };
}

const networks: [string, ExperimentSpec][] = [
  ["dense layers, dropout and every activation", { ...network([]), layers: mixed }],
  ["convolutions, pooling, batch normalization and dropout", network(convolutional)],
  [
    "a residual block of the image itself",
    network([
      residual(conv(2, 3, { padding: "same", strides: 4, activation: "tanh" })),
      { kind: "batchNormalization" },
      { kind: "flatten" },
      dense(8, "tanh"),
    ]),
  ],
];

const modes = [
  ["training", { seed: 5, step: 2 }],
  ["inference", undefined],
] as const;

test.each(
  networks.flatMap(([name, spec]) => modes.map(([mode, training]) => [name, mode, spec, training] as const)),
)("the gradient by the input of %s is what finite differences say, in %s", (_, __, spec, training) => {
  const { program, weights, pixels, labels } = setUp(spec);
  const lossOf = () => backpropagate(program, { weights, pixels, training }, labels).result.loss;
  const { input } = backpropagate(program, { weights, pixels, training }, labels);
  expect(input).toHaveLength(pixels.length);
  const peak = input.reduce((max, slope) => Math.max(max, Math.abs(slope)), 0);
  const h = 1e-5;
  let kinks = 0;
  const places = Array.from({ length: 24 }, (_, i) => Math.floor((i * pixels.length) / 24) + (i % 5));
  for (const place of places) {
    const kept = pixels[place]!;
    const slopeOver = (step: number) => {
      const [up, down] = [kept + step, kept - step].map((value) => {
        pixels[place] = value;
        return lossOf();
      });
      pixels[place] = kept;
      return (up! - down!) / (2 * step);
    };
    const slope = slopeOver(h);
    // Between two probes a relu or a maximum switched: there is no slope to compare with.
    if (Math.abs(slope - slopeOver(h / 4)) > 1e-4 * peak) kinks++;
    else expect(Math.abs(slope - input[place]!)).toBeLessThan(1e-4 * peak);
  }
  expect(peak).toBeGreaterThan(0);
  expect(kinks).toBeLessThan(places.length / 4);
});

test("in inference the gradient by a weight is what finite differences say, moving averages being constants", () => {
  const { program, weights, pixels, labels } = setUp(network(convolutional));
  const { gradients } = backpropagate(program, { weights, pixels }, labels);
  const gamma = program.weights.findIndex(({ name }) => name.endsWith("gamma"));
  const lossAt = (value: number) => {
    const changed = weights.map((array, k) => (k === gamma ? array.with(0, value) : array));
    return backpropagate(program, { weights: changed, pixels }, labels).result.loss;
  };
  const [kept, h] = [weights[gamma]![0]!, 1e-5];
  expect(gradients[gamma]![0]).toBeCloseTo((lossAt(kept + h) - lossAt(kept - h)) / (2 * h), 6);
  expect(gradients[gamma]![0]).not.toBe(0);
});

test("the first steps alone end in what all steps have there", () => {
  const { program, weights, pixels } = setUp(network(convolutional));
  const all = forward({ steps: program.steps, weights, pixels, count: COUNT }).activations;
  const first = forward({ steps: program.steps.slice(0, 4), weights, pixels, count: COUNT });
  expect(all).toHaveLength(program.steps.length + 1);
  expect(first.activations.at(-1)).toEqual(all[4]);
  const { gradients, input } = backward(first, first.activations.at(-1)!);
  expect(input).toHaveLength(pixels.length);
  expect(gradients.at(-1)!.every((slope) => slope === 0)).toBe(true);
});
