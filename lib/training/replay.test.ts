import { expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { ReplayError, replay } from "./replay";
import { type Recorder, small, trained } from "./testing";

const openDataset = () => mnistFromDisk();
const untimed = (recorder: Recorder) =>
  recorder.all("epoch").map(({ record: { elapsedMs, msPerStep, ...rest } }) => rest);

test("a replay is the run again: history, test, weights and hash", async () => {
  const engine = await wasmFromDisk();
  const { trainer, recorder } = await trained(small, {
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
  });
  const epochs: number[] = [];
  const again = await replay(small, {
    openDataset,
    engine: await wasmFromDisk(),
    onEpoch: ({ epoch }) => epochs.push(epoch),
  });
  expect(again.history.map(({ elapsedMs, msPerStep, ...rest }) => rest)).toEqual(untimed(recorder));
  expect(again.test).toEqual(recorder.all("tested")[0]!.result);
  expect(again.weights).toEqual((await trainer.snapshot()).weights);
  expect(again.hash).toBe(recorder.all("hashed")[0]!.hash);
  expect(epochs).toEqual([1, 2, 3]);
});

test("another seed is another run", async () => {
  const hash = async (seed: number) =>
    (await replay({ ...small, seed }, { openDataset, engine: await wasmFromDisk() })).hash;
  expect(await hash(2)).not.toBe(await hash(1));
});

test("a run that fails says why", async () => {
  const spec: ExperimentSpec = { ...small, layers: [{ kind: "dense", units: 10, activation: "softmax" }] };
  const refused = replay(spec, { openDataset, engine: await wasmFromDisk() });
  await expect(refused).rejects.toThrow(ReplayError);
  await expect(refused).rejects.toThrow("Dense needs a flat list of numbers but gets 28×28×1");
});

test("a signal ends it with its reason, before it begins or in the middle", async () => {
  const engine = await wasmFromDisk();
  const reason = new Error("no longer needed");
  await expect(replay(small, { openDataset, engine, signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
  const controller = new AbortController();
  let epochs = 0;
  const run = replay(
    { ...small, training: { ...small.training, epochs: 1000 } },
    {
      openDataset,
      engine,
      signal: controller.signal,
      onEpoch() {
        if (++epochs === 2) controller.abort(reason);
      },
    },
  );
  await expect(run).rejects.toBe(reason);
  expect(epochs).toBeLessThan(1000);
});
