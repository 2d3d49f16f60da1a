// Runs an experiment again with nobody watching, in a worker or in Node: the trainer itself, so that the weights are
// the same to the last bit.
import type { DatasetSource } from "../datasets/source";
import type { Engine, EngineState, EvaluateResult } from "../engines/engine";
import type { RunRecord } from "../metrics/run-record";
import type { DatasetDefinition } from "../spec/define";
import type { ExperimentSpec } from "../spec/experiment";
import { datasetOf, selectSamples } from "../spec/samples";
import type { EpochRecord, RunFailure, TrainEvent } from "./contract";
import { compileOn } from "./engine-room";
import { describeFailure, diverged } from "./failure";
import { Feed } from "./feed";
import { Run } from "./run";
import { yieldToMessages } from "./stop";
import { Trainer } from "./trainer";
import { hashWeights } from "./weights-hash";

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
  /** The epoch, from 1, whose weights early stopping put back; null where they are the last one's. */
  restoredEpoch: number | null;
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
  let restoredEpoch: number | null = null;
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
        } else if (event.type === "completed") restoredEpoch = event.restoredEpoch ?? null;
        else if (event.type === "hashed") hash = event.hash;
        else if (event.type === "tested") test = event.result;
        else if (event.type === "failed") failure = event.failure;
      }
      onEvents?.(events);
    });
    await trainer.train();
    signal?.throwIfAborted();
    if (failure !== null) throw new ReplayError(failure);
    return { history, weights: (await trainer.snapshot()).weights, hash, test, restoredEpoch };
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/** Where a training can be taken up again: after an epoch. */
export interface Checkpoint {
  history: EpochRecord[];
  state: EngineState;
}

export interface RecordReplayOptions {
  openDataset(dataset: DatasetDefinition): DatasetSource;
  /** Our own, and the caller's to dispose. */
  engine: Engine;
  /** Goes on from here; from the first weights where null. */
  from: Checkpoint | null;
  /** Hears the share of the training that is done, 0 to 1. */
  onProgress(share: number): void;
  /** Awaited before the training goes on; called after an epoch. */
  onCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** Training between two checkpoints, at least. */
  checkpointMs?: number;
  /** Ends the training; `replayRecord` then throws its reason. */
  signal?: AbortSignal;
}

export interface Replayed {
  /** SHA-256 of the weights that came out. */
  hash: string;
  history: EpochRecord[];
  elapsedMs: number;
}

const CHECKPOINT_MS = 10_000;

/**
 * Trains a record's experiment for as many epochs as its history has. Broken off and taken up again from a checkpoint, it
 * ends in the same weights. Nothing is tested: the weights are what counts.
 * @throws ReplayError where the experiment cannot be trained, DataError, or the signal's reason
 */
export async function replayRecord(
  { experiment: spec, history: { length: epochs }, restoredEpoch }: RunRecord,
  options: RecordReplayOptions,
): Promise<Replayed> {
  const {
    openDataset,
    engine,
    from,
    onProgress,
    onCheckpoint,
    checkpointMs = CHECKPOINT_MS,
    signal,
  } = options;
  const since = performance.now();
  const dataset = datasetOf(spec);
  const feed = new Feed(openDataset(dataset), engine, dataset);
  const replayOf = { epochs, restoredEpoch: restoredEpoch ?? null };
  const run = new Run(spec, selectSamples(spec, await feed.labels()), replayOf);
  const { train, validation } = run.selection;
  run.target = epochs;
  for (const rows of [train, validation]) await feed.ensure("train", rows);
  await compileOn({ engine, feed, reports: [], alternatives: [] }, spec, run.options(from?.state));
  run.history = [...(from?.history ?? [])];
  run.step = run.epoch * run.steps;
  let kept = performance.now();
  while (run.epoch < epochs) {
    for (let rows = run.nextRows(); rows.length > 0; rows = run.nextRows()) {
      signal?.throwIfAborted();
      const began = performance.now();
      const { losses, correct } = await engine.train(rows, spec.training.batchSize, run.learningRates(rows));
      const broken = losses.findIndex((loss) => !Number.isFinite(loss));
      const epoch = run.epoch + 1;
      if (broken >= 0) {
        const error = diverged(spec, losses[broken]!, epoch, run.batch + broken + 1);
        throw new ReplayError(describeFailure(error, epoch, true));
      }
      run.record(losses, correct, performance.now() - began);
      onProgress(run.step / (epochs * run.steps));
      await yieldToMessages();
    }
    const best = await run.readWeights(engine);
    run.finishEpoch(validation.length === 0 ? null : await engine.evaluate("train", validation), 0);
    run.watch(best);
    // A checkpoint has no place for the weights that were kept: from there on the training is not broken off.
    const isKept = restoredEpoch !== undefined && run.epoch >= restoredEpoch;
    if (run.epoch < epochs && !isKept && performance.now() - kept >= checkpointMs) {
      await onCheckpoint({ history: [...run.history], state: await engine.readState() });
      kept = performance.now();
    }
  }
  const weights = restoredEpoch === undefined ? await engine.readWeights() : run.weightsOf(restoredEpoch);
  const hash = await hashWeights(weights);
  return { hash, history: run.history, elapsedMs: performance.now() - since };
}
