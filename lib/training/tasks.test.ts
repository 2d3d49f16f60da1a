// What can be learned beside ten classes by cross-entropy, through the whole loop: filtered classes, one sigmoid unit,
// one-hot labels, squared errors. Our own engine learns it, as the reference does.
import { expect, test } from "vitest";
import { wasmFromDisk } from "../engines/wasm/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { type Recorder, trained } from "./testing";

const dense = (units: number, activation: string) => ({ kind: "dense", units, activation });
const experiment = (changes: object): ExperimentSpec =>
  parseExperiment({
    version: 1,
    dataset: { id: "mnist", trainLimit: 400 },
    layers: [{ kind: "flatten" }, dense(12, "relu"), dense(10, "softmax")],
    optimizer: { kind: "adam", learningRate: 0.005 },
    training: { epochs: 4 },
    ...changes,
  });
const zeroOrOne = { id: "mnist", classes: [0, 1], trainLimit: 400 };

const tasks: [string, ExperimentSpec, number][] = [
  ["one-hot labels", experiment({ loss: "categoricalCrossentropy" }), 0.6],
  ["squared errors of ten classes", experiment({ loss: "meanSquaredError" }), 0.6],
  [
    "three of the classes",
    experiment({
      dataset: { ...zeroOrOne, classes: [7, 1, 4] },
      layers: [{ kind: "flatten" }, dense(12, "relu"), dense(3, "softmax")],
    }),
    0.9,
  ],
  [
    "two classes with one sigmoid unit",
    experiment({
      dataset: zeroOrOne,
      layers: [{ kind: "flatten" }, dense(12, "relu"), dense(1, "sigmoid")],
      loss: "binaryCrossentropy",
    }),
    0.98,
  ],
  [
    "two classes by logistic regression",
    experiment({
      dataset: zeroOrOne,
      layers: [{ kind: "flatten" }, dense(1, "sigmoid")],
      loss: "binaryCrossentropy",
    }),
    0.98,
  ],
  [
    "two classes by squared errors of one sigmoid unit",
    experiment({
      dataset: zeroOrOne,
      layers: [{ kind: "flatten" }, dense(12, "relu"), dense(1, "sigmoid")],
      loss: "meanSquaredError",
    }),
    0.98,
  ],
];

const measures = (recorder: Recorder) =>
  recorder.all("epoch").map(({ record: { loss, accuracy, valLoss, valAccuracy } }) => ({
    ...{ loss, accuracy, valLoss: valLoss!, valAccuracy: valAccuracy! },
  }));

test.each(tasks)("%s are learned, as by the reference", async (_, spec, wanted) => {
  const engine = await wasmFromDisk();
  const { recorder } = await trained(spec, {
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
  });
  const reference = await trained(spec);
  expect(recorder.all("failed")).toEqual([]);
  expect(recorder.all("tested")[0]!.result.accuracy).toBeGreaterThan(wanted);
  const expected = measures(reference.recorder);
  for (const [epoch, { loss, accuracy, valLoss, valAccuracy }] of measures(recorder).entries()) {
    expect(loss / expected[epoch]!.loss).toBeCloseTo(1, 3);
    expect(valLoss / expected[epoch]!.valLoss).toBeCloseTo(1, 3);
    // One image at the border may fall to either side.
    expect(Math.abs(accuracy - expected[epoch]!.accuracy)).toBeLessThan(1.5 / 320);
    expect(Math.abs(valAccuracy - expected[epoch]!.valAccuracy)).toBeLessThan(1.5 / 80);
  }
});

test("one-hot labels and class numbers are the same training, to the bit", async () => {
  const weightsOf = async (loss: string) => {
    const engine = await wasmFromDisk();
    const { trainer } = await trained(experiment({ loss, training: { epochs: 1 } }), {
      selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
    });
    return (await trainer.snapshot()).weights;
  };
  expect(await weightsOf("categoricalCrossentropy")).toEqual(
    await weightsOf("sparseCategoricalCrossentropy"),
  );
});
