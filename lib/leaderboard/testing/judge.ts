// For tests only: judging in this process, on real MNIST.
import { mnistFromDisk } from "../../datasets/testing";
import { wasmFromDisk } from "../../engines/wasm/testing";
import { mnist } from "../../spec/datasets/mnist";
import { replayRecord } from "../../training/replay";
import type { Evaluate, Judge } from "../judge";
import { createMeasure } from "../measure";

/** @param secret draws the hidden set */
export async function testJudge(secret: string): Promise<Judge> {
  let evaluate: Promise<Evaluate> | undefined;
  const measuring = async () =>
    createMeasure({ engine: await wasmFromDisk(), source: mnistFromDisk(), dataset: mnist, secret });
  return {
    async evaluate(spec, weights) {
      evaluate ??= measuring();
      return (await evaluate)(spec, weights);
    },
    async replay(record, options) {
      const engine = await wasmFromDisk();
      try {
        return await replayRecord(record, { ...options, openDataset: () => mnistFromDisk(), engine });
      } finally {
        engine.dispose();
      }
    },
    async warmUp() {
      evaluate ??= measuring();
      await evaluate;
    },
  };
}
