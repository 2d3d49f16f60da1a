// What crosses the bridge between the page and the worker: types only, so that both sides can import it.
import type { ProxyMarked } from "comlink";
import type { EngineChoice, EngineInfo, EngineReport, EngineState, EvaluateResult } from "../engines/engine";
import type { LensApi } from "../lens/contract";
import type { GradientNorm } from "../metrics/gradients";
import type { EpochRecord } from "../metrics/history";
import type { Series } from "../metrics/series";
import type { ExperimentSpec } from "../spec/experiment";
import type { SampleCounts } from "../spec/samples";

export type { EngineChoice, EngineInfo, EngineReport, EpochRecord, EvaluateResult };

export type RunState = "idle" | "loading" | "training" | "paused" | "done" | "failed";

/** Expected failures are values; `advice` says what to do next. */
export interface RunFailure {
  code: "diverged" | "data" | "engine" | "deviceLost" | "invalid" | "worker" | "elsewhere";
  message: string;
  advice: string;
  /** From 1; 0 before the first epoch. */
  epoch: number;
  /** True where "Try again" goes on from here without losing anything. */
  resumable: boolean;
}

export type TrainEvent =
  | { type: "state"; state: RunState }
  | { type: "waiting"; what: string; loadedBytes: number; totalBytes: number }
  | { type: "samples"; counts: SampleCounts; stepsPerEpoch: number }
  /** Which engine trains, and what is known of the others; told again whenever either changes. */
  | { type: "engine"; engine: EngineInfo; reports: readonly EngineReport[] }
  | { type: "before"; loss: number; accuracy: number }
  /** A run begins or goes on: epochs `from`+1 … `to`. */
  | { type: "begin"; from: number; to: number }
  /** Batch metrics since the last event; `step` (from 0, over the whole run) is that of the first. */
  | { type: "batches"; step: number; losses: Float32Array; accuracies: Float32Array }
  | {
      type: "progress";
      epoch: number;
      step: number;
      steps: number;
      /** Running means over this epoch's batches. */
      loss: number;
      accuracy: number;
      msPerStep: number;
      samplesPerSecond: number;
      etaMs: number;
    }
  | { type: "epoch"; record: EpochRecord }
  /** Somebody saves data: whether the rest of it waits to be allowed. */
  | { type: "asking"; asks: boolean }
  /** The browser had stopped the worker for so long, as it does with pages that nobody sees; it goes on by itself. */
  | { type: "frozen"; elapsedMs: number }
  /** The epochs are over or were stopped; the test evaluation follows. */
  | {
      type: "completed";
      elapsedMs: number;
      /** By somebody, or by early stopping. */
      stopped: boolean;
      /** The epoch, from 1, whose weights early stopping put back; null where they are the last one's. */
      restoredEpoch?: number | null;
    }
  /** The weights of this epoch, from 1, were put in the place of the last ones because somebody asked for them. */
  | { type: "restored"; epoch: number }
  /** SHA-256 of the weights as they are now, in hexadecimal; see weights-hash. */
  | { type: "hashed"; hash: string }
  | { type: "tested"; result: EvaluateResult }
  | { type: "failed"; failure: RunFailure }
  /** A run that was kept is there again: what was told of it before, and its curves. */
  | { type: "reopened"; story: readonly StoryEvent[]; loss: Series; accuracy: Series }
  /** It goes on from there: in this epoch, from 1, of which so many steps are done. */
  | { type: "resumed"; epoch: number; step: number }
  /** The run trains on, but a reload would lose it: why, in a sentence. */
  | { type: "unkept"; reason: string };

/** What a run's history, log and status are made of: all that is told of it but the batches, which its curves hold. */
export type StoryEvent = Extract<TrainEvent, { type: StoryKind }>;
export type StoryKind =
  | "samples"
  | "engine"
  | "before"
  | "begin"
  | "progress"
  | "epoch"
  | "frozen"
  | "completed"
  | "restored"
  | "hashed"
  | "tested"
  | "resumed";

/** Called about five times a second with what happened since. */
export type Listener = ((events: TrainEvent[]) => void) & ProxyMarked;

export interface Predictions {
  /** Bytes of the images, row-major. */
  images: Uint8Array;
  labels: Uint8Array;
  /** [images, classes]; one sigmoid output is given as [1 − p, p]. */
  probabilities: Float32Array;
}

