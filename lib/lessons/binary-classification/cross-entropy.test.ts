import { expect, test } from "vitest";
import { mnistFromDisk } from "../../datasets/testing";
import { wasmFromDisk } from "../../engines/wasm/testing";
import { parseExperiment } from "../../spec/experiment";
import { create } from "../../training/testing";
import { type Answer, costOf, lossOf } from "./cross-entropy";
import { logistic } from "./experiments";

test("a loss is minus the logarithm of what the truth was given", () => {
  expect(lossOf({ f: 0.5, y: 1 })).toBeCloseTo(Math.LN2, 12);
  expect(lossOf({ f: 0.99, y: 1 })).toBeCloseTo(0.01005, 5);
  expect(lossOf({ f: 0.99, y: 0 })).toBeCloseTo(4.60517, 5);
  expect(lossOf({ f: 0, y: 1 })).toBeCloseTo(16.118, 3);
  expect(lossOf({ f: 0, y: 0 })).toBeCloseTo(0, 6);
});

test("the cost of a network's own answers is the loss that the engine tells", async () => {
  const source = mnistFromDisk();
  const engine = await wasmFromDisk();
  const { trainer, recorder } = create({
    openDataset: () => source,
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
  });
  const spec = parseExperiment({ ...logistic, dataset: { ...logistic.dataset, trainLimit: 400 } });
  await trainer.load(spec, "auto", recorder.send);
  await trainer.train();
  const rows = Array.from({ length: 2115 }, (_, row) => row);
  const { labels, probabilities } = await trainer.predictTest(rows);
  const answers = Array.from(
    labels,
    (label, i): Answer => ({ f: probabilities[2 * i + 1]!, y: label === 1 ? 1 : 0 }),
  );
  expect(costOf(answers)).toBeCloseTo(recorder.all("tested")[0]!.result.loss, 5);
});
