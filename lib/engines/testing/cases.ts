// The experiments that every engine is held to the reference on. Small, because the reference is slow.
import {
  createOptimizer,
  type ExperimentSpec,
  type LayerSpec,
  optimizerKinds,
  parseExperiment,
} from "../../spec/experiment";
import { type Activation, activations } from "../../spec/ops";
import { firstRun } from "../../spec/presets/first-run";

export const first = parseExperiment(firstRun);

export const dense = (units: number, activation: Activation): LayerSpec => ({
  kind: "dense",
  units,
  activation,
});

export const mixed: LayerSpec[] = [
  { kind: "flatten" },
  dense(24, "leakyRelu"),
  { kind: "dropout", rate: 0.3 },
  dense(16, "elu"),
  { kind: "activation", activation: "softmax" },
  dense(12, "tanh"),
  dense(10, "softmax"),
];

/** Layers by hand, as people write them, before ten softmax units; what they leave out has its default. */
export const network = (layers: object[], rest: object = {}): ExperimentSpec =>
  parseExperiment({ ...firstRun, ...rest, layers: [...layers, dense(10, "softmax")] });

export const conv = (filters: number, kernelSize: number, more: object = {}) => ({
  kind: "conv2d",
  filters,
  kernelSize,
  ...more,
});
const pool = (kind: string, poolSize: number, strides: number, padding: string) => ({
  kind,
  poolSize,
  strides,
  padding,
});
const flatten = { kind: "flatten" };
const normalization = { kind: "batchNormalization" };
export const residual = (...layers: object[]) => ({ kind: "residual", layers });
export const denseBlock = (...layers: object[]) => ({ kind: "denseBlock", layers });
const halved = pool("averagePooling2d", 2, 2, "valid");

/** Two convolutions with pooling, batch normalization with and without a bias before it, and dropout. */
export const convolutional: object[] = [
  conv(6, 3, { strides: 2, padding: "same", useBias: false, activation: "linear" }),
  normalization,
  { kind: "activation", activation: "relu" },
  pool("maxPooling2d", 2, 2, "valid"),
  conv(8, 3),
  { kind: "batchNormalization", momentum: 0.8, epsilon: 0.01 },
  flatten,
  { kind: "dropout", rate: 0.25 },
  dense(16, "relu"),
];

const layerCases: [string, ExperimentSpec][] = [
  ["the first lesson's network", first],
  ["every activation and dropout", { ...first, layers: mixed }],
  [
    "a small LeNet",
    network([
      conv(3, 5, { padding: "same" }),
      pool("maxPooling2d", 2, 2, "valid"),
      conv(6, 5),
      pool("maxPooling2d", 2, 2, "valid"),
      flatten,
      dense(20, "relu"),
    ]),
  ],
  ["convolutions with batch normalization and dropout", network(convolutional)],
  [
    "batch normalization of the image, and after dense",
    network([normalization, flatten, dense(12, "tanh"), normalization]),
  ],
  ...(["valid", "same"] as const).flatMap((padding) =>
    (
      [
        [1, 1],
        [2, 1],
        [3, 2],
        [5, 3],
        [4, 5],
      ] as const
    ).map(([size, strides]): [string, ExperimentSpec] => [
      `${size}×${size} convolutions by ${strides}, ${padding}, on one channel and on three`,
      network([
        halved,
        conv(3, size, { strides, padding }),
        conv(4, Math.min(size, 2), { strides, padding }),
        flatten,
      ]),
    ]),
  ),
  ...["maxPooling2d", "averagePooling2d"].flatMap((kind) =>
    (
      [
        [2, 2, "same"],
        [3, 1, "valid"],
        [3, 2, "same"],
        [2, 3, "valid"],
        [2, 3, "same"],
        [1, 1, "valid"],
        [1, 2, "same"],
        [13, 13, "valid"],
      ] as const
    ).map(([size, strides, padding]): [string, ExperimentSpec] => [
      `${kind} ${size}×${size} by ${strides}, ${padding}`,
      // Tanh, because whoever takes 0 for the smallest number is right after a relu.
      network([conv(3, 3, { strides: 2, activation: "tanh" }), pool(kind, size, strides, padding), flatten]),
    ]),
  ),
  [
    "global average pooling of softmax over channels",
    network([
      conv(8, 5, { strides: 3, activation: "softmax" }),
      conv(8, 2),
      { kind: "globalAveragePooling2d" },
    ]),
  ],
  [
    "residual blocks: as they are, with more channels, with strides",
    network([
      conv(4, 3, { strides: 3 }),
      residual(conv(4, 3, { padding: "same" }), conv(4, 3, { padding: "same", activation: "linear" })),
      residual(conv(6, 3, { padding: "same" })),
      residual(conv(6, 3, { padding: "same", strides: 2 }), normalization),
      { kind: "activation", activation: "relu" },
      flatten,
    ]),
  ],
  [
    "residual blocks of flat lists, and of the image",
    network([
      residual(conv(2, 3, { padding: "same", strides: 4 })),
      flatten,
      residual(dense(24, "relu")),
      residual(dense(24, "tanh"), { kind: "dropout", rate: 0.2 }),
    ]),
  ],
  [
    "dense blocks: of three channels and five more, of activations alone, normalized, with a transition after them",
    network([
      conv(3, 3, { strides: 3 }),
      denseBlock(conv(5, 3, { padding: "same" })),
      denseBlock({ kind: "activation", activation: "tanh" }),
      denseBlock(normalization, { kind: "activation", activation: "relu" }, conv(4, 3, { padding: "same" })),
      conv(6, 1),
      halved,
      flatten,
    ]),
  ],
  [
    "dense blocks of flat lists, and of the image",
    network([
      denseBlock(conv(2, 3, { padding: "same" })),
      pool("maxPooling2d", 4, 4, "valid"),
      flatten,
      denseBlock(dense(13, "relu"), dense(6, "tanh")),
      denseBlock(dense(7, "tanh"), { kind: "dropout", rate: 0.2 }),
    ]),
  ],
];

