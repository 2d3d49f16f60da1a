import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { epochRecord } from "../metrics/testing";
import { lensStore, openLens } from "./lens";
import { followMoments, lookBackAt, readMoments } from "./moments";
import { emptyRun } from "./reduce";
import { predict, predictTest, reset, runStore, train } from "./run";
import { specStore } from "./spec";

const calls: string[] = [];
/** Lets the lens have the weights that it is given. */
let take: () => void = () => {};
let holds = true;

vi.mock("../training/client", () => ({
  createTrainerClient: () => ({
    load: async () => void calls.push("load"),
    train: () => new Promise(() => {}),
    moments: async () => ({ epochs: [0, 1, 2], every: 1, bytes: 8, budgetBytes: 64 }),
    momentAt: async (epoch: number) => (holds ? [Float32Array.of(epoch)] : null),
    snapshot: async () => ({ weights: [Float32Array.of(99)], epoch: 2 }),
    predict: async () => Float32Array.of(99),
    predictTest: async (rows: number[]) => ({ labels: Uint8Array.from(rows) }),
    dispose: () => {},
  }),
  createLensClient: () => {
    let weights = 0;
    const given = (next: number) =>
      new Promise<void>((resolve) => {
        take = () => {
          weights = next;
          calls.push(`look ${next}`);
          resolve();
        };
      });
    return {
      open: (_: unknown, [first]: Float32Array[]) => given(first![0]!),
      look: ([first]: Float32Array[]) => given(first![0]!),
      ask: async (kind: string) =>
        kind === "predict" ? Float32Array.of(weights) : { labels: Uint8Array.of(weights) },
      dispose: () => void calls.push("end"),
    };
  },
}));

const settle = () => new Promise((done) => setTimeout(done));
const taken = async () => {
  await settle();
  take();
  await settle();
};
const answer = async () => (await predict(new Uint8Array()))![0];
const lookedAt = () => runStore.getState().lookedAt;
let ends: (() => void)[] = [];

/** A run whose first two epochs are over, and a lens that has its weights. */
beforeEach(async () => {
  calls.length = 0;
  holds = true;
  void train();
  await vi.waitFor(() => expect(calls).toContain("load"));
  const { spec } = specStore.getState();
  const loss = { steps: 20, stride: 1, means: [] };
  runStore.setState({
    ...emptyRun,
    spec,
    state: "training",
    history: [epochRecord(1), epochRecord(2)],
    loss,
  });
  ends = [openLens(), followMoments()];
  await taken();
  calls.length = 0;
});
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end();
  reset();
});

describe("looking back", () => {
  test("has the network of an epoch answer, once its weights are there, and then the present one again", async () => {
    lookBackAt(1);
    await settle();
    expect(lensStore.getState().moment).toBe(1);
    expect(lookedAt()).toBeNull();
    expect(await answer()).toBe(99);
    await taken();
    expect(lookedAt()).toBe(1);
    expect(await answer()).toBe(1);
    expect((await predictTest([5]))!.labels[0]).toBe(1);
    lookBackAt(null);
    expect(lookedAt()).toBeNull();
    expect(await answer()).toBe(99);
    expect((await predictTest([5]))!.labels[0]).toBe(5);
  });

  test("goes from one epoch to another without the present in between", async () => {
    const seen: unknown[] = [];
    ends.push(
      runStore.subscribe((run, before) => run.lookedAt !== before.lookedAt && seen.push(run.lookedAt)),
    );
    lookBackAt(2);
    await taken();
    lookBackAt(1);
    lookBackAt(0);
    await taken();
    await taken();
    expect(calls.filter((call) => call.startsWith("look")).at(-1)).toBe("look 0");
    expect(seen).toEqual([2, 0]);
  });

  test("stays with the present where the epoch is not held any more", async () => {
    holds = false;
    lookBackAt(1);
    await settle();
    expect(lookedAt()).toBeNull();
    expect(await answer()).toBe(99);
  });

  test("ends with who looks: the worker goes, and the present network answers", async () => {
    lookBackAt(1);
    await taken();
    for (const end of ends.splice(0).reverse()) end();
    expect(calls.at(-1)).toBe("end");
    expect(lookedAt()).toBeNull();
    expect(lensStore.getState().moment).toBeNull();
    expect(await answer()).toBe(99);
  });

  test("ends with the run", async () => {
    lookBackAt(1);
    await taken();
    reset();
    expect(lookedAt()).toBeNull();
    expect(await predict(new Uint8Array())).toBeNull();
    expect(lensStore.getState().moment).toBeNull();
    expect(await readMoments()).toBeNull();
  });
});

test("what is held is read from the worker that has the run", async () => {
  expect((await readMoments())!.epochs).toEqual([0, 1, 2]);
});
