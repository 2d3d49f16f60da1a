import { describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { cellsOf } from "../sweeps/cells";
import { replay } from "../training/replay";
import { convolutionAndRegularisation as lesson } from "./convolution-and-regularisation";
import {
  augmented,
  droppedOut,
  main,
  overfitting,
  tuned,
  withBinary,
  withCategorical,
  withNormalization,
  withoutNormalization,
} from "./convolution-and-regularisation/experiments";
import { marks } from "./convolution-and-regularisation/marks";
import { patterns } from "./convolution-and-regularisation/patterns";
import { factsOf, runOf } from "./convolution-and-regularisation/testing";
import type { ExperimentInput } from "./define";
import { type Facts, noFacts, type RunFacts } from "./facts";

const stepOf = (id: string) => lesson.steps.find((step) => step.id === id)!;

/** The checks of a step that pass, by id. */
const passing = (id: string, facts: Partial<Facts>): string[] =>
  stepOf(id)
    .checks.filter((check) => check.passes({ ...noFacts, ...facts }))
    .map((check) => check.id);

/** A real run on our own engine, as a step's facts have it. */
async function train(input: ExperimentInput, changes: Partial<ExperimentSpec> = {}): Promise<RunFacts> {
  const spec = { ...parseExperiment(input), ...changes };
  const engine = await wasmFromDisk();
  try {
    const { history } = await replay(spec, { openDataset: () => mnistFromDisk(), engine });
    return { ...runOf(input), spec, history };
  } finally {
    engine.dispose();
  }
}

const experiments = lesson.steps.flatMap(({ experiment, variants = [] }) => [
  ...(experiment === undefined ? [] : [experiment]),
  ...variants.map((variant) => variant.experiment),
]);

describe("the lesson", () => {
  test("has experiments that can be trained, without a warning", () => {
    for (const experiment of experiments)
      expect(buildProgram(parseExperiment(experiment)).problems).toEqual([]);
  });

  test("has comparisons of which every cell can be trained", () => {
    const sweeps = lesson.steps.flatMap(({ sweep }) => sweep ?? []);
    expect(sweeps.map(({ kind }) => kind)).toEqual(["grid", "search"]);
    for (const sweep of sweeps)
      for (const { spec } of cellsOf(sweep)) expect(buildProgram(spec!).problems).toEqual([]);
  });

  test("keeps the test images locked in every step that trains", () => {
    for (const { experiment, sweep, holdOut } of lesson.steps)
      if (experiment !== undefined || sweep !== undefined) expect(holdOut).toBe(true);
  });

  test.each([
    ["batches", { [marks.uneven]: true }, ["uneven"]],
    ["batches", { [marks.even]: true }, ["even"]],
    ["augmentation", { [marks.batchesSeen]: 1 }, []],
    ["augmentation", { [marks.batchesSeen]: 2 }, ["looked"]],
  ])("in step %s, what a figure notes as %o passes %o", (step, noted, checks) => {
    expect(passing(step, { marks: noted })).toEqual(checks);
  });
});

describe("what the reader's runs are asked", () => {
  test("both losses have to be trained, each to its end", () => {
    const [categorical, binary] = [runOf(withCategorical), runOf(withBinary)];
    expect(passing("compile", factsOf(categorical))).toEqual([]);
    expect(passing("compile", factsOf(categorical, runOf(withBinary, { state: "training" })))).toEqual([]);
    expect(passing("compile", factsOf(categorical, binary))).toEqual(["both-losses"]);
  });

  test("ten epochs in batches of 16, with a checkpoint", () => {
    expect(passing("train", factsOf(runOf(main, { valAccuracy: 0.9 })))).toEqual(["trained"]);
    const [without, larger] = [{ callbacks: [] }, { training: { epochs: 10, batchSize: 32, shuffle: true } }];
    for (const spec of [without, larger])
      expect(passing("train", factsOf(runOf(main, { spec, valAccuracy: 0.9 })))).toEqual([]);
    expect(passing("train", factsOf(runOf(main, { valAccuracy: 0.97 })))).toEqual(["trained", "learned"]);
  });

  test("the epoch that is named has to be the best of a run", () => {
    const valLosses = Array.from({ length: 25 }, (_, i) => 1 + 0.1 * Math.abs(i - 9));
    const run = runOf(overfitting, { valLosses });
    const named = (epoch: number) => ({ runs: [run], marks: { [marks.bestEpoch]: epoch } });
    expect(passing("curves", named(10))).toEqual(["overfitted", "best-epoch"]);
    expect(passing("curves", named(9))).toEqual(["overfitted"]);
    expect(passing("curves", { marks: { [marks.bestEpoch]: 10 } })).toEqual([]);
  });

  test("one of two dropout rates has to be high", () => {
    const at = (...rates: number[]) =>
      passing("dropout", factsOf(...rates.map((rate) => runOf(droppedOut(rate)))));
    expect(at(0.5)).toEqual([]);
    expect(at(0.5, 0.5)).toEqual([]);
    expect(at(0.25, 0.4)).toEqual([]);
    expect(at(0.25, 0.5)).toEqual(["two-rates"]);
    expect(at(0.75, 0.25)).toEqual(["two-rates"]);
    expect(passing("dropout", factsOf(runOf(overfitting), runOf(droppedOut(0.5))))).toEqual(["two-rates"]);
  });

  test("A and B are told apart by what normalizes before an activation", () => {
    expect(passing("batch-normalization", factsOf(runOf(withoutNormalization)))).toEqual(["without"]);
    expect(passing("batch-normalization", factsOf(runOf(withNormalization)))).toEqual(["with"]);
  });

  test("a pattern may be trained with other settings, but has to have its layers", () => {
    for (const { experiment } of patterns) {
      const longer = { training: { epochs: 5, batchSize: 64, shuffle: true } };
      expect(passing("patterns", factsOf(runOf(experiment, { spec: longer })))).toEqual(["trained"]);
    }
    expect(passing("patterns", factsOf(runOf(main)))).toEqual([]);
  });

  test("by hand, exactly one thing is changed", () => {
    const { optimizer, training } = parseExperiment(tuned);
    const faster = { optimizer: { ...optimizer, learningRate: 0.003 } };
    expect(passing("by-hand", factsOf(runOf(tuned), runOf(tuned, { spec: faster })))).toEqual(["one-change"]);
    const both = { ...faster, training: { ...training, batchSize: 32 } };
    expect(passing("by-hand", factsOf(runOf(tuned), runOf(tuned, { spec: both })))).toEqual([]);
  });

  test("a comparison counts when it is through, and only of its own kind", () => {
    const [grid, search] = ["grid", "search"].map((id) => stepOf(id).sweep!);
    const done = (sweep: typeof grid) => ({ sweeps: [{ sweep: sweep!, results: [], done: true }] });
    expect(passing("grid", { sweeps: [{ sweep: grid!, results: [], done: false }] })).toEqual([]);
    expect(passing("grid", done(grid))).toEqual(["grid"]);
    expect(passing("grid", done(search))).toEqual([]);
    expect(passing("search", done(search))).toEqual(["search"]);
    expect(passing("search", done(grid))).toEqual([]);
  });

  test("the test is opened with the best weights, once", () => {
    const final = stepOf("test").experiment!;
    const valLosses = [5, 4, 3, 2, 1, 2, 3, 4, 5, 6];
    const test = { loss: 0.1, accuracy: 0.97 };
    const at = (made: Parameters<typeof runOf>[1], noted: Facts["marks"] = {}) =>
      passing("test", { runs: [runOf(final, { valLosses, ...made })], marks: noted });
    expect(at({})).toEqual([]);
    expect(at({ test })).toEqual([]);
    expect(at({ restoredEpoch: 5 })).toEqual(["restored"]);
    expect(at({ restoredEpoch: 5, test })).toEqual(["restored", "tested"]);
    expect(at({ restoredEpoch: 5, test }, { [marks.openedEarly]: true })).toEqual(["restored"]);
    expect(at({ restoredEpoch: 5, test, spec: { callbacks: [] } })).toEqual([]);
    const twice = Array.from({ length: 2 }, () => runOf(final, { valLosses, restoredEpoch: 5, test }));
    expect(passing("test", factsOf(...twice))).toEqual(["restored"]);
  });
});

describe("what the text promises, trained for real", () => {
  test("too few images: validation loss turns, and dropout or moved images bring it down", {
    timeout: 120_000,
  }, async () => {
    const last = (run: RunFacts) => run.history.at(-1)!;
    const plain = await train(overfitting);
    expect(passing("curves", factsOf(plain))).toEqual(["overfitted"]);
    for (const helped of [await train(droppedOut(0.5)), await train(augmented)]) {
      expect(last(helped).valLoss).toBeLessThan(0.8 * last(plain).valLoss!);
      expect(last(helped).accuracy).toBeLessThan(last(plain).accuracy);
      // What is measured in training has holes or is moved; validation is not.
      expect(last(helped).loss).toBeGreaterThan(5 * last(plain).loss);
    }
  });

  test("batch normalization begins lower, whatever the seed", { timeout: 120_000 }, async () => {
    const { training } = parseExperiment(withNormalization);
    for (const seed of [1, 2]) {
      const once = { seed, training: { ...training, epochs: 1 } };
      const [a, b] = [await train(withoutNormalization, once), await train(withNormalization, once)];
      expect(b.history[0]!.loss).toBeLessThan(a.history[0]!.loss);
    }
  });

  test("with batches of 128 its moving averages are late, and so is validation", {
    timeout: 60_000,
  }, async () => {
    const at = async (input: ExperimentInput) => {
      const { training } = parseExperiment(input);
      const { history } = await train(input, { training: { ...training, epochs: 2, batchSize: 128 } });
      return history.at(-1)!;
    };
    const [a, b] = [await at(withoutNormalization), await at(withNormalization)];
    expect(b.loss).toBeLessThan(a.loss);
    expect(b.valLoss).toBeGreaterThan(2 * a.valLoss!);
  });

  test("the binary loss is several times smaller, and the network no better", {
    timeout: 60_000,
  }, async () => {
    const [categorical, binary] = [await train(withCategorical), await train(withBinary)];
    const last = (run: RunFacts) => run.history.at(-1)!;
    expect(last(binary).valLoss).toBeLessThan(0.4 * last(categorical).valLoss!);
    expect(Math.abs(last(binary).valAccuracy! - last(categorical).valAccuracy!)).toBeLessThan(0.03);
  });

  test("ten epochs of the small network reach what its step asks for", { timeout: 60_000 }, async () => {
    expect(passing("train", factsOf(await train(main)))).toEqual(["trained", "learned"]);
  });
});
