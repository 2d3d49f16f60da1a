import { describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { parseExperiment } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { countSamples, stepsPerEpoch } from "../spec/samples";
import { replay } from "../training/replay";
import { binaryClassification as lesson } from "./binary-classification";
import { logistic, network, PARAMETERS, TARGET } from "./binary-classification/experiments";
import {
  DIFFERENCE_MARK,
  LOW_COST_MARK,
  PAIRINGS_MARK,
  STEPS_MARK,
  SURELY_WRONG_MARK,
  WEIGHT_MARK,
  WRONG_PAIRINGS_MARK,
} from "./binary-classification/marks";
import type { ExperimentInput } from "./define";
import type { Facts, RunFacts } from "./facts";

const source = mnistFromDisk();

async function run(input: ExperimentInput, seed: number): Promise<RunFacts> {
  const spec = parseExperiment({ ...input, seed });
  const engine = await wasmFromDisk();
  const { history, test } = await replay(spec, { openDataset: () => source, engine });
  engine.dispose();
  return {
    ...{ spec, state: "done", before: null, history, continuedFrom: 0, stopped: false },
    ...{ restoredEpoch: null, test, elapsedMs: 1 },
  };
}

const stepOf = (id: string) => lesson.steps.find((step) => step.id === id)!;
/** Which of a step's checks these facts pass, by name. */
const passed = (id: string, facts: Partial<Facts>): string[] =>
  stepOf(id)
    .checks.filter((check) => check.passes({ runs: [], sweeps: [], marks: {}, ...facts }))
    .map((check) => check.id);

describe("the lesson's numbers", () => {
  test("12,665 images to train on, 2,115 to test with, 20,031 parameters and 785", () => {
    for (const [name, input] of Object.entries({ network, logistic })) {
      const spec = parseExperiment(input);
      expect(countSamples(spec)).toEqual({ train: 12665, validation: 0, test: 2115 });
      expect(stepsPerEpoch(spec)).toBe(396);
      const program = buildProgram(spec);
      expect(program.parameters).toBe(PARAMETERS[name as keyof typeof PARAMETERS]);
      expect(program.problems).toEqual([]);
    }
    expect(buildProgram(parseExperiment(network)).layers.map(({ parameters }) => parameters)).toEqual([
      0, 19625, 390, 16,
    ]);
  });

  test.each([
    ["the network", network, "model", ["trained", "accurate"]],
    ["logistic regression", logistic, "logistic-regression", ["trained-logistic", "accurate-logistic"]],
  ] as const)(
    "%s is right on .998 of the test images after 5 epochs, in the median of three seeds",
    async (_, input, step, checks) => {
      const runs = await Promise.all([1, 2, 3].map((seed) => run(input, seed)));
      const accuracies = runs.map(({ test }) => test!.accuracy).sort();
      expect(accuracies[1]).toBeGreaterThanOrEqual(TARGET);
      for (const each of runs) expect(each.history.at(-1)!.accuracy).toBeGreaterThan(0.997);
      // And so the step that loads it can be completed.
      expect(passed(step, { runs: runs.slice(0, 1) })).toEqual(checks);
      expect(passed(step, { runs: [{ ...runs[0]!, state: "training" }] })).toEqual([]);
      const poor = { ...runs[0]!, test: { loss: 1, accuracy: 0.9 } };
      expect(passed(step, { runs: [poor] })).toEqual(checks.slice(0, 1));
      const late = { ...runs[0]!, history: [...runs[0]!.history, ...runs[0]!.history] };
      expect(passed(step, { runs: [late] })).toEqual(checks.slice(0, 1));
    },
  );

  test("are not reached by another pair of digits, or by another network", async () => {
    const other = await run(
      { ...network, dataset: { ...network.dataset, classes: [6, 7], trainLimit: 500 } },
      1,
    );
    expect(passed("model", { runs: [other] })).toEqual([]);
    const small = await run({ ...logistic, dataset: { ...logistic.dataset, trainLimit: 500 } }, 1);
    expect(passed("model", { runs: [small] })).toEqual([]);
  });
});

describe("the figures' checks", () => {
  test("ask for a sure and wrong prediction and a low cost", () => {
    expect(passed("loss-and-cost", {})).toEqual([]);
    const marks = { [SURELY_WRONG_MARK]: true, [LOW_COST_MARK]: true, "quiz-loss": true };
    expect(passed("loss-and-cost", { marks })).toEqual(["surely-wrong", "low-cost", "quiz-loss"]);
  });

  test("ask for agreement to 1e-5, another weight and five steps", () => {
    const step = (marks: Facts["marks"]) => passed("gradient-step", { marks });
    expect(step({ [DIFFERENCE_MARK]: 2e-5, [STEPS_MARK]: 4 })).toEqual([]);
    expect(step({ [DIFFERENCE_MARK]: 6e-8, [STEPS_MARK]: 1 })).toEqual(["step"]);
    expect(step({ [DIFFERENCE_MARK]: 6e-8, [STEPS_MARK]: 5, [WEIGHT_MARK]: true })).toEqual([
      "step",
      "weight",
      "steps",
    ]);
  });

  test("ask for four pairings, two of them wrong", () => {
    const looked = (all: number, wrong: number) =>
      passed("which-loss", { marks: { [PAIRINGS_MARK]: all, [WRONG_PAIRINGS_MARK]: wrong } });
    expect(looked(3, 1)).toEqual([]);
    expect(looked(5, 1)).toHaveLength(1);
    expect(looked(4, 2)).toHaveLength(2);
  });
});
