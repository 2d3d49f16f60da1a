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
  trained: boolean[];
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
    engine.compile({ program, optimizer: spec.optimizer, augmentation: [], weights, seed: 3, batchSize: 5 });
  compile();
  const trained = weights.map((_, i) => program.weights[i]!.trainable);
  expect(program.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return { engine, weights, trained, compile };
}

const spec = (layers: LayerSpec[], loss: LossKind, classes: number[] | null = null): ExperimentSpec => ({
  ...parseExperiment(firstRun),
  layers,
  loss,
  dataset: { id: "mnist", classes, trainLimit: null },
});
const dense = (units: number, activation: Activation): LayerSpec => ({ kind: "dense", units, activation });

/** Layers by hand, as people write them; what they leave out has its default. */
const network = (...layers: object[]): ExperimentSpec =>
  parseExperiment({ ...firstRun, layers: [...layers, { kind: "dense", units: 10, activation: "softmax" }] });
const conv = (filters: number, kernelSize: number, strides: number, padding: string, more: object = {}) => ({
  kind: "conv2d",
  filters,
  kernelSize,
  strides,
  padding,
  activation: "tanh",
  ...more,
});
/** Few pixels in several channels, so that what is checked comes quickly: 7×7×3. */
const small = conv(3, 4, 4, "valid");
const flatten = { kind: "flatten" };
const pool = (kind: string, poolSize: number, strides: number, padding: string) => ({
  kind,
  poolSize,
  strides,
  padding,
});
const residual = (...layers: object[]) => ({ kind: "residual", layers });
const denseBlock = (...layers: object[]) => ({ kind: "denseBlock", layers });
const normalization = { kind: "batchNormalization", epsilon: 0.01 };

const images2d: [string, ExperimentSpec][] = [
  ...[1, 2, 3, 4, 5].flatMap((size) =>
    [1, 2, 3].flatMap((strides) =>
      ["valid", "same"].map((padding): [string, ExperimentSpec] => [
        `a ${size}×${size} convolution by ${strides}, ${padding}, of three channels`,
        network(small, conv(2, size, strides, padding, { useBias: size !== 3 }), flatten),
      ]),
    ),
  ),
  ...(
    [
      [1, 3],
      [3, 2],
      [5, 3],
      [6, 5],
    ] as const
  ).flatMap(([size, strides]) =>
    ["valid", "same"].map((padding): [string, ExperimentSpec] => [
      `a ${size}×${size} convolution by ${strides}, ${padding}, of the image itself`,
      network(conv(2, size, strides, padding), pool("averagePooling2d", 3, 0, "same"), flatten),
    ]),
  ),
  ...["maxPooling2d", "averagePooling2d"].flatMap((kind) =>
    (
      [
        [2, 2, "valid"],
        [2, 2, "same"],
        [3, 1, "valid"],
        [3, 2, "same"],
        [4, 3, "same"],
        [2, 3, "valid"],
        [2, 3, "same"],
        [7, 7, "valid"],
      ] as const
    ).map(([size, strides, padding]): [string, ExperimentSpec] => [
      `${kind} ${size}×${size} by ${strides}, ${padding}`,
      network(small, pool(kind, size, strides, padding), flatten),
    ]),
  ),
  ["global average pooling", network(small, conv(4, 2, 1, "valid"), { kind: "globalAveragePooling2d" })],
  [
    "batch normalization after a convolution",
    network(conv(3, 4, 4, "valid", { activation: "linear", useBias: false }), normalization, flatten),
  ],
  [
    "batch normalization of the image itself",
    network(pool("averagePooling2d", 7, 0, "valid"), normalization, flatten),
  ],
  [
    "batch normalization after dense, and dropout after it",
    network(flatten, { kind: "dense", units: 6, activation: "tanh" }, normalization, {
      kind: "dropout",
      rate: 0.3,
    }),
  ],
  [
    "a residual block that keeps its shape",
    network(small, residual(conv(3, 3, 1, "same"), conv(3, 1, 1, "same")), flatten),
  ],
  ["a residual block with more channels", network(small, residual(conv(5, 3, 1, "same")), flatten)],
  ["a residual block with strides", network(small, residual(conv(2, 3, 2, "same"), normalization), flatten)],
  [
    "a residual block with strides of 3 and as many channels",
    network(small, residual(conv(3, 3, 3, "same")), flatten),
  ],
  [
    "a residual block of the image itself",
    network(pool("maxPooling2d", 4, 0, "valid"), residual(conv(2, 2, 1, "same")), flatten),
  ],
  [
    "residual blocks of flat lists, with and without a projection",
    network(
      pool("averagePooling2d", 7, 0, "valid"),
      flatten,
      residual({ kind: "dense", units: 16, activation: "tanh" }),
      residual({ kind: "dense", units: 5, activation: "tanh" }, { kind: "dropout", rate: 0.4 }),
    ),
  ],
  ["a dense block", network(small, denseBlock(conv(2, 3, 1, "same")), flatten)],
  [
    "dense blocks one after the other, normalized",
    network(
      small,
      denseBlock(normalization, conv(2, 3, 1, "same")),
      denseBlock(conv(4, 1, 1, "same"), conv(3, 3, 1, "same")),
      flatten,
    ),
  ],
  [
    "a dense block of the image itself",
    network(pool("maxPooling2d", 4, 0, "valid"), denseBlock(conv(2, 2, 1, "same")), flatten),
  ],
  [
    "a dense block that learns nothing itself",
    network(small, denseBlock({ kind: "activation", activation: "elu" }), flatten),
  ],
  [
    "dense blocks of flat lists",
    network(
      pool("averagePooling2d", 7, 0, "valid"),
      flatten,
      denseBlock({ kind: "dense", units: 5, activation: "tanh" }),
      denseBlock({ kind: "dense", units: 3, activation: "tanh" }, { kind: "dropout", rate: 0.4 }),
    ),
  ],
  ["softmax over channels", network(small, { kind: "activation", activation: "softmax" }, flatten)],
  [
    "every activation over channels",
    network(small, ...activations.map((activation) => ({ kind: "activation", activation })), flatten),
  ],
];

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
  ...images2d,
];

test.each(cases)("the gradient of %s is what finite differences say", (_, experiment) => {
  const { engine, weights, trained, compile } = engineFor(experiment);
  const { gradients } = engine.gradients("train", rows);
  const peak = (array: Float64Array) => array.reduce((max, slope) => Math.max(max, Math.abs(slope)), 0);
  const overall = Math.max(...gradients.map(peak));
  expect(overall).toBeGreaterThan(0);
  // Float32 weights bound the step from below; central differences leave an error of its square.
  const h = 2 ** -9;
  let [checked, kinks] = [0, 0];
  for (const [k, array] of weights.entries()) {
    if (!trained[k]) {
      expect(peak(gradients[k]!)).toBe(0);
      continue;
    }
    // A bias in front of batch normalization has no gradient to be measured by.
    const largest = Math.max(peak(gradients[k]!), overall / 100);
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
