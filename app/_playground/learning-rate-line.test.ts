import { expect, test } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { learningRateLine } from "./learning-rate-line";

const scheduled = (callback: object, epochs = 5) =>
  parseExperiment({
    ...firstRun,
    training: { epochs },
    callbacks: [{ kind: "learningRateSchedule", ...callback }],
  });

test("there is no line where the learning rate stays as it is", () => {
  expect(learningRateLine(parseExperiment(firstRun), [])).toBeNull();
  expect(learningRateLine(scheduled({ finalShare: 1 }), [])).toBeNull();
});

test("the line begins at the optimizer's rate and ends at the schedule's share of it", () => {
  const line = learningRateLine(scheduled({ schedule: "linear", finalShare: 0.1 }), [])!;
  expect(line).toHaveLength(100);
  expect(line[0]).toBe(0.001);
  expect(line.at(-1)).toBeCloseTo(0.0001, 6);
  expect(line).toEqual([...line].sort((a, b) => b - a));
});

test("a warm-up climbs first, and a very long run has as many places", () => {
  const line = learningRateLine(scheduled({ warmupEpochs: 100 }, 400), [])!;
  expect(line).toHaveLength(100);
  expect(line.indexOf(Math.max(...line))).toBe(25);
  expect(line[0]!).toBeLessThan(1e-6);
});

test("a plateau shows in the line once a run has come to it, as far as the run has come", () => {
  const spec = parseExperiment({
    ...firstRun,
    training: { epochs: 50 },
    callbacks: [{ kind: "reduceLROnPlateau", patience: 1 }],
  });
  const history = [0.5, 0.6, 0.4, 0.3].map((valLoss, i) => ({
    ...{ epoch: i + 1, loss: 1, accuracy: 0.5, valAccuracy: 0.5 },
    valLoss,
  }));
  expect(learningRateLine(spec, [])).toBeNull();
  // It was lowered after the second epoch, for the third.
  expect(learningRateLine(spec, history.slice(0, 2))).toBeNull();
  const line = learningRateLine(spec, history)!;
  expect([line[0], line[49], line[50], line.at(-1)]).toEqual([0.001, 0.001, 0.001 * 0.1, 0.001 * 0.1]);
});