/** A run that is to come out as a former one did. */
export interface ReplayOf {
  /** How many it had: early stopping neither ends this run nor lets it go on. */
  epochs: number;
  /** The epoch, from 1, whose weights it ended with; null where they were the last one's. */
  restoredEpoch: number | null;
}

/** A run that is kept while it is on, so that a reload, a crash or a killed tab loses only seconds of it. */
export interface KeepOptions {
  /** Tells it apart from every other run of this browser. */
  id: string;
  /** The page that it is on: it is offered again there. */
  place: string;
  /** What it is called there. */
  title: string;
  /** The published run that its experiment was forked from. */
  forkedFrom: string | null;
}

export interface LoadOptions {
  /** Keeps the test images locked until `openTest`: the run is not tested at its end, and none of them is shown. */
  holdOut?: boolean;
  /** Downloads the first images alone, and the rest after `allowData`. */
  saveData?: boolean;
  replayOf?: ReplayOf;
  /** Left out, nothing is kept. */
  keep?: KeepOptions;
  /** What the weights of its epochs may take, to look back at; left out, none of them are held. */
  momentsBytes?: number;
}

/** The epochs of a run whose weights are held. */
export interface HeldMoments {
  /** From the first on; 0 is before the first step. */
  epochs: number[];
  /** Held are the epochs that this divides, and the latest; a power of two. */
  every: number;
  /** What they take. */
  bytes: number;
  budgetBytes: number;
}

export interface Snapshot {
  weights: Float32Array[];
  epoch: number;
}

/** All that the next step depends on, but its batch. */
export interface TrainingState extends EngineState {
  /** Of the next step. */
  learningRate: number;
}

