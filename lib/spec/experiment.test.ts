import { expect, test } from "vitest";
import {
  augmentationKinds,
  callbackKinds,
  canonical,
  createAugmentation,
  createCallback,
  createLayer,
  createOptimizer,
  type ExperimentSpec,
  layerKinds,
  optimizerKinds,
  parseExperiment,
} from "./experiment";
import { ParseError } from "./parse";
import { firstRun } from "./presets/first-run";

const refusal = (input: unknown): ParseError => {
  try {
    parseExperiment(input);
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error("was not refused");
};
const json = (text: string): unknown => JSON.parse(text);

test("reads the contract's experiment and gives back every value of it", () => {
  expect(parseExperiment(firstRun)).toMatchObject(firstRun);
});

test("fills in Keras's defaults where a field is left out", () => {
  const spec = parseExperiment({
    version: 1,
    dataset: { id: "mnist" },
    layers: [{ kind: "dense" }, { kind: "dropout" }],
    optimizer: { kind: "adam" },
  });
  expect(spec.optimizer).toEqual({
    kind: "adam",
    learningRate: 0.001,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-7,
  });
  expect(spec.layers).toEqual([
    { kind: "dense", units: 64, activation: "relu" },
    { kind: "dropout", rate: 0.25 },
  ]);
  expect(spec.training).toEqual({ epochs: 5, batchSize: 32, shuffle: true });
  expect(spec.validation).toEqual({ split: 0.2, from: "first" });
});

const kinds =
  '"activation", "averagePooling2d", "batchNormalization", "conv2d", "dense", "denseBlock", "dropout", ' +
  '"flatten", "globalAveragePooling2d", "maxPooling2d" or "residual"';
/** Of layers that stand in a block. */
const nested = kinds
  .replace(' "denseBlock",', "")
  .replace(', "maxPooling2d" or "residual"', ' or "maxPooling2d"');

test.each<[string, unknown, string]>([
  ["a number", 3, "experiment is 3; it must be an object."],
  ["null", null, "experiment is null; it must be an object."],
  ["a wrong version", { ...firstRun, version: 2 }, "version is 2; it must be 1."],
  [
    "a text as units",
    { ...firstRun, layers: [{ kind: "dense", units: "many" }] },
    'layers[0].units is "many"; it must be a whole number from 1 to 4096.',
  ],
  [
    "a billion units",
    { ...firstRun, layers: [{ kind: "dense", units: 1e9 }] },
    "layers[0].units is 1000000000; it must be a whole number from 1 to 4096.",
  ],
  [
    "half a unit",
    { ...firstRun, layers: [{ kind: "dense", units: 2.5 }] },
    "layers[0].units is 2.5; it must be a whole number from 1 to 4096.",
  ],
  [
    "a NaN learning rate",
    { ...firstRun, optimizer: { kind: "adam", learningRate: Number.NaN } },
    "optimizer.learningRate is NaN; it must be a number from 1e-7 to 10.",
  ],
  [
    "an infinite learning rate",
    { ...firstRun, optimizer: { kind: "sgd", learningRate: Number.POSITIVE_INFINITY } },
    "optimizer.learningRate is Infinity; it must be a number from 1e-7 to 10.",
  ],
  [
    "an unknown layer",
    { ...firstRun, layers: [{ kind: "lstm" }] },
    `layers[0].kind is "lstm"; it must be ${kinds}.`,
  ],
  [
    "a layer without a kind",
    { ...firstRun, layers: [{ units: 3 }] },
    `layers[0].kind is missing; it must be ${kinds}.`,
  ],
  [
    "an unknown field",
    { ...firstRun, layers: [{ kind: "dense", unit: 3 }] },
    'layers[0].unit is 3, but there is no such field; it must be "kind", "units" or "activation".',
  ],
  [
    "a __proto__ beside the fields",
    json(`{"__proto__":{"x":1},${JSON.stringify(firstRun).slice(1)}`),
    '__proto__ is {"x":1}, but there is no such field; it must be "version", "title", "dataset", "validation", ' +
      '"augmentation", "layers", "loss", "optimizer", "training", "callbacks" or "seed".',
  ],
  [
    "a __proto__ in a layer",
    { ...firstRun, layers: [json('{"kind":"dense","__proto__":{"units":5}}')] },
    'layers[0].__proto__ is {"units":5}, but there is no such field; it must be "kind", "units" or "activation".',
  ],
  [
    "__proto__ as a kind",
    { ...firstRun, layers: [{ kind: "__proto__" }] },
    `layers[0].kind is "__proto__"; it must be ${kinds}.`,
  ],
  [
    "a data set named after a method",
    { ...firstRun, dataset: { id: "toString" } },
    'dataset.id is "toString"; it must be "digits" or "mnist".',
  ],
  [
    "one class only",
    { ...firstRun, dataset: { id: "mnist", classes: [1] } },
    "dataset.classes is [1]; it must be null or a list of two or more different class numbers of the data set.",
  ],
  [
    "a class twice",
    { ...firstRun, dataset: { id: "mnist", classes: [1, 1] } },
    "dataset.classes is [1,1]; it must be null or a list of two or more different class numbers of the data set.",
  ],
  [
    "an unknown callback",
    { ...firstRun, callbacks: [{ kind: "lucky" }] },
    'callbacks[0].kind is "lucky"; it must be "earlyStopping", "learningRateSchedule", "modelCheckpoint" or "reduceLROnPlateau".',
  ],
  [
    "a callback twice",
    { ...firstRun, callbacks: [{ kind: "learningRateSchedule" }, { kind: "learningRateSchedule" }] },
    'callbacks is [{"kind":"learningRateSchedule"},{"kind":"learningRateSch…; ' +
      "it must be a list of callbacks, each kind at most once.",
  ],
  [
    "an unknown schedule",
    { ...firstRun, callbacks: [{ kind: "learningRateSchedule", schedule: "stairs" }] },
    'callbacks[0].schedule is "stairs"; it must be "cosine", "exponential", "linear" or "steps".',
  ],
  [
    "an augmentation beyond its bounds",
    { ...firstRun, augmentation: [{ kind: "shift" }, { kind: "rotate", degrees: 720 }] },
    "augmentation[1].degrees is 720; it must be a number from 0 to 180.",
  ],
  [
    "an unknown augmentation",
    { ...firstRun, augmentation: [{ kind: "mirror" }] },
    'augmentation[0].kind is "mirror"; it must be "noise", "rotate", "shift" or "zoom".',
  ],
  [
    "a window of no pixels",
    { ...firstRun, layers: [{ kind: "conv2d", kernelSize: 0 }] },
    "layers[0].kernelSize is 0; it must be a whole number from 1 to 11.",
  ],
  [
    "a residual block without layers",
    { ...firstRun, layers: [{ kind: "residual", layers: [] }] },
    "layers[0].layers is []; it must be a list of 1 to 8 layers that are not blocks themselves.",
  ],
  [
    "a residual block in a residual block",
    { ...firstRun, layers: [{ kind: "residual", layers: [{ kind: "residual" }] }] },
    `layers[0].layers[0].kind is "residual"; it must be ${nested}.`,
  ],
  [
    "a residual block in a dense block",
    { ...firstRun, layers: [{ kind: "denseBlock", layers: [{ kind: "residual" }] }] },
    `layers[0].layers[0].kind is "residual"; it must be ${nested}.`,
  ],
  [
    "a dense block in a residual block",
    { ...firstRun, layers: [{ kind: "residual", layers: [{ kind: "denseBlock" }] }] },
    `layers[0].layers[0].kind is "denseBlock"; it must be ${nested}.`,
  ],
  [
    "an unknown field in a residual block's layer",
    { ...firstRun, layers: [{ kind: "residual", layers: [{ kind: "dropout", rates: 1 }] }] },
    'layers[0].layers[0].rates is 1, but there is no such field; it must be "kind" or "rate".',
  ],
])("refuses %s in one sentence", (_, input, message) => {
  expect(refusal(input).message).toBe(message);
});

test("refuses more layers than a page can show", () => {
  const layers = Array.from({ length: 33 }, () => ({ kind: "flatten" }));
  expect(refusal({ ...firstRun, layers }).message).toContain("it must be a list of at most 32 layers.");
});

test("names field, value and what is allowed as data, too", () => {
  const error = refusal({ ...firstRun, seed: -1 });
  expect([error.field, error.value, error.allowed]).toEqual([
    "seed",
    -1,
    "a whole number from 0 to 4294967295",
  ]);
});

test("the canonical text is short, says only what differs from the defaults, and reads back the same", () => {
  const spec = parseExperiment(firstRun);
  expect(canonical(spec)).toBe(
    '{"version":1,"title":"First run","dataset":{"id":"mnist"},"layers":[{"kind":"flatten"},' +
      '{"kind":"dense","units":128},{"kind":"dense"},{"kind":"dense","units":10,"activation":"softmax"}],' +
      '"optimizer":{"kind":"adam"}}',
  );
  expect(parseExperiment(JSON.parse(canonical(spec)))).toEqual(spec);
});

test("every layer, optimizer, augmentation and callback at its defaults survives the round trip", () => {
  for (const kind of optimizerKinds) {
    const spec: ExperimentSpec = {
      ...parseExperiment(firstRun),
      optimizer: createOptimizer(kind),
      layers: layerKinds.map(createLayer),
      augmentation: augmentationKinds.map(createAugmentation),
      callbacks: callbackKinds.map(createCallback),
      dataset: { id: "mnist", classes: [3, 7], trainLimit: 500 },
      loss: "meanSquaredError",
      seed: 9,
    };
    expect(parseExperiment(JSON.parse(canonical(spec)))).toEqual(spec);
  }
});

test("a dense block adds twelve channels where nothing else is said", () => {
  const spec = parseExperiment({ ...firstRun, layers: [{ kind: "denseBlock" }] });
  expect(JSON.parse(canonical(spec)).layers).toEqual([{ kind: "denseBlock" }]);
  expect(spec.layers[0]).toMatchObject({ layers: [{ kind: "conv2d", filters: 12, padding: "same" }] });
});

test("a residual block is written as short as what differs within it, and fills in its layers' defaults", () => {
  const layers = [
    { kind: "residual" },
    { kind: "residual", layers: [{ kind: "conv2d", filters: 8 }, { kind: "batchNormalization" }] },
  ];
  const spec = parseExperiment({ ...firstRun, layers });
  expect(JSON.parse(canonical(spec)).layers).toEqual(layers);
  expect(spec.layers[1]).toEqual({
    kind: "residual",
    layers: [
      {
        kind: "conv2d",
        filters: 8,
        kernelSize: 3,
        strides: 1,
        padding: "valid",
        activation: "relu",
        useBias: true,
      },
      { kind: "batchNormalization", momentum: 0.99, epsilon: 0.001 },
    ],
  });
  expect(parseExperiment(JSON.parse(canonical(spec)))).toEqual(spec);
});
