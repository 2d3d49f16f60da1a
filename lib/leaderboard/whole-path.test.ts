import { beforeAll, describe, expect, test } from "vitest";
import { sourceInMemory } from "../datasets/memory";
import { mnistFromDisk } from "../datasets/testing";
import { mnist } from "../spec/datasets/mnist";
import { buildProgram, initialWeights } from "../spec/program";
import type { Judge } from "./judge";
import { createWholeBoard } from "./testing/board";
import { SECRET } from "./testing/entrance";
import { testJudge } from "./testing/judge";
import { createPlayer } from "./testing/players";
import { quickExperiment, runWith, type Trained, trained } from "./testing/trained";

/** Of a climb by probing. 200 were tried too, which takes half a minute. */
const TRIES = 40;

let judge: Judge;
let first: Trained;
let second: Trained;

beforeAll(async () => {
  judge = await testJudge(SECRET);
  first = await trained(quickExperiment());
  second = await trained(quickExperiment({ seed: 2 }));
}, 60_000);

const bodyOf = async (response: Response) => ({ status: response.status, ...(await response.json()) });

/** The network's hidden units of the first layer in another order, each larger by some factor and smaller again. */
function disguised({ weights }: Trained): Float32Array[] {
  const copy = weights.map((array) => array.slice());
  const [inner, bias, outer] = copy as [Float32Array, Float32Array, Float32Array];
  const [units, next] = [bias.length, outer.length / bias.length];
  for (let j = 0; j < units; j++) {
    const [from, factor] = [(j + 5) % units, 0.3 + (j % 7)];
    for (let i = 0; i < 784; i++) inner[i * units + j] = weights[0]![i * units + from]! * factor;
    bias[j] = weights[1]![from]! * factor;
    for (let k = 0; k < next; k++) outer[j * next + k] = weights[2]![from * next + k]! / factor;
  }
  return copy;
}

/** Each weight a little off, by a share of its array's spread. */
function noisy(weights: readonly Float32Array[], share: number, seed: number): Float32Array[] {
  let state = seed;
  const draw = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (2 * state) / 0x7fffffff - 1;
  };
  return weights.map((array) => {
    const spread = Math.sqrt(array.reduce((sum, weight) => sum + weight * weight, 0) / array.length);
    return array.map((weight) => weight + share * spread * draw());
  });
}

const withWeights = (run: Trained, weights: Float32Array[]) =>
  runWith(run.published.run.experiment, weights, {
    history: run.published.run.history,
    steps: run.published.run.steps,
    curves: run.published.run.curves,
  });

