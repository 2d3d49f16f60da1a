import { beforeAll, describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { replay } from "../training/replay";
import type { ExperimentInput } from "./define";
import { type Facts, noFacts, type RunFacts } from "./facts";
import { lossToBackpropagation } from "./loss-to-backpropagation";
import { lessonExperiment } from "./loss-to-backpropagation/experiment";
import { marks } from "./loss-to-backpropagation/marks";

function stepOf(id: string) {
  return lossToBackpropagation.steps.find((step) => step.id === id)!;
}

/** The checks of a step that pass, by id. */
const passing = (id: string, facts: Partial<Facts>): string[] =>
  stepOf(id)
    .checks.filter((check) => check.passes({ ...noFacts, ...facts }))
    .map((check) => check.id);

/** A real run of an experiment on our own engine, as a step's facts have it. */
async function train(input: ExperimentInput): Promise<RunFacts> {
  const spec = parseExperiment(input);
  const engine = await wasmFromDisk();
  let before: RunFacts["before"] = null;
  const { history, test } = await replay(spec, {
    openDataset: () => mnistFromDisk(),
    engine,
    onEvents: (events) => {
      for (const event of events) if (event.type === "before") before = event;
    },
  });
  engine.dispose();
  return {
    ...{ spec, state: "done", before, history, test },
    ...{ continuedFrom: 0, stopped: false, restoredEpoch: null, elapsedMs: 0 },
  };
}

describe("the lesson", () => {
  test("has three quizzes, each of them a check of its step", () => {
    const quizzes = lossToBackpropagation.steps.flatMap(({ id, body }) =>
      body.flatMap((block) => (block.kind === "quiz" ? [{ step: id, quiz: block.quiz }] : [])),
    );
    expect(quizzes).toHaveLength(3);
    for (const { step, quiz } of quizzes) {
      expect(passing(step, { marks: { [quiz.id]: false } })).toEqual([]);
      expect(passing(step, { marks: { [quiz.id]: true } })).toEqual(["quiz"]);
    }
  });

  test.each([
    ["loss", marks.fitted, "fitted"],
    ["descent", marks.arrived, "arrived"],
    ["descent", marks.diverged, "diverged"],
    ["backpropagation", marks.stepped, "stepped"],
    ["backpropagation", marks.saturated, "saturated"],
    ["tape", marks.readBack, "read-back"],
    ["training", marks.compared, "compared"],
  ])("in step %s, what a figure notes as %s passes its check alone", (step, mark, check) => {
    expect(passing(step, { marks: { [mark]: true } })).toEqual([check]);
  });
});

describe("60,000 images in batches of 64, with three seeds", () => {
  const runs: RunFacts[] = [];
  beforeAll(async () => {
    for (const seed of [1, 2, 3]) runs.push(await train({ ...lessonExperiment, seed }));
  }, 120_000);

  const median = (of: (run: RunFacts) => number) => runs.map(of).sort((a, b) => a - b)[1]!;

  test("lose what the lesson promises in the first epoch and in the fifth", () => {
    expect(Math.abs(median(({ history }) => history[0]!.loss) - 0.27)).toBeLessThanOrEqual(0.02);
    expect(Math.abs(median(({ history }) => history[4]!.loss) - 0.046)).toBeLessThanOrEqual(0.008);
  });

  test("pass the step's checks, each of them", () => {
    for (const run of runs) expect(passing("training", { runs: [run] })).toEqual(["before", "trained"]);
  });

  test("pass none of the exercise's", () => {
    expect(passing("exercise", { runs })).toEqual([]);
  });

  test("come to the numbers that the lesson prints, with its own seed", () => {
    const { before, history } = runs[0]!;
    const table = stepOf("training").body.find((block) => block.kind === "table")!;
    expect(table.rows.map(([, , here]) => here)).toEqual([
      before!.loss.toFixed(3),
      `${(100 * before!.accuracy).toFixed(3)}%`,
      history[0]!.loss.toFixed(3),
      history[4]!.loss.toFixed(3),
      history[4]!.accuracy.toFixed(3),
    ]);
  });

  test("do not pass while they are on, or with fewer images, or with validation", () => {
    const run = runs[0]!;
    const half: RunFacts = { ...run, state: "training", history: run.history.slice(0, 2) };
    expect(passing("training", { runs: [half] })).toEqual(["before"]);
    expect(passing("training", { runs: [{ ...run, before: null, history: [], state: "loading" }] })).toEqual(
      [],
    );
    const other = (part: Partial<ExperimentSpec>): RunFacts => ({ ...run, spec: { ...run.spec, ...part } });
    expect(passing("training", { runs: [other({ validation: { split: 0.2, from: "first" } })] })).toEqual([]);
    const few = { ...run.spec.dataset, trainLimit: 6000 };
    expect(passing("training", { runs: [other({ dataset: few })] })).toEqual([]);
  });
});

describe("the exercise", () => {
  const layers = [
    { kind: "flatten" },
    ...[128, 64, 32].map((units) => ({ kind: "dense", units, activation: "relu" })),
    { kind: "dense", units: 10, activation: "softmax" },
  ];

  test("passes with the network it asks for, trained for five epochs", async () => {
    const run = await train({ ...lessonExperiment, layers });
    expect(buildProgram(run.spec).parameters).toBe(111_146);
    expect(passing("exercise", { runs: [run] })).toEqual(["built", "trained"]);
    const begun: RunFacts = { ...run, state: "training", history: [] };
    expect(passing("exercise", { runs: [begun] })).toEqual(["built"]);
  }, 60_000);

  test("does not pass with another order or another activation of its layers", () => {
    const run = (order: number[], activation = "relu"): RunFacts => ({
      spec: parseExperiment({
        ...lessonExperiment,
        layers: [
          { kind: "flatten" },
          ...order.map((units) => ({ kind: "dense", units, activation })),
          { kind: "dense", units: 10, activation: "softmax" },
        ],
      }),
      ...{ state: "done", before: null, history: [], continuedFrom: 0, stopped: false },
      ...{ restoredEpoch: null, test: null, elapsedMs: null },
    });
    expect(passing("exercise", { runs: [run([128, 64, 32])] })).toEqual(["built"]);
    expect(passing("exercise", { runs: [run([128, 32, 64])] })).toEqual([]);
    expect(passing("exercise", { runs: [run([128, 64, 32], "tanh")] })).toEqual([]);
  });
});
