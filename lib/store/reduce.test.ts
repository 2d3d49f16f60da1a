import { describe, expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import type { EpochRecord, TrainEvent } from "../training/contract";
import { emptyRun, type Run, reduceRun } from "./reduce";

const engine = { id: "tfjs-wasm", name: "TensorFlow.js WebAssembly", device: "SIMD" } as const;
const samples: TrainEvent = {
  type: "samples",
  counts: { train: 48000, validation: 12000, test: 10000 },
  stepsPerEpoch: 1500,
};
const ready: TrainEvent = { type: "engine", engine, reports: [] };
const before: TrainEvent = { type: "before", loss: 2.32291, accuracy: 0.09375 };

const record = (epoch: number, accuracy: number, more: Partial<EpochRecord> = {}): EpochRecord => ({
  epoch,
  steps: 1500,
  loss: 0.26352,
  accuracy,
  valLoss: 0.14408,
  valAccuracy: 0.95608,
  elapsedMs: 1214,
  msPerStep: 0.8093,
  ...more,
});
const epoch = (number: number, accuracy: number, more?: Partial<EpochRecord>): TrainEvent => ({
  type: "epoch",
  record: record(number, accuracy, more),
});
const progress = (epochNumber: number, step: number): TrainEvent => ({
  type: "progress",
  epoch: epochNumber,
  step,
  steps: 1500,
  loss: 0.3,
  accuracy: 0.9,
  msPerStep: 0.8,
  samplesPerSecond: 40000,
  etaMs: 2000,
});
const batches = (step: number, losses: number[]): TrainEvent => ({
  type: "batches",
  step,
  losses: Float32Array.from(losses),
  accuracies: Float32Array.from(losses, () => 0.5),
});

const fold = (events: readonly TrainEvent[], from: Run = emptyRun) => events.reduce(reduceRun, from);
const text = (run: Run) => run.log.map((line) => line.text);

describe("the training log", () => {
  test("prints a whole run line for line", () => {
    const run = fold([
      { type: "state", state: "loading" },
      samples,
      ready,
      before,
      { type: "begin", from: 0, to: 2 },
      progress(1, 700),
      epoch(1, 0.92181),
      progress(2, 300),
      epoch(2, 0.98613, { valAccuracy: 0.97474 }),
      { type: "completed", elapsedMs: 6048, stopped: false },
      { type: "hashed", hash: "5e".repeat(32) },
      { type: "tested", result: { accuracy: 0.9752, loss: 0.08412 } },
      { type: "state", state: "done" },
    ]);
    expect(text(run)).toEqual([
      "Training samples: 48000",
      "Validation samples: 12000",
      "Test samples: 10000",
      "Model ready for training!",
      "Engine: TensorFlow.js WebAssembly (SIMD)",
      "Loss before training: 2.323",
      "Accuracy before training: 9.375%",
      "Epoch 1/2",
      "1500/1500 - 1.21s - 0.8ms/step - loss: 0.2635 - accuracy: 0.9218 - val_loss: 0.1441 - val_accuracy: 0.9561",
      "Epoch 2/2",
      "1500/1500 - 1.21s - 0.8ms/step - loss: 0.2635 - accuracy: 0.9861 - val_loss: 0.1441 - val_accuracy: 0.9747",
      "Training completed in 6.05 seconds!",
      "Final training accuracy: 0.9861",
      "Final validation accuracy: 0.9747",
      "Accuracy improvement: 0.9218 → 0.9861 (+0.0643)",
      `Weights hash: ${"5e".repeat(32)}`,
      "Test accuracy: 0.9752 (97.52%)",
      "Test loss: 0.0841",
    ]);
  });

  test("leaves the validation parts out where there is none", () => {
    const none = { valLoss: null, valAccuracy: null };
    const run = fold([
      { type: "begin", from: 0, to: 1 },
      epoch(1, 0.9, none),
      { type: "completed", elapsedMs: 1000, stopped: false },
    ]);
    expect(text(run)).toContain("1500/1500 - 1.21s - 0.8ms/step - loss: 0.2635 - accuracy: 0.9000");
    expect(text(run).join("\n")).not.toMatch(/val/i);
  });

  test("comes in the same order whatever is known first", () => {
    expect(text(fold([before, ready, samples]))).toEqual(text(fold([samples, ready, before])));
    expect(text(fold([ready]))).toEqual([]);
  });

  test("says where a stopped run stopped, and shows a loss of accuracy as one", () => {
    const run = fold([
      { type: "begin", from: 0, to: 10 },
      epoch(1, 0.9),
      epoch(2, 0.85),
      progress(3, 20),
      { type: "completed", elapsedMs: 2000, stopped: true },
    ]);
    expect(text(run).slice(-5)).toEqual([
      "Training stopped at epoch: 3",
      "Training completed in 2.00 seconds!",
      "Final training accuracy: 0.8500",
      "Final validation accuracy: 0.9561",
      "Accuracy improvement: 0.9000 → 0.8500 (-0.0500)",
    ]);
  });

  test("says nothing of accuracy where no epoch was finished", () => {
    const run = fold([
      { type: "begin", from: 0, to: 5 },
      { type: "completed", elapsedMs: 310, stopped: true },
    ]);
    expect(text(run)).toEqual([
      "Epoch 1/5",
      "Training stopped at epoch: 1",
      "Training completed in 0.31 seconds!",
    ]);
  });

  test("goes on with the same log and history", () => {
    const first = fold([
      samples,
      ready,
      before,
      { type: "begin", from: 0, to: 1 },
      epoch(1, 0.9),
      { type: "completed", elapsedMs: 1214, stopped: false },
      { type: "hashed", hash: "0a".repeat(32) },
      { type: "tested", result: { accuracy: 0.93, loss: 0.2 } },
    ]);
    expect(first.hash).toBe("0a".repeat(32));
    const lines = first.log.length;
    const more = fold(
      [
        { type: "begin", from: 1, to: 3 },
        epoch(2, 0.95),
        epoch(3, 0.97),
        { type: "completed", elapsedMs: 3600, stopped: false },
      ],
      first,
    );
    expect(text(more).slice(0, lines)).toEqual(text(first));
    expect(text(more)[lines]).toBe("Epoch 2/3");
    expect(text(more)).toContain("Epoch 3/3");
    expect(text(more).at(-1)).toBe("Accuracy improvement: 0.9000 → 0.9700 (+0.0700)");
    expect(more.history.map(({ epoch: number }) => number)).toEqual([1, 2, 3]);
    expect([more.hash, more.test]).toEqual([null, null]);
  });

  test("finishes a broken-off epoch under its own heading", () => {
    const run = fold([
      { type: "begin", from: 0, to: 5 },
      epoch(1, 0.9),
      progress(2, 100),
      { type: "completed", elapsedMs: 1300, stopped: true },
      { type: "begin", from: 1, to: 2 },
      epoch(2, 0.95),
    ]);
    expect(text(run).filter((line) => line.startsWith("Epoch"))).toEqual([
      "Epoch 1/5",
      "Epoch 2/5",
      "Epoch 2/2",
    ]);
  });

  test("is not touched by progress ticks", () => {
    const run = fold([{ type: "begin", from: 0, to: 5 }]);
    const ticked = fold([progress(1, 10), progress(1, 20), batches(0, [1, 2])], run);
    expect(ticked.log).toBe(run.log);
  });

  test("opens an epoch when it begins, not when the one before ends", () => {
    const run = fold([{ type: "begin", from: 0, to: 5 }, epoch(1, 0.9)]);
    expect(text(run).at(-1)).toMatch(/^1500\/1500/);
    expect(text(fold([progress(2, 1)], run)).at(-1)).toBe("Epoch 2/5");
  });

  test("says why a run failed and what to do, after what was there", () => {
    const failure = {
      code: "diverged",
      message: "The loss became NaN at step 12 of epoch 1.",
      advice: "Try a learning rate of 0.1 instead of 1, then press Train.",
      epoch: 1,
      resumable: false,
    } as const;
    const run = fold([
      samples,
      { type: "begin", from: 0, to: 5 },
      batches(0, [2, 9]),
      { type: "failed", failure },
    ]);
    expect(text(run).slice(-2)).toEqual([failure.message, failure.advice]);
    expect(run.log.at(-1)!.kind).toBe("failure");
    expect(run.loss.means).toEqual([2, 9]);
    expect(run.failure).toEqual(failure);
  });

  test("names the engine again where the run moves to another", () => {
    const cpu = { id: "tfjs-cpu", name: "TensorFlow.js JavaScript", device: "CPU" } as const;
    const run = fold([samples, ready, ready, before, { type: "engine", engine: cpu, reports: [] }]);
    expect(text(run).filter((line) => line.startsWith("Engine"))).toEqual([
      "Engine: TensorFlow.js WebAssembly (SIMD)",
      "Engine: TensorFlow.js JavaScript (CPU)",
    ]);
  });
});

test("what is measured of the engines is kept without another line in the log", () => {
  const report = { id: "wasm", name: "WebAssembly SIMD", available: true, reason: "CPU" } as const;
  const measured = { ...engine, id: "wasm" } as const;
  const run = fold([
    samples,
    { type: "engine", engine: measured, reports: [{ ...report, samplesPerSecond: null }] },
    { type: "engine", engine: measured, reports: [{ ...report, samplesPerSecond: 51_000 }] },
  ]);
  expect(run.reports[0]!.samplesPerSecond).toBe(51_000);
  expect(text(run).filter((line) => line.startsWith("Engine"))).toHaveLength(1);
});

describe("a run", () => {
  test("keeps batch values by step, and goes back where the trainer does", () => {
    const run = fold([batches(0, [3, 2, 1]), batches(3, [0.5])]);
    expect(run.loss.means).toEqual([3, 2, 1, 0.5]);
    expect(fold([batches(1, [9])], run).loss.means).toEqual([3, 9]);
  });

  test("forgets a failure when it goes on", () => {
    const failure = { code: "data", message: "m", advice: "a", epoch: 2, resumable: true } as const;
    const run = fold([
      { type: "failed", failure },
      { type: "state", state: "failed" },
      { type: "begin", from: 1, to: 5 },
      { type: "state", state: "training" },
    ]);
    expect(run).toMatchObject({ failure: null, state: "training", from: 1, to: 5 });
  });

  test("says how fast its engine was in the last epoch, and leaves what was measured of others", () => {
    const report = (id: "wasm" | "tfjs-wasm", samplesPerSecond: number | null) => ({
      ...{ id, name: id, available: true, reason: "here", samplesPerSecond },
    });
    const reports = [report("wasm", 90_000), report("tfjs-wasm", null)];
    const begun = { ...emptyRun, spec: parseExperiment(firstRun) };
    const run = fold([{ ...ready, reports } as TrainEvent, epoch(1, 0.9, { msPerStep: 0.8 })], begun);
    expect(run.reports.map(({ samplesPerSecond }) => samplesPerSecond)).toEqual([90_000, 40_000]);
  });

  test("never changes the state it was given", () => {
    const spec = parseExperiment(firstRun);
    const run = Object.freeze({ ...emptyRun, spec, log: Object.freeze([]), history: Object.freeze([]) });
    const next = fold([samples, ready, before, { type: "begin", from: 0, to: 1 }, epoch(1, 0.9)], run);
    expect(run.history).toHaveLength(0);
    expect(next.history).toHaveLength(1);
    expect(next.spec).toBe(spec);
  });
});

describe("what the callbacks say", () => {
  const spec = parseExperiment({
    ...firstRun,
    callbacks: [{ kind: "modelCheckpoint" }, { kind: "reduceLROnPlateau", patience: 1 }],
  });
  const watched = (losses: readonly number[]) =>
    text(
      fold(
        losses.map((valLoss, i) => epoch(i + 1, 0.5, { valLoss })),
        { ...emptyRun, spec, to: losses.length },
      ),
    ).filter((line) => /improved|reducing/.test(line));

  test("stands beneath the epoch's line, on improvement alone", () => {
    expect(watched([0.5, 0.4, 0.45, 0.3])).toEqual([
      "Epoch 1: val_loss improved from inf to 0.5000, keeping these weights",
      "Epoch 2: val_loss improved from 0.5000 to 0.4000, keeping these weights",
      "Epoch 3: reducing the learning rate to 0.0001",
      "Epoch 4: val_loss improved from 0.4000 to 0.3000, keeping these weights",
    ]);
  });

  test("an early stop names its epoch and the one whose weights were put back", () => {
    const run = fold(
      [epoch(1, 0.5), epoch(2, 0.6), { type: "completed", elapsedMs: 1, stopped: true, restoredEpoch: 1 }],
      { ...emptyRun, spec, to: 9 },
    );
    expect(text(run)).toEqual(
      expect.arrayContaining([
        "Training stopped at epoch: 2",
        "Neural network weights updated to the best epoch.",
        "Best epoch: 1",
      ]),
    );
    expect(run).toMatchObject({ bestEpoch: 1, restoredEpoch: 1 });
  });

  test("weights that are loaded afterwards are hashed and tested anew, and left where the training goes on", () => {
    const over = fold(
      [
        epoch(1, 0.5),
        epoch(2, 0.6, { valLoss: 1 }),
        { type: "completed", elapsedMs: 1, stopped: false },
        { type: "hashed", hash: "a" },
        { type: "tested", result: { loss: 1, accuracy: 0.5 } },
      ],
      { ...emptyRun, spec, to: 2 },
    );
    const loaded = fold([{ type: "restored", epoch: 1 }], over);
    expect(loaded).toMatchObject({ restoredEpoch: 1, bestEpoch: 1, hash: null, test: null });
    expect(text(loaded).slice(-2)).toEqual([
      "Neural network weights updated to the best epoch.",
      "Best epoch: 1",
    ]);
    expect(fold([{ type: "begin", from: 2, to: 3 }], loaded).restoredEpoch).toBeNull();
  });

  test("a held-out run says that its test images are locked", () => {
    const run = fold([{ type: "hashed", hash: "a" }], { ...emptyRun, spec, holdOut: true });
    expect(text(run)).toEqual(["Weights hash: a", "Test images are locked: open them once you have chosen."]);
  });
});
