// Where a run is: its place in the order of batches, the running means of its epoch, its history. A run that is
// stopped, or waits for a shard, goes on from exactly here.
import type { CompileOptions, Engine, EngineState } from "../engines/engine";
import {
  checkpoint,
  earlyStopping,
  keptEpoch,
  plateauLearningRate,
  restoresBest,
} from "../metrics/callbacks";
import type { ExperimentSpec } from "../spec/experiment";
import { learningRates } from "../spec/learning-rate";
import { buildProgram, initialWeights, type Program } from "../spec/program";
import { epochOrder, type Selection } from "../spec/samples";
import type { EpochRecord, ReplayOf, TrainEvent } from "./contract";
import { Moments } from "./moments";

/** Chunks are made this long, so that pausing and predicting never wait longer. */
const CHUNK_MS = 80;
const MAX_CHUNK = 512;

interface Sums {
  loss: number;
  correct: number;
  count: number;
}

/** A place in a run to come back to within the same epoch. */
export interface Mark {
  batch: number;
  step: number;
  sums: Sums;
}

/** Where a run is, with all that it knows; beside an engine's state it is what the run can go on from in another life. */
export interface RunPlace extends Mark {
  target: number;
  elapsedMs: number;
  /** Of the epoch under way: all that counts as its time, and that of its steps. */
  epochMs: number;
  trainMs: number;
  history: EpochRecord[];
  /** Weights that may have to be put back, by their epoch, from 1. */
  kept: [number, Float32Array[]][];
}

export class Run {
  readonly program: Program;
  readonly steps: number;
  readonly moments: Moments;
  history: EpochRecord[] = [];
  /** Epochs to reach in all. */
  target = 0;
  /** Batches done in this epoch. */
  batch = 0;
  /** Batches done in all. */
  step = 0;
  elapsedMs = 0;
  /** The weights that the training is at, while those of a better epoch are in their place; else null. */
  setAside: Float32Array[] | null = null;
  /** The epoch, from 1, whose weights are in the place of the last ones; null where none are. */
  restoredEpoch: number | null = null;
  /** True while nobody may look at the test images. */
  locked = false;
  /** Whether the weights that are there were tested. */
  tested = false;
  /** Weights that may have to be put back, by their epoch, from 1. */
  #kept = new Map<number, Float32Array[]>();
  #order: Uint32Array | null = null;
  #sums: Sums = { loss: 0, correct: 0, count: 0 };
  #epochMs = 0;
  #trainMs = 0;
  #chunk = 1;
  #msPerStep = 0;
  #validationMs = 0;

  constructor(
    readonly spec: ExperimentSpec,
    readonly selection: Selection,
    readonly replayOf: ReplayOf | null = null,
    momentsBytes = 0,
  ) {
    this.moments = new Moments(momentsBytes);
    this.program = buildProgram(spec);
    this.steps = Math.ceil(selection.train.length / spec.training.batchSize);
  }

  /** Index of the epoch under way, from 0. */
  get epoch(): number {
    return this.history.length;
  }

  get started(): boolean {
    return this.step > 0;
  }

  /** How an engine compiles this run: to begin it, or to go on from a state. */
  options(state?: EngineState): CompileOptions {
    const { optimizer, augmentation, seed, training } = this.spec;
    const weights = state?.weights ?? this.firstWeights();
    const { batchSize } = training;
    return { program: this.program, optimizer, augmentation, weights, resume: state, seed, batchSize };
  }

  firstWeights = (): Float32Array[] => initialWeights(this.program, this.spec.seed);

  /** Of the last few chunks; 0 before the first. */
  get samplesPerSecond(): number {
    return this.#msPerStep === 0 ? 0 : (1000 * this.spec.training.batchSize) / this.#msPerStep;
  }

  /** What so many steps take on this engine; Infinity before the first. */
  usualMs(steps: number): number {
    return this.#msPerStep === 0 ? Number.POSITIVE_INFINITY : steps * this.#msPerStep;
  }