export interface TrainerApi {
  /** Sets the listener, the experiment and the engine wish; ends the former run. Nothing is downloaded yet. */
  load(spec: ExperimentSpec, engine: EngineChoice, listener: Listener, options?: LoadOptions): Promise<void>;
  /** Trains from new weights. Resolves when the run is over, failed runs included. */
  train(): Promise<void>;
  /** The whole data set may be downloaded, where only the first images were. */
  allowData(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends after the present batch; where it stopped is kept for `continueTraining`. */
  stop(): Promise<void>;
  /**
   * Goes on for `epochs` more from where the training was, weights and optimizer state kept, also where a better epoch's
   * weights were put in their place; a broken-off epoch is finished as one of them.
   */
  continueTraining(epochs: number): Promise<void>;
  /** Goes on with the run that `load` named in `keep`, from where it was kept last; another tab that has it gives it up. */
  resumeKept(): Promise<void>;
  /** Keeps where the run is at the next chance, as the page may be about to go away. */
  keepNow(): Promise<void>;
  /** Puts the weights of the best epoch that was kept in the place of the last ones, and tests them unless held out. */
  loadBest(): Promise<void>;
  /** Tests the weights that are there, where that was not done; from then on the test images are open to the run. */
  openTest(): Promise<void>;
  /** @throws Error while the test images are locked */
  evaluate(): Promise<EvaluateResult>;
  /**
   * Predicts on rows of the test file; rows that the class filter leaves out are replaced by ones it keeps.
   * @throws Error while the test images are locked
   */
  predictTest(rows: readonly number[]): Promise<Predictions>;
  /**
   * Predicts on images given as bytes in the data set's layout, row-major.
   * @returns [images, classes]; one sigmoid output is given as [1 − p, p]
   */
  predict(images: Uint8Array): Promise<Float32Array>;
  snapshot(): Promise<Snapshot>;
  /** Copies of the weights and of the optimizer's state as they are now. */
  state(): Promise<TrainingState>;
  /** Which epochs of the run may be looked back at. @throws Error where there is no run */
  moments(): Promise<HeldMoments>;
  /**
   * The weights that an epoch ended with, or the first ones for 0; null where they are not held, or not any more.
   * @throws Error where there is no run
   */
  momentAt(epoch: number): Promise<Float32Array[] | null>;
  /** For leak tests. */
  memory(): Promise<{ tensors: number; bytes: number }>;
}

/** A network that was trained before, here or elsewhere: it answers, and does not train on. */
export interface NetworkApi {
  /**
   * Takes an experiment with its trained weights. Nothing of the data set is downloaded yet.
   * @param weights one array per entry of the program's weights
   * @throws ParseError, or RangeError where the weights are not this network's
   */
  open(spec: ExperimentSpec, weights: Float32Array[]): Promise<void>;
  /** As `TrainerApi.predict`. Works offline. */
  predict(images: Uint8Array): Promise<Float32Array>;
  /** As `TrainerApi.predictTest`. */
  predictTest(rows: readonly number[]): Promise<Predictions>;
  /** Loss and accuracy on the test file. */
  evaluate(): Promise<EvaluateResult>;
}

/** A batch of an experiment's training images, and the weights to look at it with. */
export interface LabBatch {
  spec: ExperimentSpec;
  /** One array per entry of the program's weights; the experiment's first ones where left out. */
  weights?: Float32Array[];
  /** Places among the images that the experiment trains on, from 0; the first batch of its first epoch where left out. */
  rows?: readonly number[];
}

/** One weight array in a step of plain gradient descent; what is not trained has none. */
export interface StepArray {
  /** As the program names it: "dense_1/kernel". */
  name: string;
  /** Index of its layer in the experiment. */
  layer: number;
  shape: readonly number[];
  /** W, row-major. */
  weights: Float32Array;
  /** ∂J/∂W, from the reference engine: another implementation, in float64. */
  gradients: Float64Array;
  /** W − α·∂J/∂W, by that formula in float64. */
  expected: Float64Array;
  /** W′, what the engine's own step made of W. */
  stepped: Float32Array;
  /** The largest of |expected − stepped|. */
  largestDifference: number;
}

export interface GradientStep {
  /** The engine that made the step. */
  engine: EngineInfo;
  learningRate: number;
  /** How many images J is the mean over. */
  images: number;
  /** J, before the step and after it, on the same images and with the same dropout masks. */
  loss: number;
  lossAfter: number;
  arrays: StepArray[];
  /** Over all arrays. */
  largestDifference: number;
}

export interface GradientNorms {
  engine: EngineInfo;
  /** The batch's mean loss. */
  loss: number;
  /** In the order of the program's weights, without those that are not trained. */
  arrays: GradientNorm[];
}

/** The weights of a network on one number: x → L1 = w1·x + b1 → S = sigmoid(L1) → L2 = w2·S + b2. */
export interface TinyWeights {
  w1: number;
  b1: number;
  w2: number;
  b2: number;
}

export interface TinyQuestion extends TinyWeights {
  x: number;
  /** What L2 should be. The engine's labels are whole numbers. */
  y: 0 | 1;
  /** α of the step that is tried; 0.1 where left out. */
  learningRate?: number;
}

/** All of it computed by the engine, in float32. */
export interface TinyAnswer {
  engine: EngineInfo;
  /** The question's numbers as float32 has them. */
  x: number;
  weights: TinyWeights;
  l1: number;
  s: number;
  l2: number;
  /** ℓ = ½(y − L2)². */
  loss: number;
  /**
   * The engine's mean squared error: the mean of (output − target)² over outputs and images, here of the one output of
   * one image, and so 2ℓ.
   */
  meanSquaredError: number;
  /** ∂ℓ/∂w1 and so on: half of what the engine has for its mean squared error. */
  gradients: TinyWeights;
  /** The weights after one step down ℓ, w − α·∂ℓ/∂w, as the engine made it, and ℓ there. */
  stepped: TinyWeights;
  lossAfter: number;
}

/** Answers about small computations, with the real engine. No run is touched by them. */
export interface LabApi {
  /**
   * One step of plain gradient descent on one batch, by the formula and by the engine. Images are not augmented.
   * @throws ParseError or RunError where the experiment cannot be trained, RangeError for weights, rows or a learning
   * rate that do not fit, DataError
   */
  gradientStep(batch: LabBatch & { learningRate: number }): Promise<GradientStep>;
  /** How large each weight array's gradient is on one batch. @throws as `gradientStep` does */
  gradients(batch: LabBatch): Promise<GradientNorms>;
  /** A network of four weights, forwards, backwards and one step on. @throws RangeError for what is no finite number */
  tiny(question: TinyQuestion): Promise<TinyAnswer>;
}

/** All that the worker answers to. */
export interface WorkerApi {
  trainer: TrainerApi & ProxyMarked;
  network: NetworkApi & ProxyMarked;
  lab: LabApi & ProxyMarked;
  lens: LensApi & ProxyMarked;
}
