import { describe, expect, test } from "vitest";
import { argMax, classScores, confusionOf, countOf, macroF1, mixups } from "./confusion";

describe("a confusion matrix", () => {
  // The example of scikit-learn's `confusion_matrix`.
  const confusion = confusionOf([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2], 3);

  test("counts what each class is taken for, as scikit-learn does", () => {
    expect([...confusion.counts]).toEqual([2, 0, 0, 0, 0, 1, 1, 0, 2]);
    expect(confusion).toMatchObject({ images: 6, right: 4 });
    expect(countOf(confusion, 2, 0)).toBe(1);
  });

  test("gives precision, recall and F1 by their definitions, and none where there is nothing to divide by", () => {
    const [zero, one, two] = classScores(confusion);
    expect(zero).toMatchObject({ images: 2, guessed: 3, precision: 2 / 3, recall: 1 });
    expect(zero!.f1).toBeCloseTo(0.8, 12);
    expect(one).toEqual({ images: 1, guessed: 0, precision: null, recall: 0, f1: 0 });
    expect(two!.f1).toBeCloseTo(2 / 3, 12);
    // scikit-learn's f1_score(average="macro") of the same.
    expect(macroF1(classScores(confusion))).toBeCloseTo((0.8 + 0 + 2 / 3) / 3, 12);
  });

  test("leaves a class that is not there at all out of the mean", () => {
    const scores = classScores(confusionOf([0, 0, 1], [0, 1, 1], 3));
    expect(scores[2]).toEqual({ images: 0, guessed: 0, precision: null, recall: null, f1: null });
    expect(macroF1(scores)).toBeCloseTo(2 / 3, 12);
  });

  test("names the pairs that are mixed up most, worst first", () => {
    const many = confusionOf([4, 4, 4, 9, 7, 1], [9, 9, 4, 4, 1, 1], 10);
    expect(mixups(many, 2)).toEqual([
      { label: 4, guess: 9, count: 2 },
      { label: 7, guess: 1, count: 1 },
    ]);
    expect(mixups(confusionOf([1], [1], 2), 5)).toEqual([]);
  });

  test("refuses classes that there are not, and lists of two lengths", () => {
    expect(() => confusionOf([3], [0], 3)).toThrow("there are 3");
    expect(() => confusionOf([1], [], 3)).toThrow("1 labels and 0 guesses");
  });

  test("takes the first of equal numbers as the largest", () => {
    expect(argMax([0.2, 0.4, 0.4])).toBe(1);
    expect(argMax([0.5, 0.5])).toBe(0);
  });
});
