// The weights hash stands for a run: whatever is done on the way, the same experiment ends in the same bits.
import { expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { create, small, trained } from "./testing";
import { hashWeights } from "./weights-hash";

const onWasm = {
  selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
};

/** Twenty epochs of ten steps: long enough to do something on the way. */
const spec = { ...small, training: { ...small.training, epochs: 20 } };

async function hashOfAStraightRun(): Promise<string> {
  const { trainer, recorder } = await trained(spec, onWasm);
  const { hash } = recorder.all("hashed")[0]!;
  expect(hash).toBe(await hashWeights((await trainer.snapshot()).weights));
  return hash;
}

test("pausing, stopping, continuing and predicting in between do not change the hash", async () => {
  const straight = await hashOfAStraightRun();
  const { trainer, recorder } = create(onWasm);
  await trainer.load(spec, "auto", recorder.send);
  const run = trainer.train();
  await recorder.seen("batches");
  await trainer.pause();
  await trainer.predictTest([3, 1, 4]);
  await trainer.resume();
  await recorder.seen("epoch", 2);
  await trainer.predictTest([1, 5, 9]);
  await trainer.evaluate();
  await trainer.stop();
  await run;
  const done = recorder.all("epoch").length;
  expect(done).toBeLessThan(20);
  await trainer.continueTraining(20 - done);
  const hashes = recorder.all("hashed").map(({ hash }) => hash);
  expect(hashes).toHaveLength(2);
  expect(hashes[0]).not.toBe(straight);
  expect(hashes[1]).toBe(straight);
});

test("continuing gives a new hash, and that of a longer run", async () => {
  const short = await trained({ ...spec, training: { ...spec.training, epochs: 8 } }, onWasm);
  await short.trainer.continueTraining(12);
  const [first, second] = short.recorder.all("hashed").map(({ hash }) => hash);
  expect(first).not.toBe(second);
  expect(second).toBe(await hashOfAStraightRun());
});

test("the hash is told before the run is done, and not at all where nothing was trained", async () => {
  const { recorder } = await trained(small, onWasm);
  const told = recorder.events.findIndex(({ type }) => type === "hashed");
  const done = recorder.events.findIndex((event) => event.type === "state" && event.state === "done");
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(done);

  const noImages = { ...mnistFromDisk(), images: () => new Promise<never>(() => {}) };
  const { trainer, recorder: silent } = create({ ...onWasm, openDataset: () => noImages });
  await trainer.load(small, "auto", silent.send);
  const run = trainer.train();
  await silent.seen("engine");
  await trainer.stop();
  await run;
  expect(silent.all("hashed")).toEqual([]);
});
