import { describe, expect, test } from "vitest";
import { emptyRun, type Run } from "@/lib/store/reduce";
import { announcement } from "./announcement";

const record = {
  epoch: 2,
  steps: 10,
  loss: 0.1176,
  accuracy: 0.9649,
  valLoss: 0.1,
  valAccuracy: 0.9677,
  elapsedMs: 1,
  msPerStep: 1,
};
const training: Run = { ...emptyRun, state: "training", to: 5, history: [record] };

describe("what a screen reader hears", () => {
  test("is an epoch's line when it ends", () => {
    expect(announcement(training)).toBe(
      "Epoch 2 of 5 is over: loss 0.1176, accuracy 0.9649, validation accuracy 0.9677.",
    );
    const none = { ...record, valLoss: null, valAccuracy: null };
    expect(announcement({ ...training, history: [none] })).not.toContain("validation");
  });

  test("is how the run ended", () => {
    expect(announcement({ ...training, state: "done", test: { accuracy: 0.9755, loss: 0.0778 } })).toBe(
      "Training is over. Test accuracy 0.9755, test loss 0.0778.",
    );
    expect(announcement({ ...training, state: "paused" })).toBe("Paused.");
    expect(
      announcement({ ...training, state: "done", restoredEpoch: 1, test: { accuracy: 0.9, loss: 0.1 } }),
    ).toBe("Training is over. The weights are those of epoch 1. Test accuracy 0.9000, test loss 0.1000.");
    expect(announcement({ ...training, state: "done", holdOut: true })).toBe(
      "Training is over. The test images are locked.",
    );
  });

  test("is nothing where nothing happened, or where an alert says it", () => {
    expect(announcement(emptyRun)).toBe("");
    expect(announcement({ ...training, state: "failed" })).toBe("");
  });
});