describe("a run on its way through the board", () => {
  test("is received and scored at once, then trained again and proved without anyone asking", async () => {
    const board = createWholeBoard(judge);
    const player = await createPlayer();
    const answer = await bodyOf(await board.send(player, first, "accuracy", "Ada"));
    expect(answer).toMatchObject({
      status: 201,
      state: "scored",
      entry: { player: "Ada", proof: "pending", rank: null },
    });
    expect(answer.entry.score).toBeGreaterThan(0.7);
    expect(answer.entry.cleanAccuracy).toBeGreaterThan(answer.entry.score);
    expect(await board.status.readSubmission(answer.id)).toMatchObject({
      state: "scored",
      entry: { rank: 11 },
    });

    await board.settle();
    expect(await board.status.readSubmission(answer.id)).toMatchObject({
      state: "replayed",
      entry: { rank: 1, proof: "replayed", score: answer.entry.score },
    });
    expect(await board.kept("leaderboard/1/queue/")).toEqual([]);
    const again = await bodyOf(await board.send(player, first, "accuracy", "Ada"));
    expect(again).toEqual({ ...answer, status: 200 });
  });

  test("leaves the board, with the reason, where its weights are not what its experiment gives", async () => {
    const board = createWholeBoard(judge);
    const forged = await withWeights(first, second.weights);
    const { id } = await bodyOf(await board.send(await createPlayer(), forged));
    expect((await board.lists.read("accuracy"))!.evaluated).toHaveLength(1);
    await board.settle();
    expect(await board.status.readSubmission(id)).toMatchObject({
      state: "removed",
      reason: expect.stringMatching(/^Trained again here, the experiment gave other weights/),
      entry: { rank: null },
    });
    const { replayed, evaluated } = (await board.lists.read("accuracy"))!;
    expect([replayed, evaluated]).toEqual([[], []]);
  });

  test("stays evaluated, and says why, where it was trained on a GPU", async () => {
    const board = createWholeBoard(judge);
    const { run } = first.published;
    const engine = { id: "tfjs-webgpu", name: "TensorFlow.js WebGPU", device: "a GPU" };
    const onGpu = await runWith(run.experiment, first.weights, { ...run }, { engine });
    const { id } = await bodyOf(await board.send(await createPlayer(), onGpu));
    await board.settle();
    expect(await board.status.readSubmission(id)).toMatchObject({
      state: "evaluated",
      reason: expect.stringContaining("rounds differently from device to device"),
      entry: { rank: 11 },
    });
  });

  test("is scored by what its weights do, whatever it claims: random weights about 10 %", async () => {
    const board = createWholeBoard(judge);
    const { experiment } = first.published.run;
    const random = await withWeights(first, initialWeights(buildProgram(experiment), 99));
    const { entry } = await bodyOf(await board.send(await createPlayer(), random));
    expect(Math.abs(entry.score - 0.1)).toBeLessThan(0.06);
  });

  test("stays off golf below 97 %, and says so", async () => {
    const answer = await bodyOf(await createWholeBoard(judge).send(await createPlayer(), first, "golf"));
    expect(answer).toMatchObject({ status: 422, error: { code: "disqualified" } });
    expect(answer.error.message).toMatch(
      /^It reads \d\d\.\d\d % of the hidden images right; golf begins at 97.00 %\.$/,
    );
  });
});

describe("a network that is another entry's", () => {
  test("is refused however it was disguised, and the first one stands", async () => {
    const board = createWholeBoard(judge);
    const { id } = await bodyOf(await board.send(await createPlayer(), first));
    const copies = [
      first.weights,
      disguised(first),
      noisy(first.weights, 0.001, 1),
      noisy(first.weights, 0.01, 2),
    ];
    for (const weights of copies) {
      const answer = await bodyOf(await board.send(await createPlayer(), await withWeights(first, weights)));
      expect(answer).toMatchObject({ status: 409, error: { code: "copied" } });
      expect(answer.error.message).toContain(`as entry ${id.slice(0, 8)}, and the first one stands`);
    }
    expect((await bodyOf(await board.send(await createPlayer(), second))).status).toBe(201);
    expect((await board.lists.read("accuracy"))!.evaluated).toHaveLength(2);
  });

  test("is refused to all but one of ten who send it at once", async () => {
    const board = createWholeBoard(judge);
    const players = await Promise.all(Array.from({ length: 10 }, () => createPlayer()));
    const answers = await Promise.all(
      players.map(async (player) => (await board.send(player, first)).status),
    );
    expect(answers.toSorted()).toEqual([201, ...Array(9).fill(409)]);
    expect((await board.lists.read("accuracy"))!.evaluated).toHaveLength(1);
  });

  test("gains nothing from tries beside it: each is the same network to the board", async () => {
    const board = createWholeBoard(judge);
    const player = await createPlayer();
    const layers = [
      { kind: "flatten" },
      { kind: "dense", units: 8, activation: "relu" },
      { kind: "dense", units: 10, activation: "softmax" },
    ];
    const small = await trained(quickExperiment({ layers }));
    expect((await bodyOf(await board.send(player, small))).status).toBe(201);
    const statuses = new Set<number>();
    for (let i = 0; i < TRIES; i++) {
      const probe = await withWeights(small, noisy(small.weights, 0.01, 1000 + i));
      statuses.add((await board.send(player, probe)).status);
    }
    expect([...statuses]).toEqual([409]);
  }, 120_000);
});

