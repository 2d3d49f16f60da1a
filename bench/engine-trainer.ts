// Ours: an engine behind its port, called as the trainer calls it.
import type { Engine } from "../lib/engines/engine";
import { parseExperiment } from "../lib/spec/experiment";
import { buildProgram, initialWeights } from "../lib/spec/program";
import { LEARNING_RATE, PIXELS } from "./cases";
import type { Prepare } from "./contender";

/** @param create starts the engine */
export const engineTrainer =
  (create: () => Promise<Engine>): Prepare =>
  async ({ layers, batchSize, train, test }) => {
    const { optimizer, ...spec } = parseExperiment({
      version: 1,
      dataset: { id: "mnist" },
      layers,
      optimizer: { kind: "adam", learningRate: LEARNING_RATE },
      training: { batchSize },
    });
    const program = buildProgram({ ...spec, optimizer });
    const engine = await create();
    const layout = { rowBytes: PIXELS, scale: 255 };
    engine.allocate({
      train: { ...layout, rows: train.labels.length },
      test: { ...layout, rows: test.labels.length },
    });
    for (const [split, { images, labels }] of [
      ["train", train],
      ["test", test],
    ] as const) {
      engine.upload(split, 0, images);
      engine.setLabels(split, labels);
    }
    const weights = initialWeights(program, spec.seed);
    engine.compile({ program, optimizer, augmentation: [], weights, seed: spec.seed, batchSize });
    let next: Uint32Array;
    return {
      take(rows) {
        next = rows;
      },
      async train() {
        const steps = next.length / batchSize;
        const { losses } = await engine.train(next, batchSize, new Float64Array(steps).fill(LEARNING_RATE));
        return losses.reduce((sum, loss) => sum + loss, 0) / steps;
      },
      async evaluate(count) {
        const { accuracy } = await engine.evaluate(
          "test",
          Uint32Array.from({ length: count }, (_, row) => row),
        );
        return Math.round(accuracy * count);
      },
    };
  };
