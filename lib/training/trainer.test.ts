import { expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { EngineLostError } from "../engines/engine";
import { ReferenceEngine } from "../engines/reference/engine";
import { createTfjsEngine } from "../engines/tfjs/engine";
import type { ExperimentSpec } from "../spec/experiment";
import { create, type Recorder, small, trained } from "./testing";
import { Trainer } from "./trainer";

test("tells a run from start to end, in the order of the log", async () => {
  const { recorder } = await trained(small);
  const kinds = recorder.events
    .map((event) => event.type)
    .filter((t) => !["batches", "progress", "state"].includes(t));
  expect(kinds).toEqual([
    "samples",
    "engine",
    "before",
    "begin",
    "epoch",
    "epoch",
    "epoch",
    "completed",
    "hashed",
    "tested",
  ]);
  expect(recorder.states).toEqual(["idle", "loading", "training", "done"]);
  expect(recorder.all("samples")[0]).toEqual({
    type: "samples",
    counts: { train: 320, validation: 80, test: 10000 },
    stepsPerEpoch: 10,
  });
  const losses = recorder.all("batches").flatMap(({ losses }) => [...losses]);
  expect(losses.length).toBe(30);
  const [before] = recorder.all("before");
  expect(before!.loss).toBeGreaterThan(2.1);
  expect(before!.loss).toBeLessThan(2.8);
});

test("an epoch's loss and accuracy are the means over its images, a short last batch counted by its size", async () => {
  const spec = { ...small, training: { ...small.training, epochs: 1, batchSize: 48 } };
  const { recorder } = await trained(spec);
  const batches = recorder.all("batches");
  const losses = batches.flatMap(({ losses }) => [...losses]);
  const accuracies = batches.flatMap(({ accuracies }) => [...accuracies]);
  expect(losses.length).toBe(7);
  const mean = (values: number[]) => values.reduce((sum, v, i) => sum + v * (i === 6 ? 32 : 48), 0) / 320;
  const [epoch] = recorder.all("epoch");
  expect(epoch!.record.loss).toBeCloseTo(mean(losses), 5);
  expect(epoch!.record.accuracy).toBeCloseTo(mean(accuracies), 5);
});

test("pausing, stopping in the middle of an epoch and continuing give the same weights as not doing so", async () => {
  const straight = await trained(small);
  const { trainer, recorder } = create();
  await trainer.load(small, "auto", recorder.send);
  const run = trainer.train();
  await recorder.seen("batches");
  await trainer.pause();
  await new Promise((done) => setTimeout(done, 30));
  await trainer.resume();
  await recorder.seen("epoch");
  await trainer.stop();
  await run;
  const done = recorder.all("epoch").length;
  expect(recorder.all("completed")[0]!.stopped).toBe(true);
  await trainer.continueTraining(3 - done);
  expect(recorder.all("epoch").map(({ record }) => record.epoch)).toEqual([1, 2, 3]);
  expect(await trainer.snapshot()).toEqual(await straight.trainer.snapshot());
  const strip = (r: Recorder) => r.all("epoch").map(({ record: { elapsedMs, msPerStep, ...rest } }) => rest);
  expect(strip(recorder)).toEqual(strip(straight.recorder));
});

test("continuing keeps the optimizer's state: 1 + 2 epochs are 3 epochs", async () => {
  const { trainer, recorder } = await trained({ ...small, training: { ...small.training, epochs: 1 } });
  await trainer.continueTraining(2);
  const straight = await trained(small);
  expect((await trainer.snapshot()).weights).toEqual((await straight.trainer.snapshot()).weights);
  expect(recorder.all("begin").map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [1, 3],
  ]);
  await expect(trainer.continueTraining(0.5)).rejects.toThrow(
    "epochs is 0.5; it must be a whole number from 0 to 1000.",
  );
});

test("the seed alone decides the weights", async () => {
  const weights = async (seed: number) =>
    (await (await trained({ ...small, seed })).trainer.snapshot()).weights;
  expect(await weights(1)).toEqual(await weights(1));
  expect(await weights(2)).not.toEqual(await weights(1));
});

test("a paused run does nothing, and its pause does not count as training time", async () => {
  const { trainer, recorder } = create();
  await trainer.load(small, "auto", recorder.send);
  const run = trainer.train();
  await recorder.seen("batches");
  await trainer.pause();
  await new Promise((done) => setTimeout(done, 400));
  const paused = recorder.all("batches").length;
  await new Promise((done) => setTimeout(done, 400));
  expect(recorder.all("batches").length).toBe(paused);
  expect(recorder.states.at(-1)).toBe("paused");
  const resumed = performance.now();
  await trainer.resume();
  await run;
  expect(recorder.all("completed")[0]!.elapsedMs).toBeLessThan(performance.now() - resumed + 300);
  expect(recorder.all("epoch").length).toBe(3);
});

