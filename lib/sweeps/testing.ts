// For tests only: real trainings of small networks on the WebAssembly engine, as a sweep calls them, and what it tells.
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { small } from "../training/testing";
import { Trainer } from "../training/trainer";
import type { CellProgress, SweepListener, SweepTrainer } from "./runner";
import type { CellResult } from "./sweep";

/** 400 images, a small network without dropout, two epochs. */
export const tiny: ExperimentSpec = parseExperiment({
  ...small,
  title: "Tiny",
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 12, activation: "relu" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  training: { epochs: 2, batchSize: 32, shuffle: true },
});

export const withEpochs = (spec: ExperimentSpec, epochs: number): ExperimentSpec => ({
  ...spec,
  training: { ...spec.training, epochs },
});

const source = mnistFromDisk();

/** A trainer that notes what it is asked for: "load 0.001 2", "train", "continue 2". */
export function createTrainer(): SweepTrainer & { calls: string[] } {
  const trainer = new Trainer({
    openDataset: () => source,
    selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
    now: () => performance.now(),
  });
  const calls: string[] = [];
  return {
    calls,
    load(spec, engine, onEvents, options) {
      calls.push(`load ${spec.optimizer.learningRate} ${spec.training.epochs}`);
      return trainer.load(spec, engine, onEvents, options);
    },
    train() {
      calls.push("train");
      return trainer.train();
    },
    continueTraining(epochs) {
      calls.push(`continue ${epochs}`);
      return trainer.continueTraining(epochs);
    },
    pause: () => trainer.pause(),
    resume: () => trainer.resume(),
  };
}

export class SweepRecorder implements SweepListener {
  results: CellResult[] = [];
  progress: (readonly CellProgress[])[] = [];
  epochs: string[] = [];
  #expected: { count: number; done(): void }[] = [];

  onProgress(underway: readonly CellProgress[]): void {
    this.progress.push(underway);
  }
  onResult(result: CellResult): void {
    this.results.push(result);
    for (const { count, done } of this.#expected) if (this.results.length >= count) done();
  }
  onEpoch(...[cell, record, engine]: Parameters<SweepListener["onEpoch"]>): void {
    this.epochs.push(`${cell.label} ${record.epoch} ${engine?.id}`);
  }
  /** Resolves once there are so many results. */
  seen(count: number): Promise<void> {
    return new Promise((done) => {
      this.#expected.push({ count, done });
      if (this.results.length >= count) done();
    });
  }
}

/** Results without what differs from time to time. */
export const findings = (results: readonly CellResult[]) =>
  Object.fromEntries(results.map(({ elapsedMs: _, ...rest }) => [rest.id, rest]));