  /** How long the rest will take on this engine, pauses and waits for data not counted. */
  get leftMs(): number {
    const left = (this.target - this.epoch) * this.steps - this.batch;
    return left * this.#msPerStep + (this.target - this.epoch) * this.#validationMs;
  }

  /** Rows of the next few batches; empty when the epoch's batches are done. */
  nextRows(): Uint32Array {
    this.#order ??= epochOrder(this.spec, this.selection.train, this.epoch);
    const { batchSize } = this.spec.training;
    return this.#order.subarray(this.batch * batchSize, (this.batch + this.#chunk) * batchSize);
  }

  /** The learning rates of the batches that `nextRows` gave. */
  learningRates(rows: Uint32Array): Float64Array {
    const count = Math.ceil(rows.length / this.spec.training.batchSize);
    const reduced = plateauLearningRate(this.spec, this.history);
    if (reduced !== null) return new Float64Array(count).fill(reduced);
    return learningRates(this.spec, this.steps, this.step, count);
  }

  /** Rows of the very first batch: what "before training" looks at. */
  firstBatch(): Uint32Array {
    return epochOrder(this.spec, this.selection.train, 0).subarray(0, this.spec.training.batchSize);
  }

  /** Notes a chunk that was trained and how long its steps took. */
  record(losses: Float32Array, correct: Float32Array, elapsedMs: number): TrainEvent[] {
    const { batchSize } = this.spec.training;
    const accuracies = new Float32Array(losses.length);
    for (const [i, loss] of losses.entries()) {
      const size = Math.min(batchSize, this.selection.train.length - (this.batch + i) * batchSize);
      accuracies[i] = correct[i]! / size;
      this.#sums.loss += loss * size;
      this.#sums.correct += correct[i]!;
      this.#sums.count += size;
    }
    const first = this.step;
    this.batch += losses.length;
    this.step += losses.length;
    this.#trainMs += elapsedMs;
    this.#pace(elapsedMs / losses.length);
    return [{ type: "batches", step: first, losses, accuracies }, this.#progress()];
  }

