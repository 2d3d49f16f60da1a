import { describe, expect, test } from "vitest";
import { parseRunRecord } from "../metrics/run-record";
import { append, emptySeries } from "../metrics/series";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import type { TrainEvent } from "../training/contract";
import { recordOf, runOf } from "./record";
import { emptyRun, type Run, reduceRun } from "./reduce";

const spec = parseExperiment({
  ...firstRun,
  dataset: { id: "mnist", trainLimit: 100 },
  training: { epochs: 2 },
});
const hash = "0123456789abcdef".repeat(4);
const epoch = (number: number) => ({
  epoch: number,
  steps: 3,
  loss: 1 / number,
  accuracy: 0.5,
  valLoss: 0.7,
  valAccuracy: 0.625,
  elapsedMs: 120,
  msPerStep: 40,
});
const batches = (step: number): TrainEvent => ({
  type: "batches",
  step,
  losses: Float32Array.of(2.3, 2.2, 2.1),
  accuracies: Float32Array.of(0.1, 0.2, 0.3),
});
const progress = (epoch: number): TrainEvent => ({
  type: "progress",
  epoch,
  step: 3,
  steps: 3,
  loss: 2,
  accuracy: 0.2,
  msPerStep: 40,
  samplesPerSecond: 1,
  etaMs: 0,
});
const events: TrainEvent[] = [
  { type: "samples", counts: { train: 80, validation: 20, test: 10_000 }, stepsPerEpoch: 3 },
  {
    type: "engine",
    engine: { id: "wasm", name: "WebAssembly SIMD", device: "same on every device" },
    reports: [],
  },
  { type: "before", loss: 2.3, accuracy: 0.1 },
  { type: "begin", from: 0, to: 2 },
  batches(0),
  progress(1),
  { type: "epoch", record: epoch(1) },
  batches(3),
  progress(2),
  { type: "epoch", record: epoch(2) },
  { type: "completed", elapsedMs: 240, stopped: false },
  { type: "hashed", hash },
  { type: "tested", result: { loss: 0.5, accuracy: 0.875 } },
  { type: "state", state: "done" },
];
const finished: Run = {
  ...events.reduce(reduceRun, { ...emptyRun, spec }),
  finishedAt: "2026-01-02T03:04:05.678Z",
};

describe("a run that is over", () => {
  test("is kept as numbers and words that survive JSON", () => {
    const record = recordOf(finished, "phone")!;
    expect(record).toMatchObject({
      before: { loss: 2.3, accuracy: 0.1 },
      steps: 6,
      test: { loss: 0.5, accuracy: 0.875 },
      environment: { deviceClass: "phone", elapsedMs: 240, weightsHash: hash, engine: { id: "wasm" } },
      forkedFrom: null,
    });
    expect(parseRunRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test("comes back with its log, line for line, and does not train on", () => {
    const back = runOf(recordOf(finished, "computer")!);
    expect(back.log).toEqual(finished.log);
    expect(back.history).toEqual(finished.history);
    expect(back).toMatchObject({ state: "done", opened: true, hash, to: 2, epoch: 2, stepsPerEpoch: 3 });
    expect(back.loss.means).toHaveLength(6);
  });

  test("that was broken off says so again", () => {
    const broken = [...events.slice(0, 7), batches(3), ...events.slice(8, 9)];
    const end: TrainEvent[] = [{ type: "completed", elapsedMs: 200, stopped: true }, ...events.slice(11)];
    const cut: Run = {
      ...[...broken, ...end].reduce(reduceRun, { ...emptyRun, spec }),
      loss: append(emptySeries, [1, 2, 3, 4, 5]),
      accuracy: append(emptySeries, [0, 0, 0, 0, 0]),
      finishedAt: finished.finishedAt,
    };
    const back = runOf(recordOf(cut, "computer")!);
    expect(back.log.map(({ text }) => text)).toContain("Training stopped at epoch: 2");
    expect(back.log).toEqual(cut.log);
  });

  test("is no record before it is tested, nor without a whole epoch", () => {
    expect(recordOf({ ...finished, test: null }, "phone")).toBeNull();
    expect(recordOf({ ...finished, history: [] }, "phone")).toBeNull();
    expect(recordOf({ ...finished, state: "failed" }, "phone")).toBeNull();
  });
});

describe("a record from elsewhere", () => {
  const record = recordOf(finished, "tablet")!;
  test.each([
    [{ ...record, version: 2 }, "version is 2"],
    [{ ...record, forkedFrom: "../../x" }, "forkedFrom is"],
    [
      { ...record, test: { loss: 1, accuracy: 1.5 } },
      "test.accuracy is 1.5; it must be a number from 0 to 1.",
    ],
    [{ ...record, history: [epoch(2)] }, "epochs from 1 on"],
    [
      { ...record, curves: { ...record.curves, loss: { steps: 9, stride: 1, means: [1] } } },
      "buckets hold its steps",
    ],
    [{ ...record, experiment: { ...record.experiment, seed: -1 } }, "experiment.seed is -1"],
    [{ ...record, extra: "<script>" }, "no such field"],
    [null, "run is null"],
  ])("is refused where it does not fit: %#", (input, message) => {
    expect(() => parseRunRecord(input)).toThrow(message);
  });
});

test("weights that were put back are kept as those of their epoch, and the log tells of them again", () => {
  const watching = {
    ...spec,
    callbacks: parseExperiment({ ...firstRun, callbacks: [{ kind: "modelCheckpoint" }] }).callbacks,
  };
  const after: TrainEvent[] = [
    { type: "restored", epoch: 1 },
    { type: "hashed", hash },
    { type: "tested", result: { loss: 0.5, accuracy: 0.875 } },
  ];
  const run: Run = {
    ...[...events, ...after].reduce(reduceRun, { ...emptyRun, spec: watching }),
    finishedAt: finished.finishedAt,
  };
  const record = recordOf(run, "phone")!;
  expect(record.restoredEpoch).toBe(1);
  const opened = runOf(parseRunRecord(JSON.parse(JSON.stringify(record))));
  expect(opened).toMatchObject({ restoredEpoch: 1, bestEpoch: 1 });
  const lines = opened.log.map(({ text }) => text);
  expect(lines).toContain("Epoch 1: val_loss improved from inf to 0.7000, keeping these weights");
  expect(lines).toContain("Best epoch: 1");
  expect(JSON.stringify(recordOf(finished, "phone"))).not.toContain("restoredEpoch");
  expect(() => parseRunRecord({ ...record, restoredEpoch: 3 })).toThrow("restoredEpoch is 3");
});
