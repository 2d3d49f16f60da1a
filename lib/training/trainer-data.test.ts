import { expect, test } from "vitest";
import { DataError, type DatasetSource } from "../datasets/source";
import { mnistFromDisk } from "../datasets/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { create, small, trained } from "./testing";

/** Real MNIST that refuses one shard until told otherwise. */
function flaky(split: "train" | "test", bad: number) {
  const source = mnistFromDisk();
  const asked: string[] = [];
  const state = { broken: true, asked };
  const wrapped: DatasetSource = {
    ...source,
    async images(file, shard) {
      asked.push(`${file} ${shard}`);
      if (state.broken && file === split && shard === bad)
        throw new DataError(`Shard ${shard} of the ${file} images could not be fetched: 404.`);
      return source.images(file, shard);
    },
  };
  return { state, wrapped };
}

const twoShards: ExperimentSpec = {
  ...small,
  dataset: { id: "mnist", classes: null, trainLimit: 2000 },
  validation: { split: 0.1, from: "first" },
  training: { epochs: 1, batchSize: 100, shuffle: true },
};

test("a missing shard fails the run with its name; trying again goes on from there and ends the same", async () => {
  const { state, wrapped } = flaky("train", 1);
  const { trainer, recorder } = await trained(twoShards, { openDataset: () => wrapped });
  const [failed] = recorder.all("failed");
  expect(failed!.failure).toMatchObject({ code: "data", resumable: true });
  expect(failed!.failure.message).toBe("Shard 1 of the train images could not be fetched: 404.");
  const before = recorder.all("batches").flatMap(({ losses }) => [...losses]).length;
  expect(before).toBeGreaterThan(0);
  state.broken = false;
  await trainer.continueTraining(1);
  const straight = await trained(twoShards);
  expect((await trainer.snapshot()).weights).toEqual((await straight.trainer.snapshot()).weights);
  expect(recorder.all("batches").flatMap(({ losses }) => [...losses]).length).toBe(18);
  expect(recorder.states.at(-1)).toBe("done");
});

test("a missing test shard leaves the training; trying again makes up for the evaluation alone", async () => {
  const { state, wrapped } = flaky("test", 9);
  const { trainer, recorder } = await trained(small, { openDataset: () => wrapped });
  expect(recorder.all("failed")[0]!.failure).toMatchObject({ code: "data", resumable: true });
  state.broken = false;
  await trainer.continueTraining(0);
  expect(recorder.all("epoch").length).toBe(3);
  expect(recorder.all("tested").length).toBe(1);
});

test("training starts when the first training shard is there, and asks for each shard once", async () => {
  const gates = new Map<string, () => void>();
  const source = mnistFromDisk();
  const order: string[] = [];
  const prefetched: string[] = [];
  const slow: DatasetSource = {
    ...source,
    prefetch: (shards) => prefetched.push(...shards.map(({ split, shard }) => `${split} ${shard}`)),
    async images(split, shard) {
      order.push(`${split} ${shard}`);
      if (split === "train" && shard > 0)
        await new Promise<void>((open) => gates.set(`${split} ${shard}`, open));
      return source.images(split, shard);
    },
  };
  const { trainer, recorder } = create({ openDataset: () => slow });
  await trainer.load(twoShards, "auto", recorder.send);
  const run = trainer.train();
  await recorder.seen("batches");
  // The second shard is held back, so these batches came from the first alone.
  expect(order.filter((name) => name !== "train 1")).toEqual(["train 0"]);
  expect(prefetched.slice(0, 3)).toEqual(["train 1", "test 0", "test 1"]);
  for (;;) {
    await new Promise((done) => setTimeout(done, 20));
    const open = gates.get("train 1");
    if (open === undefined) continue;
    open();
    break;
  }
  await run;
  expect(order.length).toBe(new Set(order).size);
  expect(recorder.states.at(-1)).toBe("done");
});

test("stopping while the data loads gives the experiment back, and Train works afterwards", async () => {
  const source = mnistFromDisk();
  let release: () => void = () => {};
  const hang = new Promise<void>((open) => {
    release = open;
  });
  const { trainer, recorder } = create({
    openDataset: () => ({ ...source, images: async (...args) => hang.then(() => source.images(...args)) }),
  });
  await trainer.load(small, "auto", recorder.send);
  const run = trainer.train();
  await recorder.seen("engine");
  await trainer.stop();
  await run;
  expect(recorder.states).toEqual(["idle", "loading", "idle"]);
  release();
  await trainer.train();
  expect(recorder.states.at(-1)).toBe("done");
});
