// Every shape that the blocked loops and fused stages treat apart, held to the reference: gradients to 1e-5, weights
// after a hundred steps to 1e-4, both relative to the largest.
import { expect, test } from "vitest";
import { mnistFromDisk } from "../../datasets/testing";
import {
  createOptimizer,
  type ExperimentSpec,
  type OptimizerSpec,
  parseExperiment,
} from "../../spec/experiment";
import { buildProgram, initialWeights } from "../../spec/program";
import type { Engine } from "../engine";
import { ReferenceEngine } from "../reference/engine";
import { wasmFromDisk } from "./testing";

const source = mnistFromDisk();
const images = await source.images("train", 0);
const labels = (await source.labels("train")).subarray(0, 1000);

const conv = (filters: number, kernelSize = 3, padding = "valid", strides = 1, activation = "relu") => ({
  ...{ kind: "conv2d", filters, kernelSize, padding, strides, activation },
});
const bare = (filters: number, padding = "same", strides = 1) => ({
  ...{ ...conv(filters, 3, padding, strides, "linear"), useBias: false },
});
const pool = (poolSize = 2, strides = 0, padding = "valid", kind = "maxPooling2d") => ({
  ...{ kind, poolSize, strides, padding },
});
const mean = (poolSize: number, strides = 0, padding = "valid") =>
  pool(poolSize, strides, padding, "averagePooling2d");
const dense = (units: number, activation = "relu") => ({ kind: "dense", units, activation });
const normal = { kind: "batchNormalization", momentum: 0.9 };
const act = (activation: string) => ({ kind: "activation", activation });
const block = (...layers: object[]) => ({ kind: "residual", layers });
const joined = (...layers: object[]) => ({ kind: "denseBlock", layers });
const flat = { kind: "flatten" };
const out = dense(10, "softmax");

const cases: [string, object[]][] = [
  ["a pooled convolution", [conv(8), pool(), flat, out]],
  ["two of them, channels that fill no vector", [conv(5), pool(), conv(6), pool(), flat, out]],
  [
    "padded ones, windows that overlap",
    [conv(5, 3, "same"), pool(3, 2, "same"), conv(7, 5, "same"), pool(), flat, out],
  ],
  ["runs of more than twelve vectors", [mean(2), conv(20, 3, "same"), conv(9, 3), pool(), flat, out]],
  ["tanh before pooling, strides", [conv(4, 3, "valid", 2, "tanh"), pool(3, 1), flat, out]],
  ["convolutions without pooling", [mean(4), conv(8, 3, "same"), conv(5, 3), flat, out]],
  ["even kernels", [mean(4), conv(3, 2, "same"), conv(6, 2, "valid", 2), flat, out]],
  ["strides of three, then 1×1", [conv(6, 3, "same", 3), conv(7, 3, "same", 2), conv(4, 1), flat, out]],
  ["a kernel of eleven", [conv(4, 11, "valid", 4), flat, out]],
  ["1×1 with strides, pixels nobody sees", [conv(9, 1, "valid", 2), conv(3, 1, "same", 3), flat, out]],
  [
    "pooling of the images, softmax over channels",
    [pool(2), conv(4, 3, "same", 1, "linear"), act("softmax"), pool(3, 2, "same"), flat, out],
  ],
  ["average pooling, padded", [conv(5, 3, "valid", 2), mean(3, 2, "same"), flat, out]],
  ["global average pooling", [conv(6, 3, "same", 3), { kind: "globalAveragePooling2d" }, out]],
  ["normalization after a convolution", [bare(6, "same", 3), normal, act("relu"), pool(), flat, out]],
  ["normalization after dense", [flat, dense(20, "linear"), normal, act("elu"), out]],
  ["normalization of the images", [normal, conv(4, 3, "valid", 3), flat, out]],
  [
    "a residual block",
    [
      conv(8, 3, "same", 4),
      block(conv(8, 3, "same"), conv(8, 3, "same", 1, "linear")),
      act("relu"),
      flat,
      out,
    ],
  ],
  [
    "a projected one with strides",
    [conv(5, 3, "same", 3), block(bare(6, "same", 2), normal, bare(6)), flat, out],
  ],
  ["flat ones", [flat, dense(12), block(dense(12), dense(12, "linear")), block(dense(7, "tanh")), out]],
  ["one on the images", [block(conv(3, 3, "same", 4)), flat, out]],
  [
    "one that begins with an activation",
    [conv(4, 3, "same", 4), block(act("relu"), conv(4, 3, "same")), flat, out],
  ],
  ["a dense block", [conv(8, 3, "same", 4), joined(conv(12, 3, "same")), flat, out]],
  [
    "dense blocks of channels that fill no vector",
    [conv(5, 3, "same", 3), joined(conv(3, 3, "same")), joined(bare(6), normal, act("elu")), flat, out],
  ],
  [
    "a pooled convolution on a joined one, and pooling within",
    [mean(2), joined(conv(6, 3, "same")), conv(5), pool(), joined(pool(3, 1, "same")), flat, out],
  ],
  [
    "dense blocks of flat lists",
    [flat, dense(11), joined(dense(6)), joined(act("tanh")), joined(dense(3)), out],
  ],
  ["a dense block on the images", [joined(conv(3, 3, "same")), pool(4), flat, out]],
  ["one of the images alone", [joined(act("sigmoid")), conv(4, 3, "same", 4), flat, out]],
  [
    "a dense block of a residual one's output, and the other way round",
    [conv(6, 3, "same", 4), block(conv(6, 3, "same")), joined(conv(2, 3, "same")), block(bare(8)), flat, out],
  ],
  ["dropout in a dense block", [conv(5, 3, "valid", 2), joined({ kind: "dropout", rate: 0.4 }), flat, out]],
  ["dropout on an image", [conv(5, 3, "valid", 2), { kind: "dropout", rate: 0.4 }, flat, out]],
];

