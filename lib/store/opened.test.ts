// Runs that are opened, and runs that are trained again: with the real trainer, network and engine in this process.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { whyNoReplay } from "../metrics/replayable";
import type { RunRecord } from "../metrics/run-record";
import { parseExperiment } from "../spec/experiment";
import type { NetworkClient, TrainerClient } from "../training/client";
import { Network } from "../training/network";
import { small } from "../training/testing";
import { Trainer } from "../training/trainer";
import { recordOf } from "./record";
import { replayRun, replayStore, stopReplay } from "./replay";
import {
  continueTraining,
  evaluateTest,
  loadBest,
  openRun,
  openTrained,
  predict,
  predictTest,
  readWeights,
  reset,
  runStore,
  train,
} from "./run";
import { specStore } from "./spec";

const alive = { trainers: 0, networks: 0 };
/** Images come when it has resolved. */
let delivery: Promise<void> = Promise.resolve();

/** Keeps whatever loads at loading. @returns lets it go on */
function holdImages(): () => void {
  let deliver = () => {};
  delivery = new Promise((resolve) => {
    deliver = resolve;
  });
  return deliver;
}

vi.mock("../training/client", () => {
  const selectEngine = async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] });
  const openDataset = () => {
    const disk = mnistFromDisk();
    return {
      ...disk,
      images: (...shard: Parameters<typeof disk.images>) => delivery.then(() => disk.images(...shard)),
    };
  };
  return {
    createTrainerClient(): TrainerClient {
      const trainer = new Trainer({ openDataset, selectEngine, now: () => performance.now() });
      alive.trainers += 1;
      return Object.assign(trainer, {
        dispose() {
          alive.trainers -= 1;
          void trainer.stop();
        },
      });
    },
    createNetworkClient(): NetworkClient {
      alive.networks += 1;
      return Object.assign(new Network({ openDataset, selectEngine }), {
        dispose() {
          alive.networks -= 1;
        },
      });
    },
  };
});

/** A real run of the page's, with its record and weights. */
async function trained(spec = small): Promise<{ record: RunRecord; weights: readonly Float32Array[] }> {
  specStore.setState({ spec, forkedFrom: null });
  await train();
  const record = recordOf(runStore.getState(), "computer")!;
  return { record, weights: (await readWeights())! };
}

beforeEach(() => {
  vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => {} });
});
afterEach(async () => {
  stopReplay();
  reset();
  vi.unstubAllGlobals();
  await vi.waitFor(() => expect(alive).toEqual({ trainers: 0, networks: 0 }));
});

describe("a run that is opened", () => {
  test("is there at once, answers when its weights are, and scores what it scored", async () => {
    const { record, weights } = await trained();
    const before = await predictTest([1, 2, 3]);
    const opening = openRun(record, new Promise((come) => setTimeout(() => come(weights), 20)));
    expect(runStore.getState()).toMatchObject({
      state: "done",
      opened: true,
      hash: record.environment.weightsHash,
    });
    // Asked before the weights came, answered when they did.
    expect(await predictTest([1, 2, 3])).toEqual(before);
    await opening;
    expect(await evaluateTest()).toEqual(record.test);
    expect(await predict(before!.images.subarray(0, 784))).toEqual(before!.probabilities.subarray(0, 10));
    expect(await readWeights()).toEqual(weights);
  });

  test("does not train on; Train begins anew", async () => {
    const { record, weights } = await trained();
    await openRun(record, weights);
    await continueTraining(1);
    expect(runStore.getState().history).toHaveLength(record.history.length);
    await train();
    expect(runStore.getState()).toMatchObject({
      opened: false,
      state: "done",
      hash: record.environment.weightsHash,
    });
  });

  test("says why where its weights are another network's, and answers nothing", async () => {
    const { record } = await trained();
    await expect(openRun(record, [new Float32Array(1)])).rejects.toThrow("not this network's");
    expect(await predictTest([0])).toBeNull();
    await expect(openRun(record, Promise.reject(new Error("did not come")))).rejects.toThrow("did not come");
  });

  test("may be a network alone, as a capsule brings it", async () => {
    const { record, weights } = await trained();
    await openTrained(record.experiment, weights);
    expect(runStore.getState()).toMatchObject({ opened: true, history: [], test: null });
    expect(await evaluateTest()).toEqual(record.test);
  });

  test("gives way to the next: what the former one says is not heard", async () => {
    const { record, weights } = await trained();
    const deliver = holdImages();
    const first = openRun(record, weights);
    const asked = predictTest([5]);
    // Two imports at the same time would miss the stand-in.
    await vi.waitFor(() => expect(alive.networks).toBe(1));
    const second = openTrained(record.experiment, weights);
    deliver();
    await Promise.all([first, second]);
    expect(await asked).toBeNull();
  });
});

