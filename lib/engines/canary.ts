// One small fixed training step whose gradients are known: an engine that gets them wrong is not used.
import { bitsAt, streamKey } from "../random";
import { parseExperiment } from "../spec/experiment";
import { sizeOf } from "../spec/ops";
import { buildProgram, initialWeights } from "../spec/program";
import { canaryGradients } from "./canary-gradients";
import type { Engine } from "./engine";

const SEED = 7;
const IMAGES = 8;
/** Relative to the largest gradient; half-precision GPUs stay under it, wrong kernels do not. */
const TOLERANCE = 2e-3;

const spec = parseExperiment({
  version: 1,
  dataset: { id: "mnist" },
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 6, activation: "leakyRelu" },
    { kind: "dropout", rate: 0.25 },
    { kind: "dense", units: 5, activation: "elu" },
    { kind: "dense", units: 5, activation: "tanh" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  optimizer: { kind: "sgd", learningRate: 1 },
  seed: SEED,
});

/**
 * Runs the step on `engine`, which holds no data yet, and leaves its program compiled.
 * @returns every gradient but the first kernel's (its 784 × 6 numbers are the product of what is compared)
 */
export async function runCanary(engine: Engine): Promise<Float32Array> {
  const program = buildProgram(spec);
  const rowBytes = sizeOf(program.input);
  const layout = { rows: IMAGES, rowBytes, scale: 255 };
  const key = streamKey(SEED, "weights", 1000);
  const images = Uint8Array.from({ length: IMAGES * rowBytes }, (_, i) => bitsAt(key, i) & 255);
  engine.allocate({ train: layout, test: layout });
  engine.upload("train", 0, images);
  engine.setLabels(
    "train",
    Uint8Array.from({ length: IMAGES }, (_, i) => i),
  );
  const weights = initialWeights(program, SEED);
  engine.compile({ program, optimizer: spec.optimizer, weights, seed: SEED, batchSize: IMAGES });
  await engine.train(
    Uint32Array.from({ length: IMAGES }, (_, i) => i),
    IMAGES,
    1,
  );
  const after = await engine.readWeights();
  // With plain SGD at rate 1 the step is the gradient.
  return Float32Array.from(
    after.slice(1).flatMap((array, i) => [...array].map((w, k) => weights[i + 1]![k]! - w)),
  );
}

/** Compares an engine's gradients with the stored ones; null, or what is wrong in one sentence. */
export async function checkCanary(engine: Engine): Promise<string | null> {
  const gradients = await runCanary(engine);
  const largest = canaryGradients.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (gradients.length !== canaryGradients.length) return "its gradients have the wrong shape";
  for (const [i, expected] of canaryGradients.entries()) {
    const error = Math.abs(gradients[i]! - expected) / largest;
    if (!(error <= TOLERANCE)) return `its gradients are off by ${(100 * error).toFixed(1)} % in a test step`;
  }
  return null;
}