const moved = [{ kind: "shift" }, { kind: "rotate" }, { kind: "zoom" }];
const noisy = [{ kind: "shift" }, { kind: "noise" }];

function experiment(layers: object[], augmentation: object[] = []): ExperimentSpec {
  const optimizer = { kind: "sgd", learningRate: 1 };
  return parseExperiment({ version: 1, dataset: { id: "mnist" }, layers, augmentation, optimizer });
}

function compile(engine: Engine, spec: ExperimentSpec, optimizer: OptimizerSpec): Float32Array[] {
  const layout = { rows: 1000, rowBytes: 784, scale: 255 };
  engine.allocate({ train: layout, test: layout });
  engine.upload("train", 0, images);
  engine.setLabels("train", labels);
  const program = buildProgram(spec);
  expect(program.problems).toEqual([]);
  const weights = initialWeights(program, 3);
  // Biases and scales of their own, so that nothing is right by being zero or one.
  for (const [k, array] of weights.entries())
    if (program.weights[k]!.trainable)
      for (const [i, w] of array.entries()) array[i] = w + 0.05 * Math.sin(i + k);
  const { augmentation } = spec;
  engine.compile({ program, optimizer, augmentation, weights, seed: 1, batchSize: 13 });
  return weights;
}

/** The largest difference, relative to the largest number. */
function difference(expected: Float32Array[], found: Float32Array[]): number {
  const largest = Math.max(
    ...expected.map((array) => array.reduce((max, x) => Math.max(max, Math.abs(x)), 0)),
  );
  const errors = expected.map((array, k) =>
    array.reduce((max, x, i) => Math.max(max, Math.abs(x - found[k]![i]!)), 0),
  );
  expect(largest).toBeGreaterThan(0);
  return Math.max(...errors) / largest;
}

const engines = async (): Promise<[Engine, Engine]> => [new ReferenceEngine(), await wasmFromDisk()];

const augmented = cases.flatMap(([name, layers]): [string, object[], object[]][] => [
  [name, layers, []],
  [`${name}, images moved`, layers, moved],
]);

test.each([...augmented, ["dense layers on noise", [flat, dense(9), out], noisy] as const])(
  "the gradients of %s are the reference's",
  async (_, layers, augmentation) => {
    const spec = experiment(layers as object[], augmentation as object[]);
    const rows = Uint32Array.from({ length: 13 }, (_, i) => 7 * i);
    const gradients: Float32Array[][] = [];
    for (const engine of await engines()) {
      const weights = compile(engine, spec, spec.optimizer);
      await engine.train(rows, 13, Float64Array.of(1));
      // With plain descent at rate 1 the step is the gradient.
      gradients.push(
        (await engine.readWeights()).map((array, k) => array.map((w, i) => weights[k]![i]! - w)),
      );
    }
    expect(difference(gradients[0]!, gradients[1]!)).toBeLessThan(1e-5);
  },
);

test.each([
  ["dense layers", [flat, dense(16), dense(12, "tanh"), out]],
  ["a convolutional network", [mean(2), conv(6), pool(), conv(8, 3, "same"), flat, dense(12), out]],
  [
    "batch normalization",
    [mean(4), bare(6), normal, act("relu"), flat, dense(12, "linear"), normal, act("relu"), out],
  ],
  [
    "a densely connected network",
    [
      mean(4),
      conv(5, 3, "same"),
      joined(bare(3), normal, act("relu")),
      joined(conv(4, 3, "same")),
      flat,
      out,
    ],
  ],
  [
    "a residual network",
    [mean(4), conv(5, 3, "same"), block(conv(5, 3, "same")), block(bare(8, "same", 2)), flat, out],
  ],
])("%s end where the reference ends after a hundred steps", async (_, layers) => {
  const spec = experiment(layers, moved);
  const rows = Uint32Array.from({ length: 1300 }, (_, i) => (7 * i) % 1000);
  const ends: Float32Array[][] = [];
  for (const engine of await engines()) {
    compile(engine, spec, { ...createOptimizer("sgd"), momentum: 0.9 } as OptimizerSpec);
    const { losses } = await engine.train(rows, 13, new Float64Array(100).fill(0.01));
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    ends.push(await engine.readWeights());
  }
  expect(difference(ends[0]!, ends[1]!)).toBeLessThan(1e-4);
});
