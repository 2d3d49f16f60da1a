import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FLAT_EPOCHS, FLAT_GAIN, plateauOf } from "./plateau";

const historyOf = (accuracies: readonly number[], validated = true) =>
  accuracies.map((accuracy, index) => ({
    epoch: index + 1,
    loss: 1,
    accuracy: validated ? 0.5 : accuracy,
    valLoss: validated ? 1 : null,
    valAccuracy: validated ? accuracy : null,
  }));

/** Validation accuracies of 64-10 on the 8×8 digits, seed 1, as the log printed them. */
const digits = [
  0.5868, 0.7847, 0.8611, 0.8958, 0.8889, 0.9132, 0.9201, 0.934, 0.941, 0.9444, 0.9514, 0.9514, 0.9618,
  0.9583, 0.9618, 0.9583, 0.9688, 0.9653, 0.9653, 0.9688, 0.9722, 0.9722, 0.9792, 0.9757, 0.9757, 0.9792,
  0.9757, 0.9757, 0.9757, 0.9757, 0.9688, 0.9757, 0.9792, 0.9792, 0.9792, 0.9757, 0.9792, 0.9757, 0.9722,
  0.9826,
];

describe("the plateau of a curve", () => {
  test("begins where all later epochs together gain less than a point", () => {
    expect(plateauOf(historyOf([0.5, 0.8, 0.9, 0.905, 0.903, 0.907, 0.906, 0.909]))).toBe(3);
    expect(plateauOf(historyOf(digits))).toBe(23);
  });

  test("is not there while the curve rises, or while too few epochs have followed", () => {
    expect(plateauOf(historyOf(digits.slice(0, 10)))).toBeNull();
    expect(plateauOf(historyOf([0.5, 0.9, 0.9, 0.9, 0.9, 0.9]))).toBeNull();
    expect(plateauOf(historyOf([0.5, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]))).toBe(2);
    expect(plateauOf([])).toBeNull();
  });

  test("does not begin with a dip: what counts is the best so far", () => {
    expect(plateauOf(historyOf([0.9, 0.7, 0.9, 0.9, 0.9, 0.9, 0.9]))).toBe(1);
  });

  test("is looked for in the training accuracy where there is no validation", () => {
    expect(plateauOf(historyOf([0.5, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9], false))).toBe(2);
  });

  test("whatever the curve: nothing after it is a point better, and the epoch before it is not one", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (accuracies) => {
        const found = plateauOf(historyOf(accuracies));
        const bestOf = (to: number) => Math.max(0, ...accuracies.slice(0, to));
        const gained = (epoch: number) => bestOf(accuracies.length) - bestOf(epoch);
        if (found === null) {
          for (let epoch = 1; epoch <= accuracies.length - FLAT_EPOCHS; epoch++)
            expect(gained(epoch)).toBeGreaterThanOrEqual(FLAT_GAIN);
          return;
        }
        expect(gained(found)).toBeLessThan(FLAT_GAIN);
        expect(accuracies.length - found).toBeGreaterThanOrEqual(FLAT_EPOCHS);
        if (found > 1) expect(gained(found - 1)).toBeGreaterThanOrEqual(FLAT_GAIN);
      }),
    );
  });
});
