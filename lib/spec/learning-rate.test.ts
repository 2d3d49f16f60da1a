import { describe, expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "./experiment";
import { learningRates } from "./learning-rate";
import { firstRun } from "./presets/first-run";

const STEPS = 100;

/** 4 epochs of 100 steps at a learning rate of 0.1. */
const scheduled = (schedule: string, more: object = {}): ExperimentSpec =>
  parseExperiment({
    ...firstRun,
    optimizer: { kind: "sgd", learningRate: 0.1 },
    training: { epochs: 4 },
    callbacks: [{ kind: "learningRateSchedule", schedule, finalShare: 0.01, ...more }],
  });

const at = (spec: ExperimentSpec, step: number) => learningRates(spec, STEPS, step, 1)[0]!;

test("without a schedule it is the optimizer's own, at any step", () => {
  const spec = parseExperiment({ ...firstRun, optimizer: { kind: "adam", learningRate: 0.003 } });
  expect([...learningRates(spec, STEPS, 123, 3)]).toEqual([0.003, 0.003, 0.003]);
});

describe("a schedule over 4 epochs of 100 steps", () => {
  // start, a quarter, the middle, three quarters, the end
  test.each([
    ["linear", [0.1, 0.07525, 0.0505, 0.02575, 0.001]],
    // 0.001 + 0.099·(1 + cos πp)/2
    ["cosine", [0.1, 0.0855017856687341, 0.0505, 0.0154982143312659, 0.001]],
    // 0.1·0.01^p
    ["exponential", [0.1, 0.0316227766016838, 0.01, 0.00316227766016838, 0.001]],
    // 0.1·0.01^(k/3)
    ["steps", [0.1, 0.1, 0.0215443469003188, 0.00464158883361278, 0.001]],
  ])("%s falls from the optimizer's learning rate to its final share", (schedule, expected) => {
    const spec = scheduled(schedule);
    for (const [quarter, rate] of expected.entries()) expect(at(spec, 100 * quarter)).toBeCloseTo(rate, 14);
  });

  test("steps falls just where it says: at a half, three quarters and seven eighths", () => {
    const falls = [...learningRates(scheduled("steps"), STEPS, 0, 400)].flatMap((rate, step, all) =>
      step > 0 && rate !== all[step - 1] ? [step] : [],
    );
    expect(falls).toEqual([200, 300, 350]);
  });

  test.each(["linear", "cosine", "exponential", "steps"])(
    "%s keeps its last value beyond the end",
    (kind) => {
      const spec = scheduled(kind);
      expect(at(spec, 400)).toBeCloseTo(0.001, 14);
      expect(at(spec, 12_345)).toBe(at(spec, 400));
    },
  );

  test("warm-up climbs from one step's share to the whole, and the fall begins after it", () => {
    const spec = scheduled("linear", { warmupEpochs: 0.5 });
    expect(at(spec, 0)).toBeCloseTo(0.1 / 50, 14);
    expect(at(spec, 24)).toBeCloseTo(0.05, 14);
    expect(at(spec, 49)).toBeCloseTo(0.1, 14);
    expect(at(spec, 50)).toBeCloseTo(0.1, 14);
    expect(at(spec, 50 + 175)).toBeCloseTo(0.0505, 14);
    expect(at(spec, 400)).toBeCloseTo(0.001, 14);
  });

  test("a final share of 0 ends at 0, or at a ten-thousandth where the curve cannot reach it", () => {
    expect(at(scheduled("cosine", { finalShare: 0 }), 400)).toBeCloseTo(0, 14);
    expect(at(scheduled("linear", { finalShare: 0 }), 400)).toBe(0);
    expect(at(scheduled("exponential", { finalShare: 0 }), 400)).toBeCloseTo(1e-5, 14);
  });
});

test("asked for in pieces it is the same as asked for at once", () => {
  const spec = scheduled("cosine", { warmupEpochs: 1 });
  const whole = learningRates(spec, STEPS, 0, 450);
  const pieces = [0, 7, 99, 100, 350, 449].map((first, i, all) =>
    learningRates(spec, STEPS, first, (all[i + 1] ?? 450) - first),
  );
  expect(pieces.flatMap((piece) => [...piece])).toEqual([...whole]);
});
