// For tests only: runs that were really trained, on real MNIST and our own engine, as the page would submit them.

import type { DatasetSource } from "../../datasets/source";
import { mnistFromDisk } from "../../datasets/testing";
import { wasmFromDisk } from "../../engines/wasm/testing";
import { recordWith } from "../../metrics/testing";
import { sha256Of } from "../../sha256";
import type { PublishedRun } from "../../share/published-run";
import { atOnce } from "../../share/testing";
import { encodeWeights } from "../../share/weights";
import { type ExperimentSpec, parseExperiment } from "../../spec/experiment";
import { firstRun } from "../../spec/presets/first-run";
import { buildProgram } from "../../spec/program";
import { replay } from "../../training/replay";

export interface Trained {
  published: PublishedRun;
  weights: Float32Array[];
  /** As they are sent. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** The first lesson's network on its first images: trained in a tenth of a second. */
export const quickExperiment = (changes: object = {}): ExperimentSpec =>
  parseExperiment({
    ...firstRun,
    title: "Quick",
    dataset: { id: "mnist", trainLimit: 2000 },
    training: { epochs: 1 },
    ...changes,
  });

/** A run of these weights, whoever made them. */
export async function runWith(
  experiment: ExperimentSpec,
  weights: Float32Array[],
  run: Partial<PublishedRun["run"]>,
  environment: Partial<PublishedRun["run"]["environment"]> = {},
): Promise<Trained> {
  const bytes = atOnce(encodeWeights(weights, "float32", buildProgram(experiment)));
  const sha256 = await sha256Of(bytes);
  const record = recordWith({ experiment, ...run }, { weightsHash: sha256, ...environment });
  const description = { encoding: "float32", sizeBytes: bytes.length, sha256, testAccuracy: 0.9 } as const;
  return { published: { version: 1, run: record, weights: description }, weights, bytes };
}

/** Trains an experiment. @param source other images than MNIST's own */
export async function trained(
  experiment: ExperimentSpec,
  source: DatasetSource = mnistFromDisk(),
): Promise<Trained> {
  const engine = await wasmFromDisk();
  try {
    const { weights, history, restoredEpoch } = await replay(experiment, {
      openDataset: () => source,
      engine,
    });
    const steps = history.reduce((sum, epoch) => sum + epoch.steps, 0);
    const stride = 2 ** Math.max(0, Math.ceil(Math.log2(steps / 300)));
    const means = Array.from({ length: Math.ceil(steps / stride) }, (_, i) => 1 / (i + 1));
    const series = { steps, stride, means };
    const curves = { loss: series, accuracy: series };
    const restored = restoredEpoch === null ? {} : { restoredEpoch };
    return await runWith(experiment, weights, { history, steps, curves, ...restored });
  } finally {
    engine.dispose();
  }
}
