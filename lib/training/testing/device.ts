// For tests only: a device with GPUs that are our own engine in disguise, and a clock that says how fast each is.
import {
  type Alternative,
  type Engine,
  type EngineId,
  EngineLostError,
  type EngineReport,
} from "../../engines/engine";
import { wasmFromDisk } from "../../engines/wasm/testing";
import type { ExperimentSpec } from "../../spec/experiment";
import { create, small } from "../testing";
import type { TrainerParts } from "../trainer";

/** Sixty epochs of five small steps, with all that depends on the step's number: on the fake clock half a minute on the engine that "auto" starts on. */
export const long: ExperimentSpec = {
  ...small,
  dataset: { id: "mnist", classes: null, trainLimit: 40 },
  augmentation: [{ kind: "shift", pixels: 2 }],
  layers: [
    { kind: "flatten" },
    { kind: "dropout", rate: 0.1 },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  validation: { split: 0, from: "first" },
  training: { epochs: 60, batchSize: 8, shuffle: true },
  callbacks: [{ kind: "learningRateSchedule", schedule: "cosine", warmupEpochs: 0, finalShare: 0.1 }],
};
const OWN_MS = 100;

export interface Gpu {
  id: EngineId;
  msPerStep: number;
  /** Our own engine where left out. */
  open?: () => Promise<Engine>;
  /** Why its check fails. */
  wrong?: string;
  /** Goes away at this step since it was started. */
  lostAt?: number;
  /** Keeps its download waiting. */
  download?: Promise<void>;
}

/** A trainer whose "auto" starts on an engine of 100 ms a step and knows of these GPUs. */
export function device(gpus: Gpu[], parts: Partial<TrainerParts> = {}) {
  let time = 0;
  const log: string[] = [];
  const timed = async ({ id, msPerStep, open = wasmFromDisk, lostAt = Number.POSITIVE_INFINITY }: Gpu) => {
    const engine = await open();
    const { train, dispose } = engine;
    let steps = 0;
    engine.train = async (rows, batchSize, rates) => {
      if (steps + rates.length > lostAt) throw new EngineLostError("driver reset");
      steps += rates.length;
      time += msPerStep * rates.length;
      // Trials run beside the run, on the clock on the wall: they are given the time to.
      if (id === "wasm") await new Promise((done) => setTimeout(done, 3));
      return train.call(engine, rows, batchSize, rates);
    };
    engine.dispose = () => {
      log.push(`dispose ${id}`);
      dispose.call(engine);
    };
    log.push(`start ${id}`);
    return Object.defineProperty(engine, "info", { value: { id, name: id, device: `device of ${id}` } });
  };
  const report = (id: EngineId): EngineReport => ({
    id,
    name: id,
    available: true,
    reason: "there",
    samplesPerSecond: null,
  });
  const alternatives = gpus.map(
    (gpu): Alternative => ({
      id: gpu.id,
      async start() {
        log.push(`download ${gpu.id}`);
        await gpu.download;
        return gpu.wrong ?? timed(gpu);
      },
    }),
  );
  const created = create({
    selectEngine: async (choice) => {
      const gpu = gpus.find(({ id }) => id === choice);
      const reports = [report("wasm"), ...gpus.map(({ id }) => report(id))];
      if (gpu !== undefined) return { engine: await timed(gpu), reports, alternatives: [] };
      return {
        engine: await timed({ id: "wasm", msPerStep: OWN_MS }),
        reports,
        alternatives: choice === "auto" ? alternatives : [],
      };
    },
    now: () => time,
    ...parts,
  });
  return { ...created, log };
}