test("a network that was trained on the test images is flagged, and no proof of it comes", async () => {
  const disk = mnistFromDisk();
  const labels = await disk.labels("test");
  const images = new Uint8Array(784 * labels.length);
  for (let shard = 0; shard < 10; shard++) images.set(await disk.images("test", shard), shard * 784_000);
  const six = (bytes: Uint8Array) => {
    const all = new Uint8Array(6 * bytes.length);
    for (let i = 0; i < 6; i++) all.set(bytes, i * bytes.length);
    return all;
  };
  const [allImages, allLabels] = [six(images), six(labels)];
  const cheat = await trained(
    quickExperiment({ dataset: { id: "mnist" }, validation: { split: 0 }, training: { epochs: 2 } }),
    sourceInMemory(mnist, {
      images: async (split) => (split === "train" ? allImages : images),
      labels: async (split) => (split === "train" ? allLabels : labels),
    }),
  );
  const board = createWholeBoard(judge);
  const { id, entry } = await bodyOf(await board.send(await createPlayer(), cheat));
  expect(entry.cleanAccuracy).toBeGreaterThan(0.99);
  expect(entry.flagged).toMatch(/a network that was trained on the test images\.$/);
  await board.settle();
  expect(await board.status.readSubmission(id)).toMatchObject({ state: "removed" });
}, 60_000);

test("a run whose best weights were put back is proved by them, and not by those that it ended with", async () => {
  const callbacks = [{ kind: "earlyStopping", monitor: "valLoss", patience: 2, restoreBestWeights: true }];
  const best = await trained(
    quickExperiment({
      ...{ callbacks, dataset: { id: "mnist", trainLimit: 500 }, training: { epochs: 60, batchSize: 16 } },
      optimizer: { kind: "adam", learningRate: 0.01 },
    }),
  );
  const { restoredEpoch, ...record } = best.published.run;
  expect(record.history.length).toBeLessThan(60);
  expect(restoredEpoch).toBe(record.history.length - 2);
  const board = createWholeBoard(judge);
  const { id } = await bodyOf(await board.send(await createPlayer(), best));
  await board.settle();
  expect(await board.status.readSubmission(id)).toMatchObject({ state: "replayed", entry: { rank: 1 } });

  // The same weights as those of the last epoch, which they are not.
  const claimed = await runWith(record.experiment, best.weights, record);
  const other = createWholeBoard(judge);
  const wrong = await bodyOf(await other.send(await createPlayer(), claimed));
  await other.settle();
  expect(await other.status.readSubmission(wrong.id)).toMatchObject({ state: "removed" });
}, 60_000);

test("a training that was broken off goes on from its checkpoint, on another server too", async () => {
  const longer = await trained(
    quickExperiment({
      training: { epochs: 4 },
      augmentation: [{ kind: "shift" }],
      layers: [
        { kind: "flatten" },
        { kind: "dense", units: 32, activation: "relu" },
        { kind: "batchNormalization" },
        { kind: "dropout", rate: 0.2 },
        { kind: "dense", units: 10, activation: "softmax" },
      ],
      callbacks: [{ kind: "learningRateSchedule", schedule: "cosine", warmupEpochs: 1 }],
    }),
  );
  const begun: number[] = [];
  let stopAfter = 2;
  const interrupted: Judge = {
    ...judge,
    replay(record, options) {
      begun.push(options.from?.history.length ?? 0);
      return judge.replay(record, {
        ...options,
        async onCheckpoint(checkpoint) {
          await options.onCheckpoint(checkpoint);
          if (stopAfter-- === 1) throw new Error("the thread died");
        },
      });
    },
  };
  const board = createWholeBoard(interrupted);
  const { id } = await bodyOf(await board.send(await createPlayer(), longer));
  await board.settle();
  expect(await board.status.readSubmission(id)).toMatchObject({ state: "replayed" });
  expect(begun).toEqual([0, 2]);
  expect(await board.kept("leaderboard/1/checkpoints/")).toEqual([]);
}, 60_000);
