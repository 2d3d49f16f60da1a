// For tests only: records of a run that was never made, and of its epochs.
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import type { EpochRecord } from "./history";
import type { RunRecord } from "./run-record";

/** An epoch of ten steps, with nothing kept for validation. */
export const epochRecord = (epoch: number, changes: Partial<EpochRecord> = {}): EpochRecord => ({
  ...{ epoch, steps: 10, loss: 1 / epoch, accuracy: 0.5, valLoss: null, valAccuracy: null },
  ...{ elapsedMs: 100, msPerStep: 10 },
  ...changes,
});

/** One epoch of one step. */
const record: RunRecord = {
  version: 1,
  experiment: parseExperiment(firstRun),
  before: { loss: 2.3, accuracy: 0.1 },
  curves: { loss: { steps: 1, stride: 1, means: [0.3] }, accuracy: { steps: 1, stride: 1, means: [0.9] } },
  steps: 1,
  history: [epochRecord(1, { steps: 1, loss: 0.3, accuracy: 0.9, elapsedMs: 10 })],
  test: { loss: 0.5, accuracy: 0.9752 },
  environment: {
    engine: { id: "wasm", name: "WebAssembly SIMD", device: "same on every device" },
    deviceClass: "computer",
    elapsedMs: 241,
    finishedAt: "2026-11-22T08:00:00.000Z",
    weightsHash: "0123456789abcdef".repeat(4),
  },
  forkedFrom: null,
};

/** A record, valid as it is, with some of its fields and of its environment's replaced. */
export const recordWith = (
  changes: Partial<RunRecord>,
  environment: Partial<RunRecord["environment"]> = {},
): RunRecord => ({ ...record, ...changes, environment: { ...record.environment, ...environment } });