test("a loss that is not finite stops within the batch, keeps the history and says what to try", async () => {
  const spec: ExperimentSpec = {
    ...small,
    layers: [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "linear" }],
    loss: "meanSquaredError",
    optimizer: { kind: "sgd", learningRate: 5, momentum: 0, nesterov: false },
  };
  const { recorder } = await trained(spec);
  const [failed] = recorder.all("failed");
  expect(failed!.failure).toMatchObject({ code: "diverged", resumable: false });
  expect(failed!.failure.message).toMatch(/^The loss became (Infinity|NaN) at step \d+ of epoch \d+: /);
  expect(failed!.failure.advice).toBe("Try a learning rate of 0.5 instead of 5, then press Train.");
  const losses = recorder.all("batches").flatMap(({ losses }) => [...losses]);
  expect(losses.length).toBeGreaterThan(2);
  expect(losses.every(Number.isFinite)).toBe(true);
  const [, step, epoch] = /step (\d+) of epoch (\d+)/.exec(failed!.failure.message)!;
  expect(losses.length).toBe((Number(epoch) - 1) * 10 + Number(step) - 1);
  expect(recorder.states.at(-1)).toBe("failed");
});

test("an experiment with an impossible layer is refused before any engine starts", async () => {
  let started = false;
  const { recorder } = await trained(
    { ...small, layers: [{ kind: "dense", units: 10, activation: "softmax" }] },
    {
      selectEngine: async () => {
        started = true;
        throw new Error("must not be reached");
      },
    },
  );
  expect(recorder.all("failed")[0]!.failure).toMatchObject({ code: "invalid" });
  expect(started).toBe(false);
});

test("a lost device is said plainly, and the next Train starts a new engine", async () => {
  let engines = 0;
  const { trainer, recorder } = create({
    selectEngine: async () => {
      const engine = new ReferenceEngine();
      if (engines++ === 0)
        engine.train = async () => {
          throw new EngineLostError("driver reset");
        };
      return { engine, reports: [], alternatives: [] };
    },
  });
  await trainer.load(small, "auto", recorder.send);
  await trainer.train();
  expect(recorder.all("failed")[0]!.failure).toMatchObject({
    code: "deviceLost",
    message: "The GPU went away: driver reset.",
  });
  await trainer.train();
  expect([engines, recorder.states.at(-1)]).toEqual([2, "done"]);
});

test("two classes and one sigmoid unit make a binary task that is learned", async () => {
  const spec: ExperimentSpec = {
    ...small,
    dataset: { id: "mnist", classes: [0, 1], trainLimit: 600 },
    layers: [{ kind: "flatten" }, { kind: "dense", units: 1, activation: "sigmoid" }],
    loss: "binaryCrossentropy",
    optimizer: { kind: "sgd", learningRate: 0.1, momentum: 0.9, nesterov: false },
  };
  const { trainer, recorder } = await trained(spec);
  expect(recorder.all("tested")[0]!.result.accuracy).toBeGreaterThan(0.99);
  const { images, labels, probabilities } = await trainer.predictTest([0, 1, 2, 3, 2114]);
  expect([images.length, labels.length, probabilities.length]).toEqual([5 * 784, 5, 10]);
  for (let i = 0; i < 5; i++) {
    expect([0, 1]).toContain(labels[i]);
    expect(probabilities[2 * i]! + probabilities[2 * i + 1]!).toBeCloseTo(1, 6);
  }
  expect(await trainer.predict(images)).toEqual(probabilities);
});

test("predictions may be asked for while it trains, and do not change the run", async () => {
  const { trainer, recorder } = create();
  await trainer.load(small, "auto", recorder.send);
  const run = trainer.train();
  await recorder.seen("batches");
  const { probabilities } = await trainer.predictTest([5, 6, 7]);
  expect(probabilities.length).toBe(30);
  await run;
  const straight = await trained(small);
  expect((await trainer.snapshot()).weights).toEqual((await straight.trainer.snapshot()).weights);
});

test("events come about five times a second, whatever the batch time", async () => {
  const engine = await createTfjsEngine("tfjs-wasm", "test");
  const calls: number[] = [];
  const trainer = new Trainer({
    openDataset: () => mnistFromDisk(),
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
    now: () => performance.now(),
  });
  await trainer.load({ ...small, dataset: { ...small.dataset, trainLimit: 20000 } }, "auto", (events) => {
    if (events.every(({ type }) => type === "batches" || type === "progress")) calls.push(performance.now());
  });
  await trainer.train();
  expect(calls.length).toBeGreaterThan(2);
  const gaps = calls.slice(1).map((time, i) => time - calls[i]!);
  expect(Math.min(...gaps)).toBeGreaterThan(150);
  engine.dispose();
});

test("loading something that is no experiment is refused and leaves the trainer usable", async () => {
  const { trainer, recorder } = create();
  await expect(trainer.load({ version: 1 }, "auto", recorder.send)).rejects.toThrow("dataset is missing");
  await trainer.load(small, "auto", recorder.send);
  await trainer.train();
  expect(recorder.states.at(-1)).toBe("done");
});
