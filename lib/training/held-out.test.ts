import { expect, test } from "vitest";
import { DataError } from "../datasets/source";
import { mnistFromDisk } from "../datasets/testing";
import { create, small } from "./testing";
import type { TrainerParts } from "./trainer";

async function heldOut(parts: Partial<TrainerParts> = {}) {
  const created = create(parts);
  await created.trainer.load(small, "auto", created.recorder.send, { holdOut: true });
  await created.trainer.train();
  return created;
}

test("a held-out run is not tested until somebody asks, and then once", async () => {
  const { trainer, recorder } = await heldOut();
  expect(recorder.states.at(-1)).toBe("done");
  expect(recorder.all("hashed")).toHaveLength(1);
  expect(recorder.all("tested")).toEqual([]);
  await trainer.openTest();
  await trainer.openTest();
  expect(recorder.all("tested").map(({ result }) => result)).toEqual([await trainer.evaluate()]);
  expect(recorder.states.at(-1)).toBe("done");
});

test("nobody sees its test images before: they are neither measured nor shown", async () => {
  const { trainer } = await heldOut();
  await expect(trainer.evaluate()).rejects.toThrow("The test images are locked");
  await expect(trainer.predictTest([0])).rejects.toThrow("The test images are locked");
  expect(await trainer.predict(new Uint8Array(784))).toHaveLength(10);
  await trainer.openTest();
  expect((await trainer.predictTest([0])).labels).toHaveLength(1);
});

test("it stays locked while it is trained on; once open, it is tested like any other", async () => {
  const { trainer, recorder } = await heldOut();
  await trainer.continueTraining(1);
  expect(recorder.all("tested")).toEqual([]);
  await trainer.openTest();
  await trainer.continueTraining(1);
  expect(recorder.all("tested")).toHaveLength(2);
  // Another training begins anew, and is locked again.
  await trainer.train();
  expect(recorder.all("tested")).toHaveLength(2);
  await expect(trainer.evaluate()).rejects.toThrow("locked");
});

test("where the test images do not come, they can be asked for again", async () => {
  const source = mnistFromDisk();
  let broken = true;
  const openDataset = () => ({
    ...source,
    images: async (...args: Parameters<typeof source.images>) => {
      if (broken && args[0] === "test") throw new DataError("Test shard 0 could not be loaded: 404.");
      return source.images(...args);
    },
  });
  const { trainer, recorder } = await heldOut({ openDataset });
  await trainer.openTest();
  expect(recorder.all("failed")[0]!.failure).toMatchObject({ code: "data", resumable: true });
  broken = false;
  await trainer.openTest();
  expect(recorder.all("tested")).toHaveLength(1);
});

test("there is nothing to open before a training", async () => {
  const { trainer, recorder } = create();
  await trainer.load(small, "auto", recorder.send, { holdOut: true });
  await expect(trainer.openTest()).rejects.toThrow("Train first");
});
