import { describe, expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { bestOf, cellsOf } from "./cells";
import { axisOf, learningRateSweep, optimizerSweep } from "./common";
import { readPath, valueAt, withValue } from "./path";
import type { CellResult, GridSweep } from "./sweep";

const base = parseExperiment(firstRun);
const grid = (...axes: GridSweep["axes"]): GridSweep => ({ kind: "grid", title: "Grid", base, axes });
const axis = (field: string, ...values: unknown[]) => ({
  field,
  label: field,
  values: values.map((value) => ({ label: JSON.stringify(value), value })),
});

describe("the cells of a grid", () => {
  test("are every combination, the last axis changing fastest, each an experiment of its own", () => {
    const cells = cellsOf(
      grid(axisOf(base, "training.batchSize", [16, 64]), axisOf(base, "layers[1].units", [32, 256, 512])),
    );
    expect(cells.map(({ id, label }) => [id, label])).toEqual([
      ["0.0", "16 · 32"],
      ["0.1", "16 · 256"],
      ["0.2", "16 · 512"],
      ["1.0", "64 · 32"],
      ["1.1", "64 · 256"],
      ["1.2", "64 · 512"],
    ]);
    expect(cells[4]!.spec!.training.batchSize).toBe(64);
    expect(cells[4]!.spec!.layers[1]).toMatchObject({ kind: "dense", units: 256, activation: "relu" });
    expect(base.layers[1]).toMatchObject({ units: 128 });
    expect(cells[4]!.spec).toEqual(
      parseExperiment({
        ...firstRun,
        layers: firstRun.layers.with(1, { kind: "dense", units: 256, activation: "relu" }),
        training: { ...firstRun.training, batchSize: 64 },
      }),
    );
  });

  test("change a whole before its parts, whatever the order of the axes", () => {
    const rates = axisOf(base, "optimizer.learningRate", [0.5]);
    for (const axes of [
      [rates, axisOf(base, "optimizer", ["sgd"])],
      [axisOf(base, "optimizer", ["sgd"]), rates],
    ])
      expect(cellsOf(grid(...axes))[0]!.spec!.optimizer).toEqual({
        kind: "sgd",
        learningRate: 0.5,
        momentum: 0,
        nesterov: false,
      });
  });

  test("that are no experiment say so in the parser's own sentence", () => {
    const cells = cellsOf(learningRateSweep(base, [0.1, 1e6, -1]));
    expect(cells.map(({ refusal }) => refusal)).toEqual([
      null,
      "optimizer.learningRate is 1000000; it must be a number from 1e-7 to 10.",
      "optimizer.learningRate is -1; it must be a number from 1e-7 to 10.",
    ]);
    expect(cells[1]!.spec).toBeNull();
  });

  test("that cannot be trained say why not", () => {
    const [cell] = cellsOf(grid(axis("layers[3].units", 7)));
    expect(cell).toMatchObject({
      spec: null,
      refusal: "The last layer gives 7 numbers for 10 classes: give it 10 units.",
    });
    expect(cellsOf(grid(axis("optimizer.momentum", 0.9)))[0]!.refusal).toBe(
      "optimizer.momentum is varied, but this experiment has no such field.",
    );
  });

  test.each([
    "__proto__.polluted",
    "constructor",
    "layers[9].units",
    "layers.length",
    "toString",
    "layers[0]x",
    "",
  ])("reach nothing but the experiment's own fields: %j", (field) => {
    const [cell] = cellsOf(grid(axis(field, 1)));
    expect(cell!.spec).toBeNull();
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

test("a path is read, looked up and written without touching what it was given", () => {
  const input = { a: [{ b: 1 }, { b: 2 }], c: 3 };
  const path = readPath("a[1].b")!;
  expect(path).toEqual(["a", 1, "b"]);
  expect(valueAt(input, path)).toBe(2);
  expect(valueAt(input, ["a", "length", "b"])).toBeUndefined();
  const written = withValue(input, path, 5);
  expect(written).toEqual({ a: [{ b: 1 }, { b: 5 }], c: 3 });
  expect(written.a[0]).toBe(input.a[0]);
  expect(input.a[1]).toEqual({ b: 2 });
});

describe("the best", () => {
  const result = (id: string, score: number, valLoss = 1): CellResult => ({
    id,
    score,
    valLoss,
    epochs: 1,
    elapsedMs: 1,
    failure: null,
  });

  test("has the highest score, of equals the lowest loss, of these the first place", () => {
    expect(bestOf([result("0", 0.9), result("1", 0.95), result("2", 0.7)])!.id).toBe("1");
    expect(bestOf([result("0", 0.9, 0.3), result("1", 0.9, 0.2)])!.id).toBe("1");
    expect(bestOf([result("10", 0.9), result("2", 0.9)])!.id).toBe("2");
  });

  test("is none of those that failed", () => {
    expect(bestOf([{ ...result("0", 0), failure: "It failed." }])).toBeNull();
    expect(bestOf([])).toBeNull();
  });
});

test("optimizers are compared at their own defaults, named as people name them", () => {
  const cells = cellsOf(optimizerSweep(base));
  expect(cells.map(({ label, spec }) => [label, spec!.optimizer.kind, spec!.optimizer.learningRate])).toEqual(
    [
      ["SGD", "sgd", 0.01],
      ["Adam", "adam", 0.001],
      ["RMSprop", "rmsprop", 0.001],
      ["AdaGrad", "adagrad", 0.001],
    ],
  );
});
