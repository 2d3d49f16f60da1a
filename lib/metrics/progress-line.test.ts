import { describe, expect, test } from "vitest";
import { progressBar, progressLineAt } from "./progress-line";

const record = {
  epoch: 2,
  loss: 0.3,
  accuracy: 0.9,
  valLoss: 0.4,
  valAccuracy: 0.8,
  steps: 3,
  elapsedMs: 40,
  msPerStep: 10,
};
const epoch = {
  record,
  loss: { steps: 6, stride: 1, means: [9, 9, 9, 0.5, 0.3, 0.1] },
  accuracy: { steps: 6, stride: 1, means: [0, 0, 0, 0.5, 1, 1] },
  batchSize: 4,
  images: 10,
};

describe("the progress line in the middle of an epoch", () => {
  test("has the running means over the epoch's batches so far, and how long the rest takes", () => {
    expect(progressLineAt(epoch, 1)).toMatchObject({
      step: 1,
      steps: 3,
      etaMs: 20,
      loss: 0.5,
      accuracy: 0.5,
    });
    const second = progressLineAt(epoch, 2);
    expect(second.loss).toBeCloseTo(0.4);
    expect(second.accuracy).toBeCloseTo(0.75);
    expect(second).toMatchObject({ etaMs: 10, valLoss: null, valAccuracy: null });
  });

  test("ends with what the epoch printed, validation included", () => {
    expect(progressLineAt(epoch, 3)).toEqual({
      step: 3,
      steps: 3,
      etaMs: 0,
      loss: 0.3,
      accuracy: 0.9,
      valLoss: 0.4,
      valAccuracy: 0.8,
    });
  });

  test("counts a smaller last batch for what it is", () => {
    const longer = { ...epoch, record: { ...record, steps: 4, epoch: 1 }, images: 13 };
    const losses = { steps: 4, stride: 1, means: [1, 1, 1, 5] };
    expect(progressLineAt({ ...longer, loss: losses }, 3).loss).toBeCloseTo(1);
    const uneven = { steps: 3, stride: 1, means: [1, 1, 4] };
    const three = { ...epoch, record: { ...record, epoch: 1, steps: 4 }, images: 10, loss: uneven };
    expect(progressLineAt(three, 3).loss).toBeCloseTo((4 + 4 + 8) / 10);
  });

  test("reads means over several batches where the run was long", () => {
    const merged = { ...epoch, loss: { steps: 6, stride: 2, means: [9, 0.5, 0.1] } };
    expect(progressLineAt(merged, 1).loss).toBeCloseTo(0.5);
    expect(progressLineAt(merged, 2).loss).toBeCloseTo((0.5 + 0.1) / 2);
  });

  test("has a bar as long as ever, with a head where it is", () => {
    const bars = [0, 1, 13, 35, 36].map((step) => progressBar({ step, steps: 36 }));
    expect(bars).toEqual([
      "[>...................]",
      "[>...................]",
      "[======>.............]",
      "[==================>.]",
      "[====================]",
    ]);
  });
});
