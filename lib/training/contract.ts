// What crosses the bridge between the page and the worker: types only, so that both sides can import it.
import type { ProxyMarked } from "comlink";
import type { EngineChoice, EngineInfo, EngineReport, EvaluateResult } from "../engines/engine";
import type { EpochRecord } from "../metrics/history";
import type { ExperimentSpec } from "../spec/experiment";
import type { SampleCounts } from "../spec/samples";

export type { EngineChoice, EngineInfo, EngineReport, EpochRecord, EvaluateResult };

export type RunState = "idle" | "loading" | "training" | "paused" | "done" | "failed";

/** Expected failures are values; `advice` says what to do next. */
export interface RunFailure {
  code: "diverged" | "data" | "engine" | "deviceLost" | "invalid" | "worker";
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
  /** The epochs are over or were stopped; the test evaluation follows. */
  | { type: "completed"; elapsedMs: number; stopped: boolean }
  /** SHA-256 of the weights as they are now, in hexadecimal; see weights-hash. */
  | { type: "hashed"; hash: string }
  | { type: "tested"; result: EvaluateResult }
  | { type: "failed"; failure: RunFailure };

/** Called about five times a second with what happened since. */
export type Listener = ((events: TrainEvent[]) => void) & ProxyMarked;

export interface Predictions {
  /** Bytes of the images, row-major. */
  images: Uint8Array;
  labels: Uint8Array;
  /** [images, classes]; one sigmoid output is given as [1 − p, p]. */
  probabilities: Float32Array;
}

export interface Snapshot {
  weights: Float32Array[];
  epoch: number;
}

export interface TrainerApi {
  /** Sets the listener, the experiment and the engine wish; ends the former run. Nothing is downloaded yet. */
  load(spec: ExperimentSpec, engine: EngineChoice, listener: Listener): Promise<void>;
  /** Trains from new weights. Resolves when the run is over, failed runs included. */
  train(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends after the present batch; where it stopped is kept for `continueTraining`. */
  stop(): Promise<void>;
  /** Goes on for `epochs` more, weights and optimizer state kept; a broken-off epoch is finished as one of them. */
  continueTraining(epochs: number): Promise<void>;
  evaluate(): Promise<EvaluateResult>;
  /** Predicts on rows of the test file; rows that the class filter leaves out are replaced by ones it keeps. */
  predictTest(rows: readonly number[]): Promise<Predictions>;
  /** Predicts on images given as bytes in the data set's layout. */
  predict(images: Uint8Array): Promise<Float32Array>;
  snapshot(): Promise<Snapshot>;
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
  /** The network's outputs for images given as bytes in the data set's layout, row-major. Works without a network. */
  predict(images: Uint8Array): Promise<Float32Array>;
  /** As `TrainerApi.predictTest`. */
  predictTest(rows: readonly number[]): Promise<Predictions>;
  /** Loss and accuracy on the test file. */
  evaluate(): Promise<EvaluateResult>;
}

/** All that the worker answers to. */
export interface WorkerApi {
  trainer: TrainerApi & ProxyMarked;
  network: NetworkApi & ProxyMarked;
}