  mark(): Mark {
    return { batch: this.batch, step: this.step, sums: { ...this.#sums } };
  }

  /** Where the next epoch will begin, once all batches of this one are done. */
  markNextEpoch(): Mark {
    return { batch: 0, step: this.step, sums: { loss: 0, correct: 0, count: 0 } };
  }

  /** Goes back to a place in the epoch under way. */
  rewind({ batch, step, sums }: Mark): void {
    this.batch = batch;
    this.step = step;
    this.#sums = { ...sums };
  }

  /** Where it is now. To be asked between two chunks, when nothing is put in the place of the last weights. */
  place(): RunPlace {
    return {
      ...this.mark(),
      target: this.target,
      elapsedMs: this.elapsedMs,
      epochMs: this.#epochMs,
      trainMs: this.#trainMs,
      history: [...this.history],
      kept: [...this.#kept],
    };
  }

  /** Puts a new run where another was. */
  goTo({ target, elapsedMs, epochMs, trainMs, history, kept, ...mark }: RunPlace): void {
    this.rewind(mark);
    this.target = target;
    this.elapsedMs = elapsedMs;
    this.#epochMs = epochMs;
    this.#trainMs = trainMs;
    this.history = [...history];
    this.#kept = new Map(kept);
  }

  /** Forgets how fast it was: another engine takes over. */
  resetPace(): void {
    this.#chunk = 1;
    this.#msPerStep = 0;
    this.#validationMs = 0;
  }

  /** Adds time that counts as the epoch's: chunks, waits for data, validation; not pauses. */
  addTime(elapsedMs: number): void {
    this.#epochMs += elapsedMs;
    this.elapsedMs += elapsedMs;
  }

  /** The weights at the epoch's end, where they may be asked for later. To be asked before the epoch is closed. */
  async readWeights(engine: Pick<Engine, "readWeights">): Promise<Float32Array[] | null> {
    // In float32.
    const held = this.moments.makeRoom(4 * this.program.parameters);
    return held || this.#mayReturnTo(this.epoch + 1) ? engine.readWeights() : null;
  }

  /**
   * Looks at the epoch that was closed last.
   * @param weights what `readWeights` gave
   * @returns whether early stopping ends the training with it
   */
  watch(weights: Float32Array[] | null): boolean {
    const { spec, history, replayOf } = this;
    if (weights !== null) {
      this.moments.add(this.epoch, weights);
      if (this.#mayReturnTo(this.epoch)) this.#kept.set(this.epoch, weights);
    }
    if (replayOf !== null) return false;
    const stopping = earlyStopping(spec, history);
    for (const epoch of this.#kept.keys())
      if (epoch !== stopping?.best && epoch !== checkpoint(spec, history)?.epoch) this.#kept.delete(epoch);
    return stopping?.stops === true;
  }

  /** Whether an epoch's weights may have to be put back, as far as is known when it ends. */
  #mayReturnTo(epoch: number): boolean {
    const { spec, replayOf } = this;
    if (replayOf !== null) return replayOf.restoredEpoch === epoch;
    return restoresBest(spec) || spec.callbacks.some(({ kind }) => kind === "modelCheckpoint");
  }

  /** The epoch, from 1, whose weights are put back when the training ends by itself; null where none are. */
  get endsWith(): number | null {
    if (this.replayOf !== null) return this.replayOf.restoredEpoch;
    return restoresBest(this.spec) ? earlyStopping(this.spec, this.history)!.best || null : null;
  }

  /** The best epoch, from 1, that was kept, and its weights; null where there is none. */
  get kept(): { epoch: number; weights: Float32Array[] } | null {
    const epoch = keptEpoch(this.spec, this.history);
    return epoch === null ? null : { epoch, weights: this.weightsOf(epoch) };
  }

  /** Weights that were kept. @param epoch from 1 */
  weightsOf(epoch: number): Float32Array[] {
    return this.#kept.get(epoch)!;
  }

  /** Closes the epoch. */
  finishEpoch(validation: { loss: number; accuracy: number } | null, validationMs: number): EpochRecord {
    const { loss, correct, count } = this.#sums;
    const record: EpochRecord = {
      epoch: this.epoch + 1,
      steps: this.steps,
      loss: loss / count,
      accuracy: correct / count,
      valLoss: validation?.loss ?? null,
      valAccuracy: validation?.accuracy ?? null,
      elapsedMs: this.#epochMs,
      msPerStep: this.#trainMs / this.steps,
    };
    this.history.push(record);
    this.#validationMs = validationMs;
    this.batch = 0;
    this.#order = null;
    this.#sums = { loss: 0, correct: 0, count: 0 };
    this.#epochMs = 0;
    this.#trainMs = 0;
    return record;
  }

  /** A moving mean of the time of a step, and from it how many make the next chunk. */
  #pace(msPerStep: number): void {
    this.#msPerStep = this.#msPerStep === 0 ? msPerStep : 0.7 * this.#msPerStep + 0.3 * msPerStep;
    const fitting = Math.floor(CHUNK_MS / Math.max(this.#msPerStep, 0.001));
    // At most doubling: the first chunks hold compilation and say little.
    this.#chunk = Math.min(Math.max(fitting, 1), 2 * this.#chunk, MAX_CHUNK);
  }

  #progress(): TrainEvent {
    const { loss, correct, count } = this.#sums;
    return {
      type: "progress",
      epoch: this.epoch + 1,
      step: this.batch,
      steps: this.steps,
      loss: loss / count,
      accuracy: correct / count,
      msPerStep: this.#msPerStep,
      samplesPerSecond: this.samplesPerSecond,
      etaMs: this.leftMs,
    };
  }
}