const optimizerCases = optimizerKinds.map((kind): [string, ExperimentSpec] => [
  `${kind} with all its terms`,
  {
    ...first,
    layers: [
      { kind: "flatten" },
      dense(20, "sigmoid"),
      { kind: "batchNormalization", momentum: 0.9, epsilon: 0.001 },
      dense(10, "softmax"),
    ],
    optimizer: {
      ...createOptimizer(kind),
      ...(kind === "sgd" ? { momentum: 0.9, nesterov: true } : {}),
      ...(kind === "rmsprop" ? { momentum: 0.5 } : {}),
    } as ExperimentSpec["optimizer"],
  },
]);

const twoClasses: ExperimentSpec["dataset"] = { id: "mnist", classes: [0, 1], trainLimit: null };

const lossCases: [string, ExperimentSpec][] = [
  ["mean squared error", { ...first, loss: "meanSquaredError" }],
  [
    "binary cross-entropy over ten sigmoid units",
    {
      ...first,
      loss: "binaryCrossentropy",
      layers: [{ kind: "flatten" }, dense(16, "relu"), dense(10, "sigmoid")],
    },
  ],
  [
    "one sigmoid unit for two classes",
    {
      ...first,
      loss: "binaryCrossentropy",
      dataset: twoClasses,
      layers: [{ kind: "flatten" }, dense(16, "relu"), dense(1, "sigmoid")],
    },
  ],
  [
    "one sigmoid unit on the image alone: logistic regression",
    {
      ...first,
      loss: "binaryCrossentropy",
      dataset: twoClasses,
      layers: [{ kind: "flatten" }, dense(1, "sigmoid")],
    },
  ],
  [
    "mean squared error of one sigmoid unit",
    {
      ...first,
      loss: "meanSquaredError",
      dataset: twoClasses,
      layers: [{ kind: "flatten" }, dense(16, "relu"), dense(1, "sigmoid")],
    },
  ],
  [
    "cross-entropy of probabilities that are no softmax",
    { ...first, layers: [{ kind: "flatten" }, dense(16, "relu"), dense(10, "sigmoid")] },
  ],
  [
    "binary cross-entropy of a clipped linear output",
    {
      ...first,
      loss: "binaryCrossentropy",
      dataset: twoClasses,
      layers: [{ kind: "flatten" }, dense(16, "relu"), dense(1, "linear")],
    },
  ],
];

const everyActivation = activations.map((activation) => ({ kind: "activation", activation }));

const dataCases: [string, ExperimentSpec][] = [
  [
    "images that are shifted, turned, zoomed and noisy",
    network([conv(4, 5, { strides: 3 }), flatten], {
      augmentation: [
        { kind: "shift", pixels: 2 },
        { kind: "rotate", degrees: 15 },
        { kind: "zoom", factor: 0.1 },
        { kind: "noise", stddev: 0.1 },
      ],
    }),
  ],
  [
    "a learning rate that warms up and falls, through every activation over channels",
    network([conv(4, 5, { strides: 4 }), ...everyActivation, flatten], {
      callbacks: [{ kind: "learningRateSchedule", schedule: "cosine", warmupEpochs: 0.5, finalShare: 0.1 }],
      training: { epochs: 1, batchSize: 32 },
    }),
  ],
];

export const cases = [...layerCases, ...optimizerCases, ...lossCases, ...dataCases];
