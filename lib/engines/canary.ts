// Small fixed training steps whose gradients are known: an engine that gets them wrong is not used.
import { bitsAt, streamKey } from "../random";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { sizeOf } from "../spec/ops";
import { buildProgram, initialWeights } from "../spec/program";
import { convolutionalGradients, denseGradients } from "./canary-gradients";
import type { Engine } from "./engine";

const SEED = 7;
const IMAGES = 8;
/** Relative to the largest gradient; half-precision GPUs stay under it, wrong kernels do not. */
const TOLERANCE = 2e-3;

export interface Canary {
  spec: ExperimentSpec;
  /** Weights that are too many to store; what is compared depends on theirs. */
  skipped: number;
  /** What the reference says of all others, in order. */
  gradients: readonly number[];
}

const common = {
  version: 1,
  dataset: { id: "mnist" },
  optimizer: { kind: "sgd", learningRate: 1 },
  seed: SEED,
};

export const canaries: readonly Canary[] = [
  {
    spec: parseExperiment({
      ...common,
      layers: [
        { kind: "flatten" },
        { kind: "dense", units: 6, activation: "leakyRelu" },
        { kind: "dropout", rate: 0.25 },
        { kind: "dense", units: 5, activation: "elu" },
        { kind: "dense", units: 5, activation: "tanh" },
        { kind: "dense", units: 10, activation: "softmax" },
      ],
    }),
    skipped: 1,
    gradients: denseGradients,
  },
  {
    spec: parseExperiment({
      ...common,
      layers: [
        { kind: "conv2d", filters: 4, kernelSize: 3, strides: 2, padding: "same", activation: "leakyRelu" },
        { kind: "maxPooling2d" },
        { kind: "batchNormalization", momentum: 0.9 },
        { kind: "conv2d", filters: 3, kernelSize: 3, activation: "tanh" },
        { kind: "averagePooling2d", poolSize: 3 },
        { kind: "flatten" },
        { kind: "dense", units: 10, activation: "softmax" },
      ],
    }),
    skipped: 0,
    gradients: convolutionalGradients,
  },
];

/**
 * Runs the step on `engine`, and leaves its program compiled.
 * @returns by how much plain SGD at rate 1 lowers each weight that is not skipped: its gradient, or for a moving
 * average how far it moved
 */
export async function runCanary(engine: Engine, { spec, skipped }: Canary): Promise<Float32Array> {
  const program = buildProgram(spec);
  const rowBytes = sizeOf(program.input);
  const layout = { rows: IMAGES, rowBytes, scale: 255 };
  const key = streamKey(SEED, "weights", 1000);
  const images = Uint8Array.from({ length: IMAGES * rowBytes }, (_, i) => bitsAt(key, i) & 255);
  const rows = Uint32Array.from({ length: IMAGES }, (_, i) => i);
  engine.allocate({ train: layout, test: layout });
  engine.upload("train", 0, images);
  engine.setLabels("train", Uint8Array.from(rows));
  const weights = initialWeights(program, SEED);
  const { optimizer, augmentation } = spec;
  engine.compile({ program, optimizer, augmentation, weights, seed: SEED, batchSize: IMAGES });
  await engine.train(rows, IMAGES, Float64Array.of(1));
  const after = await engine.readWeights();
  return Float32Array.from(
    weights.slice(skipped).flatMap((array, i) => [...array].map((w, k) => w - after[skipped + i]![k]!)),
  );
}

/** Compares an engine's gradients with the stored ones; null, or what is wrong in one sentence. */
export async function checkCanary(engine: Engine): Promise<string | null> {
  for (const canary of canaries) {
    const gradients = await runCanary(engine, canary);
    const largest = canary.gradients.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    if (gradients.length !== canary.gradients.length) return "its gradients have the wrong shape";
    for (const [i, expected] of canary.gradients.entries()) {
      const error = Math.abs(gradients[i]! - expected) / largest;
      if (!(error <= TOLERANCE))
        return `its gradients are off by ${(100 * error).toFixed(1)} % in a test step`;
    }
  }
  return null;
}
