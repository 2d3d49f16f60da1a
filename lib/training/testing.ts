// For tests only: a trainer on real MNIST with the reference engine, and a recorder of what it tells.
import { mnistFromDisk } from "../datasets/testing";
import { ReferenceEngine } from "../engines/reference/engine";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import type { TrainEvent } from "./contract";
import { Trainer, type TrainerParts } from "./trainer";

const first = parseExperiment(firstRun);

/** 400 images, a small network: the reference trains an epoch in well under a second. */
export const small: ExperimentSpec = {
  ...first,
  dataset: { id: "mnist", classes: null, trainLimit: 400 },
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 12, activation: "relu" },
    { kind: "dropout", rate: 0.1 },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  training: { epochs: 3, batchSize: 32, shuffle: true },
};

type EventOf<T extends TrainEvent["type"]> = Extract<TrainEvent, { type: T }>;

export class Recorder {
  events: TrainEvent[] = [];
  #waiting: { type: TrainEvent["type"]; count: number; done: () => void }[] = [];
  readonly send = (events: TrainEvent[]) => {
    this.events.push(...events);
    this.#waiting = this.#waiting.filter(({ type, count, done }) => {
      if (this.all(type).length < count) return true;
      done();
      return false;
    });
  };
  all<T extends TrainEvent["type"]>(type: T): EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }
  get states() {
    return this.all("state").map(({ state }) => state);
  }
  /** Resolves once `count` events of this type have come. */
  seen(type: TrainEvent["type"], count = 1): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ type, count, done });
      this.send([]);
    });
  }
}

export function create(parts: Partial<TrainerParts> = {}) {
  const engine = new ReferenceEngine();
  const trainer = new Trainer({
    openDataset: () => mnistFromDisk(),
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
    now: () => performance.now(),
    ...parts,
  });
  return { trainer, engine, recorder: new Recorder() };
}

export async function trained(spec: ExperimentSpec, parts: Partial<TrainerParts> = {}) {
  const created = create(parts);
  await created.trainer.load(spec, "auto", created.recorder.send);
  await created.trainer.train();
  return created;
}
