import { expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { createTfjsEngine } from "../engines/tfjs/engine";
import { wasmFromDisk } from "../engines/wasm/testing";
import { whyNoReplay } from "../metrics/replayable";
import type { RunRecord } from "../metrics/run-record";
import type { ExperimentSpec } from "../spec/experiment";
import { type Checkpoint, replay, replayRecord } from "./replay";
import { create, small, trained } from "./testing";

const stopping = { kind: "earlyStopping", monitor: "valLoss", patience: 2, minDelta: 0 } as const;

/** Learns 240 images by heart at a high rate: its validation loss rises before long. */
const restless: ExperimentSpec = {
  ...small,
  dataset: { ...small.dataset, trainLimit: 300 },
  optimizer: { ...small.optimizer, learningRate: 0.02 } as ExperimentSpec["optimizer"],
  training: { ...small.training, epochs: 40 },
  callbacks: [{ ...stopping, restoreBestWeights: true }],
};

const onWasm = async () => {
  const engine = await wasmFromDisk();
  return { selectEngine: async () => ({ engine, reports: [], alternatives: [] }), engine };
};

test("early stopping ends the run and puts the best epoch's weights back, to the bit", async () => {
  const parts = await onWasm();
  const { trainer, recorder } = await trained(restless, parts);
  const history = recorder.all("epoch").map(({ record }) => record);
  const [completed] = recorder.all("completed");
  const losses = history.map(({ valLoss }) => valLoss!);
  const best = losses.indexOf(Math.min(...losses)) + 1;
  expect(history.length).toBeLessThan(40);
  expect(history.length).toBe(best + 2);
  expect(completed).toMatchObject({ stopped: true, restoredEpoch: best });

  // The run that ends at the best epoch by itself has the same weights, and so the same validation loss.
  const upToBest = { ...restless, callbacks: [], training: { ...restless.training, epochs: best } };
  const again = await trained(upToBest, await onWasm());
  expect((await trainer.snapshot()).weights).toEqual((await again.trainer.snapshot()).weights);
  const validation = Uint32Array.from({ length: 60 }, (_, row) => row);
  expect((await parts.engine.evaluate("train", validation)).loss).toBe(losses[best - 1]);
  expect(recorder.all("tested")[0]).toEqual(again.recorder.all("tested")[0]);
});

test("without restoring, the last epoch's weights stay", async () => {
  const spec: ExperimentSpec = { ...restless, callbacks: [{ ...stopping, restoreBestWeights: false }] };
  const { trainer, recorder } = await trained(spec);
  const epochs = recorder.all("epoch").length;
  expect(recorder.all("completed")[0]!.restoredEpoch).toBeNull();
  const plain = await trained({ ...spec, callbacks: [], training: { ...spec.training, epochs } });
  expect((await trainer.snapshot()).weights).toEqual((await plain.trainer.snapshot()).weights);
});

/** The wasm engine's validation loss of the weights that it has now. */
const lossNow = async ({ engine }: Awaited<ReturnType<typeof onWasm>>) => {
  const validation = Uint32Array.from({ length: 60 }, (_, row) => row);
  return (await engine.evaluate("train", validation)).loss;
};

test("all epochs done, early stopping still puts the best one's weights back", async () => {
  const spec = { ...restless, training: { ...restless.training, epochs: 8 } };
  const { recorder } = await trained({
    ...spec,
    callbacks: [{ ...stopping, patience: 8, restoreBestWeights: true }],
  });
  const losses = recorder.all("epoch").map(({ record }) => record.valLoss!);
  const best = losses.indexOf(Math.min(...losses)) + 1;
  expect(best).toBeLessThan(8);
  expect(recorder.all("completed")[0]).toMatchObject({ stopped: false, restoredEpoch: best });
});

test("what is stopped early goes on from where the training was, with its patience back", async () => {
  const { trainer, recorder } = await trained(restless, await onWasm());
  const before = recorder.all("epoch").length;
  await trainer.continueTraining(1);
  expect(recorder.all("epoch").length).toBe(before + 1);
  expect(recorder.states.at(-1)).toBe("done");
  // As if nothing had been put back: the next epoch is the one of a run without early stopping.
  const epochs = before + 1;
  const plain = await trained(
    { ...restless, callbacks: [], training: { ...restless.training, epochs } },
    await onWasm(),
  );
  const last = (from: typeof recorder) => from.all("epoch").at(-1)!.record.valLoss;
  expect(last(recorder)).toBe(last(plain.recorder));
});

test("a checkpoint's weights are loaded afterwards, give that epoch's validation loss to the bit, and can be left again", async () => {
  const parts = await onWasm();
  const spec: ExperimentSpec = {
    ...restless,
    training: { ...restless.training, epochs: 10 },
    callbacks: [{ kind: "modelCheckpoint", monitor: "valLoss" }],
  };
  const { trainer, recorder } = await trained(spec, parts);
  const losses = recorder.all("epoch").map(({ record }) => record.valLoss!);
  const best = losses.indexOf(Math.min(...losses)) + 1;
  expect(best).toBeLessThan(10);
  expect(recorder.all("completed")[0]!.restoredEpoch).toBeNull();
  expect(await lossNow(parts)).toBe(losses.at(-1));

  await trainer.loadBest();
  expect(await lossNow(parts)).toBe(losses[best - 1]);
  expect(recorder.all("restored")).toEqual([{ type: "restored", epoch: best }]);
  expect(recorder.all("tested")).toHaveLength(2);
  const hashes = recorder.all("hashed").map(({ hash }) => hash);
  expect(new Set(hashes).size).toBe(2);

  await trainer.continueTraining(0);
  expect(await lossNow(parts)).toBe(losses.at(-1));
  expect(recorder.all("hashed").at(-1)!.hash).toBe(hashes[0]);
});

test("on TensorFlow.js, too, the best epoch's weights are put back", async () => {
  const engine = await createTfjsEngine("tfjs-cpu", "CPU");
  const { recorder } = await trained(restless, {
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
  });
  const losses = recorder.all("epoch").map(({ record }) => record.valLoss!);
  const { restoredEpoch } = recorder.all("completed")[0]!;
  const { loss } = await engine.evaluate(
    "train",
    Uint32Array.from({ length: 60 }, (_, row) => row),
  );
  expect(restoredEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
  expect(loss).toBeCloseTo(losses[restoredEpoch! - 1]!, 6);
});

test("nothing is loaded where no epoch was kept", async () => {
  const { trainer } = await trained(small);
  await expect(trainer.loadBest()).rejects.toThrow("No epoch was kept");
});

const openDataset = () => mnistFromDisk();

const recordOf = (history: RunRecord["history"], changes: object): RunRecord =>
  ({
    experiment: restless,
    history,
    steps: history.length * 8,
    environment: { engine: { id: "wasm", name: "WebAssembly SIMD", device: "" } },
    ...changes,
  }) as unknown as RunRecord;

/** Trains a record again, broken off and taken up anew as often as can be. */
async function replayedInPieces(record: RunRecord) {
  const checkpoints: Checkpoint[] = [];
  const options = { openDataset, onProgress: () => {}, checkpointMs: 0 };
  const first = await replayRecord(record, {
    ...options,
    engine: await wasmFromDisk(),
    from: null,
    onCheckpoint: async (checkpoint) => void checkpoints.push(checkpoint),
  });
  const last = await replayRecord(record, {
    ...options,
    engine: await wasmFromDisk(),
    from: checkpoints.at(-1) ?? null,
    onCheckpoint: async () => {},
  });
  expect(last.hash).toBe(first.hash);
  return { ...first, checkpoints };
}

test("a replay of a run that was stopped early comes out the same, and so does one of its last weights", async () => {
  const run = await replay(restless, { openDataset, engine: await wasmFromDisk() });
  const { length } = run.history;
  const record = recordOf(run.history, { restoredEpoch: length - 2 });
  expect(whyNoReplay(record)).toBeNull();
  const again = await replayedInPieces(record);
  expect(again.hash).toBe(run.hash);
  // Up to the epoch whose weights are kept it can be broken off.
  expect(again.checkpoints).toHaveLength(length - 3);

  // Stopped by hand one epoch earlier, it has no restored weights, and early stopping is none of the replay's business.
  const shorter = recordOf(run.history.slice(0, -1), {});
  expect(whyNoReplay(shorter)).toBeNull();
  const plain = { ...restless, callbacks: [], training: { ...restless.training, epochs: length - 1 } };
  const other = await replay(plain, { openDataset, engine: await wasmFromDisk() });
  expect((await replayedInPieces(shorter)).hash).toBe(other.hash);
});

test("the page's replay trains as many epochs as there were, and ends in the weights that were put back", async () => {
  const run = await replay(restless, { openDataset, engine: await wasmFromDisk() });
  const { length } = run.history;
  const { trainer, recorder } = create(await onWasm());
  const replayOf = { epochs: length, restoredEpoch: length - 2 };
  await trainer.load(restless, "wasm", recorder.send, { replayOf });
  await trainer.train();
  expect(recorder.all("epoch")).toHaveLength(length);
  expect(recorder.all("hashed")[0]!.hash).toBe(run.hash);
});

test("a plateau lowers the learning rate from the next epoch on", async () => {
  const plateau = {
    kind: "reduceLROnPlateau",
    monitor: "valLoss",
    factor: 0.1,
    patience: 0,
    minDelta: 1,
    cooldown: 0,
    minLearningRate: 0,
  } as const;
  const { engine } = await onWasm();
  const rates: number[] = [];
  const train = engine.train.bind(engine);
  engine.train = (rows, batchSize, learningRates) => {
    rates.push(...learningRates);
    return train(rows, batchSize, learningRates);
  };
  await trained(
    { ...small, callbacks: [plateau] },
    { selectEngine: async () => ({ engine, reports: [], alternatives: [] }) },
  );
  const each = (rate: number) => Array.from({ length: 10 }, () => rate);
  // Nothing improves by 1, so that every epoch after the first lowers it.
  expect(rates).toEqual([...each(0.001), ...each(0.001), ...each(0.001 * 0.1)]);
});