describe("a run that is trained again", () => {
  test("is identical where it is the same to the bit, also where it was continued", async () => {
    const { record } = await trained();
    await replayRun(record);
    expect(replayStore.getState()).toMatchObject({
      state: "identical",
      hash: record.environment.weightsHash,
    });
    expect(replayStore.getState().history.map(({ loss }) => loss)).toEqual(
      record.history.map(({ loss }) => loss),
    );

    await continueTraining(1);
    const longer = recordOf(runStore.getState(), "computer")!;
    expect(longer.history).toHaveLength(4);
    await replayRun(longer);
    expect(replayStore.getState()).toMatchObject({
      state: "identical",
      hash: longer.environment.weightsHash,
    });
  });

  test("is identical where its best weights were put back, and where they were left again", async () => {
    const { record: last } = await trained({
      ...small,
      dataset: { ...small.dataset, trainLimit: 300 },
      optimizer: { ...small.optimizer, learningRate: 0.02 } as typeof small.optimizer,
      training: { ...small.training, epochs: 10 },
      callbacks: [{ kind: "modelCheckpoint", monitor: "valLoss" }],
    });
    await loadBest();
    const best = recordOf(runStore.getState(), "computer")!;
    expect(best.restoredEpoch).toBeLessThan(10);
    expect(best.environment.weightsHash).not.toBe(last.environment.weightsHash);
    await replayRun(best);
    expect(replayStore.getState()).toMatchObject({
      state: "identical",
      hash: best.environment.weightsHash,
    });

    await continueTraining(1);
    const longer = recordOf(runStore.getState(), "computer")!;
    expect([longer.restoredEpoch, longer.history.length]).toEqual([undefined, 11]);
    await replayRun(longer);
    expect(replayStore.getState().state).toBe("identical");
  });

  test("is different where the record claims other weights", async () => {
    const { record } = await trained();
    await replayRun({ ...record, environment: { ...record.environment, weightsHash: "0".repeat(64) } });
    expect(replayStore.getState()).toMatchObject({
      state: "different",
      hash: record.environment.weightsHash,
    });
  });

  test("can be stopped, and forgets then", async () => {
    const { record } = await trained();
    const deliver = holdImages();
    const on = replayRun(record);
    await vi.waitFor(() => expect(alive.trainers).toBe(2));
    expect(replayStore.getState().state).toBe("loading");
    stopReplay();
    deliver();
    await on;
    expect(replayStore.getState().state).toBe("idle");
  });

  test("says why it fails", async () => {
    const { record } = await trained();
    const experiment = parseExperiment({
      ...small,
      layers: [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "linear" }],
      loss: "meanSquaredError",
      optimizer: { kind: "sgd", learningRate: 5 },
    });
    await replayRun({ ...record, experiment });
    expect(replayStore.getState().state).toBe("failed");
    expect(replayStore.getState().failure).toMatch(
      /^The loss became .* Try a learning rate of 0.5 instead of 5/,
    );
  });

  test("is not offered where it cannot come out the same", async () => {
    const { record } = await trained();
    expect(whyNoReplay(record)).toBeNull();
    expect(whyNoReplay({ ...record, steps: record.steps - 1 })).toMatch(/stopped within an epoch/);
    const { environment } = record;
    const gpu = { id: "tfjs-webgpu", name: "TensorFlow.js WebGPU", device: "a GPU" };
    expect(whyNoReplay({ ...record, environment: { ...environment, engine: gpu } })).toMatch(
      /^It was trained on TensorFlow.js WebGPU/,
    );
  });
});
