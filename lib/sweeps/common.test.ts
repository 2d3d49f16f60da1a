import { describe, expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import * as presets from "../spec/presets/registry";
import { cellsOf } from "./cells";
import { axisOf, batchSizeSweep, learningRateSweep } from "./common";
import { rangeOf, type VariedNumber, variedField, variedFields } from "./fields";

const first = parseExperiment(presets.firstRunPreset.experiment);
const residual = parseExperiment(presets.residualNetwork.experiment);
const labels = (field: string, spec = first) => variedField(spec, field).values.map(({ label }) => label);

describe("the comparisons that everybody makes first", () => {
  test("are learning rates and batch sizes of the experiment's own optimizer", () => {
    const sgd = parseExperiment({ ...first, optimizer: { kind: "sgd", learningRate: 0.01, momentum: 0.9 } });
    const rates = cellsOf(learningRateSweep(sgd));
    expect(rates.map(({ label }) => label)).toEqual(["0.1", "0.01", "0.001", "0.0001"]);
    expect(rates[3]!.spec!.optimizer).toMatchObject({ kind: "sgd", learningRate: 0.0001, momentum: 0.9 });
    const sizes = cellsOf(batchSizeSweep(first));
    expect(sizes.map(({ spec }) => spec!.training.batchSize)).toEqual([16, 32, 64, 128, 256]);
  });
});

describe("what can be varied", () => {
  test("is every field of the experiment, by the name that the form gives it", () => {
    expect(variedFields(first).map(({ field, label }) => `${field}: ${label}`)).toEqual([
      "optimizer: Optimizer",
      "optimizer.learningRate: Learning rate",
      "optimizer.beta1: Beta 1",
      "optimizer.beta2: Beta 2",
      "optimizer.epsilon: Epsilon",
      "training.epochs: Epochs",
      "training.batchSize: Batch size",
      "training.shuffle: Shuffle",
      "layers[1].units: Units of layer 2",
      "layers[1].activation: Activation of layer 2",
      "layers[2].units: Units of layer 3",
      "layers[2].activation: Activation of layer 3",
      "layers[3].activation: Activation of layer 4",
      "loss: Loss",
      "dataset.trainLimit: Images",
      "validation.split: Validation",
      "validation.from: Taken from",
      "seed: Seed",
    ]);
  });

  test("is in blocks, augmentations and callbacks too, wherever they are", () => {
    const spec = parseExperiment({
      ...residual,
      augmentation: [{ kind: "rotate" }],
      callbacks: [{ kind: "earlyStopping" }],
    });
    const found = variedFields(spec).map(({ field, label }) => `${field}: ${label}`);
    expect(found).toContain("augmentation[0].degrees: Degrees of augmentation 1");
    expect(found).toContain("callbacks[0].patience: Patience of callback 1");
    const block = residual.layers.findIndex(({ kind }) => kind === "residual");
    expect(found).toContain(`layers[${block}].layers[0].filters: Filters of layer 1 of block ${block + 1}`);
  });

  test("has, in every preset, only values that its own field allows", () => {
    for (const { experiment } of Object.values(presets)) {
      const spec = parseExperiment(experiment);
      for (const { field, values } of variedFields(spec)) {
        expect(values.length).toBeGreaterThan(1);
        expect(new Set(values.map(({ label }) => label)).size).toBe(values.length);
        const cells = cellsOf({ kind: "grid", title: "", base: spec, axes: [axisOf(spec, field)] });
        for (const { refusal } of cells) expect(refusal ?? "").not.toContain("it must be");
        expect(cells.filter(({ refusal }) => refusal === null).length).toBeGreaterThan(1);
      }
    }
  });

  test("has values as the field counts: decades, doubles, steps, parts of a range, options", () => {
    expect(labels("optimizer.epsilon")).toEqual(
      ["1e-6", "1e-7", "1e-8", "1e-9"].map((e) => String(Number(e))),
    );
    expect(labels("layers[1].units")).toEqual(["64", "128", "256", "512"]);
    expect(labels("dataset.trainLimit")).toEqual(["7500", "15,000", "30,000", "60,000"]);
    expect(labels("validation.split")).toEqual(["0.1", "0.2", "0.4"]);
    expect(labels("training.shuffle")).toEqual(["on", "off"]);
    expect(labels("validation.from")).toEqual(["first", "last"]);
  });
});

describe("an axis", () => {
  test("takes the values that are asked for, options by value or kind", () => {
    expect(axisOf(first, "layers[1].units", [8, 16])).toEqual({
      field: "layers[1].units",
      label: "Units of layer 2",
      values: [
        { label: "8", value: 8 },
        { label: "16", value: 16 },
      ],
    });
    expect(axisOf(first, "optimizer", ["adamw"]).values[0]).toMatchObject({
      label: "AdamW",
      value: { kind: "adamw" },
    });
    expect(axisOf(first, "training.shuffle", [false]).values).toEqual([{ label: "off", value: false }]);
  });

  test("is of a field that is there, with an option that is there", () => {
    expect(() => axisOf(first, "layers[0].units")).toThrow(RangeError);
    expect(() => axisOf(first, "optimizer", ["lion"])).toThrow('optimizer has no option "lion".');
  });
});

test("a search draws over decades where a field spans them, else evenly", () => {
  const range = (field: string) => rangeOf(variedField(first, field) as VariedNumber);
  expect(range("optimizer.learningRate")).toMatchObject({
    min: 0.0001,
    max: 0.1,
    logarithmic: true,
    integer: false,
  });
  expect(range("layers[1].units")).toMatchObject({ min: 64, max: 512, logarithmic: true, integer: true });
  expect(range("validation.split")).toMatchObject({ min: 0.1, max: 0.4, logarithmic: false });
});
