// The Engine port: typed arrays only, no tensor leaves an engine. The trainer owns order and data; an engine
// gets the images once, as bytes, and batches by index.
import type { AugmentationSpec, OptimizerSpec } from "../spec/experiment";
import type { Program } from "../spec/program";
import type { Split } from "../spec/samples";

export const engineIds = ["wasm", "tfjs-webgpu", "tfjs-webgl", "tfjs-wasm", "tfjs-cpu", "reference"] as const;
export type EngineId = (typeof engineIds)[number];

export const engineNames: Record<EngineId, string> = {
  wasm: "WebAssembly SIMD",
  "tfjs-webgpu": "TensorFlow.js WebGPU",
  "tfjs-webgl": "TensorFlow.js WebGL",
  "tfjs-wasm": "TensorFlow.js WebAssembly",
  "tfjs-cpu": "TensorFlow.js JavaScript",
  reference: "Reference",
};

/** "auto" takes the first of the order that works on this device. */
export type EngineChoice = EngineId | "auto";

export interface EngineInfo {
  id: EngineId;
  /** For the log's "Engine: <name> (<device or reason>)". */
  name: string;
  device: string;
}

/** Why an engine is used or not, for the panel. */
export interface EngineReport {
  id: EngineId;
  name: string;
  available: boolean;
  /** The device where available, else why not. */
  reason: string;
  /** Training images a second, measured on the experiment at hand; null where it was not measured. */
  samplesPerSecond: number | null;
}

/** An engine that may turn out faster than the one that was started. Nothing of it is downloaded yet. */
export interface Alternative {
  id: EngineId;
  /** Downloads, starts and checks it: the engine, which is the caller's to dispose, or why it is not to be used. */
  start(): Promise<Engine | string>;
}

export interface EngineSelection {
  engine: Engine;
  reports: readonly EngineReport[];
  /** What "auto" should measure once the run is under way; empty where a choice was made. */
  alternatives: readonly Alternative[];
}

/** How a file's bytes are laid out: `rows` images of `rowBytes`; a network sees byte / scale. */
export interface DataLayout {
  rows: number;
  rowBytes: number;
  scale: number;
}

export interface CompileOptions {
  program: Program;
  optimizer: OptimizerSpec;
  /** What is done to the images of each training batch, never to those that are evaluated. */
  augmentation: readonly AugmentationSpec[];
  /** Initial weights, one array per entry of `program.weights`; copied. */
  weights: readonly Float32Array[];
  /** Goes on from where a run was, with `weights` being its own; from the beginning where left out. */
  resume?: Omit<EngineState, "weights">;
  /** Seeds the dropout masks and the augmentation. */
  seed: number;
  /** The largest batch that `train` will be called with. */
  batchSize: number;
}

/** All that a run needs to go on elsewhere, on this engine or another. */
export interface EngineState {
  weights: Float32Array[];
  /** The optimizer's state: arrays like `weights` for each of its slots; empty ones for weights that are not trained. */
  slots: Float32Array[][];
  /** Training steps done. */
  step: number;
}

export interface TrainResult {
  /** Mean loss of each batch, before its step. Shorter than asked if a loss was not finite: that one is the last. */
  losses: Float32Array;
  /** Right answers in each batch. */
  correct: Float32Array;
}

export interface EvaluateResult {
  loss: number;
  /** A share, 0 to 1. */
  accuracy: number;
}

export interface Engine {
  readonly info: EngineInfo;
  /** Makes room for both files. Nothing is uploaded yet. */
  allocate(layouts: Record<Split, DataLayout>): void;
  /** Copies images into rows `firstRow`…; each row is uploaded once and kept until `dispose`. */
  upload(split: Split, firstRow: number, images: Uint8Array): void;
  /** The class number of every row of a file. */
  setLabels(split: Split, labels: Uint8Array): void;
  /** Takes a program with its first weights; forgets the former one, the optimizer's state and the step count. */
  compile(options: CompileOptions): void;
  /**
   * Trains on consecutive batches of `batchSize` rows (the last may be shorter).
   * @param learningRates one for each batch
   * @throws EngineLostError if the device went away
   */
  train(rows: Uint32Array, batchSize: number, learningRates: Float64Array): Promise<TrainResult>;
  /** Mean loss and accuracy in inference mode (no dropout, moving averages instead of the batch's). */
  evaluate(split: Split, rows: Uint32Array): Promise<EvaluateResult>;
  /** The network's outputs for images given as bytes, row-major [images, outputs], in inference mode. */
  predict(images: Uint8Array): Promise<Float32Array>;
  /** A copy of the weights, in the order of `program.weights`. */
  readWeights(): Promise<Float32Array[]>;
  /** A copy of the weights, the optimizer's state and the step count. */
  readState(): Promise<EngineState>;
  /** What the engine holds on its device, for leak tests and the panel. */
  memory(): { tensors: number; bytes: number };
  dispose(): void;
}

/** An engine that also tells its gradients, without a step: what others are compared with. */
export interface GradientEngine extends Engine {
  /** Mean loss of one batch in training mode, and its gradient by every entry of `program.weights`. */
  gradients(
    split: Split,
    rows: Uint32Array,
  ): { result: { loss: number; correct: number }; gradients: readonly Float64Array[] };
}

/** The device that an engine ran on is gone (driver reset, tab in the background, GPU unplugged). */
export class EngineLostError extends Error {
  override name = "EngineLostError";
}
