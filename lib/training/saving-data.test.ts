import { beforeAll, expect, test } from "vitest";
import { createLoader } from "../datasets/loader";
import { createServer, origin, packMnist, type RealData } from "../datasets/testing/server";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { create, small } from "./testing";

let data: RealData;
beforeAll(async () => {
  data = await packMnist();
}, 60_000);

/** More than the first megabyte has. */
const spec: ExperimentSpec = {
  ...small,
  dataset: { id: "mnist", classes: null, trainLimit: 12_000 },
  training: { ...small.training, epochs: 1 },
};

/** A trainer with our own engine, of a page that saves data. */
async function visit() {
  const server = createServer(data);
  const engine = await wasmFromDisk();
  const { trainer, recorder } = create({
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
    openDataset: (dataset, onProgress, quick) =>
      createLoader(dataset, { fetch: server.fetch, caches: null, origin, onProgress, quick }),
  });
  const loaded = (saveData: boolean) => trainer.load(spec, "wasm", recorder.send, { saveData });
  const asked = () => recorder.all("asking").map(({ asks }) => asks);
  return { trainer, recorder, loaded, asked };
}

test("it trains on the first images, asks, waits, and then comes to what it would have come to", async () => {
  const saving = await visit();
  await saving.loaded(true);
  const run = saving.trainer.train();
  await saving.recorder.seen("asking");
  await expect.poll(() => saving.recorder.all("batches").length).toBeGreaterThan(2);
  await new Promise((done) => setTimeout(done, 300));
  expect(saving.recorder.all("epoch")).toHaveLength(0);
  const { loadedBytes, totalBytes } = saving.recorder.all("waiting").at(-1)!;
  expect(loadedBytes).toBeLessThan(1_000_000);
  expect(totalBytes).toBeGreaterThan(2_000_000);

  await saving.trainer.allowData();
  await run;
  expect(saving.asked()).toEqual([true, false]);
  const straight = await visit();
  await straight.loaded(false);
  await straight.trainer.train();
  expect(straight.asked()).toEqual([]);
  expect(await saving.trainer.snapshot()).toEqual(await straight.trainer.snapshot());
}, 30_000);

test("a run that is stopped meanwhile asks on, for the images that it is tested on", async () => {
  const { trainer, recorder, loaded, asked } = await visit();
  await loaded(true);
  const run = trainer.train();
  await recorder.seen("asking");
  await recorder.seen("batches");
  const over = trainer.stop();
  await recorder.seen("completed");
  expect(asked()).toEqual([true]);
  await trainer.allowData();
  await Promise.all([run, over]);
  expect(recorder.all("tested")).toHaveLength(1);
}, 30_000);
