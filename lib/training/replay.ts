// Runs an experiment again with nobody watching, in a worker or in Node: the trainer itself, so that the weights are
// the same to the last bit.
import type { DatasetSource } from "../datasets/source";
import type { Engine, EvaluateResult } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import type { ExperimentSpec } from "../spec/experiment";
import type { EpochRecord, RunFailure, TrainEvent } from "./contract";
import { Trainer } from "./trainer";

export interface ReplayOptions {
  openDataset(dataset: DatasetDefinition): DatasetSource;
  /** Trains, and stays the caller's to dispose. Our own gives the same weights on every device. */
  engine: Engine;
  onEpoch?(record: EpochRecord): void;
  /** Everything that the trainer tells, for a log. */
  onEvents?(events: readonly TrainEvent[]): void;
  /** Ends the run; `replay` then throws its reason. */
  signal?: AbortSignal;
}

export interface Replay {
  history: EpochRecord[];
  weights: Float32Array[];
  /** SHA-256 of the weights; see weights-hash. */
  hash: string;
  test: EvaluateResult;
}

/** The run could not be made; the message is what a page would say. */
export class ReplayError extends Error {
  override name = "ReplayError";
  constructor(readonly failure: RunFailure) {
    super(failure.message);
  }
}

/**
 * Trains an experiment from its first weights to its last epoch.
 * @throws ParseError where the spec is none, ReplayError where the run fails, the signal's reason where it is aborted
 */
export async function replay(spec: ExperimentSpec, options: ReplayOptions): Promise<Replay> {
  const { engine, openDataset, onEpoch, onEvents, signal } = options;
  signal?.throwIfAborted();
  const history: EpochRecord[] = [];
  let failure: RunFailure | null = null;
  let hash = "";
  let test: EvaluateResult = { loss: Number.NaN, accuracy: Number.NaN };
  const trainer = new Trainer({
    openDataset: (dataset) => openDataset(dataset),
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
    now: () => performance.now(),
  });
  const stop = () => void trainer.stop();
  signal?.addEventListener("abort", stop);
  try {
    await trainer.load(spec, engine.info.id, (events) => {
      for (const event of events) {
        if (event.type === "epoch") {
          history.push(event.record);
          onEpoch?.(event.record);
        } else if (event.type === "hashed") hash = event.hash;
        else if (event.type === "tested") test = event.result;
        else if (event.type === "failed") failure = event.failure;
      }
      onEvents?.(events);
    });
    await trainer.train();
    signal?.throwIfAborted();
    if (failure !== null) throw new ReplayError(failure);
    return { history, weights: (await trainer.snapshot()).weights, hash, test };
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
