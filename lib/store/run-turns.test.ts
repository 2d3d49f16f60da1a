// Runs that share a device with others: they wait for their turn, and give back what they hold.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import type { NetworkClient, TrainerClient } from "../training/client";
import type { TrainEvent } from "../training/contract";
import { giveBack, predict, predictTest, readWeights, reset, runStore, stop, train, tryAgain } from "./run";
import { specStore } from "./spec";
import { takeTurns } from "./turns";

const calls: string[] = [];
const weights = [Float32Array.of(1, 2)];
let emit: (events: TrainEvent[]) => void;
let over: () => void;
let answered: () => void;

vi.mock("../training/client", () => ({
  createTrainerClient: () =>
    ({
      async load(_spec, _engine, onEvents) {
        calls.push("load");
        emit = onEvents;
      },
      train: () =>
        new Promise<void>((resolve) => {
          calls.push("train");
          over = resolve;
        }),
      predict: () =>
        new Promise((resolve) => {
          answered = () => resolve(Float32Array.of(1));
        }),
      snapshot: async () => ({ weights, epoch: 1 }),
      memory: async () => ({ tensors: 1, bytes: 1 }),
      dispose: () => void calls.push("dispose"),
    }) as Partial<TrainerClient>,
  createNetworkClient: () =>
    ({
      open: async (_spec, brought) => void calls.push(`open ${brought[0]!.join()}`),
      predict: async () => Float32Array.of(0.5),
      predictTest: async (rows) => ({
        images: new Uint8Array(),
        labels: Uint8Array.from(rows),
        probabilities: new Float32Array(),
      }),
      dispose: () => void calls.push("dispose network"),
    }) as Partial<NetworkClient>,
}));

let grant: (ours: boolean) => void;
let signal: AbortSignal;
let tell: (others: number) => void;
const take = vi.fn((onWait: (others: number) => void, given: AbortSignal) => {
  tell = onWait;
  signal = given;
  signal.addEventListener("abort", () => grant(false));
  return new Promise<boolean>((resolve) => {
    grant = resolve;
  });
});

const step: TrainEvent = {
  type: "batches",
  step: 0,
  losses: Float32Array.of(2),
  accuracies: Float32Array.of(0.1),
};

/** A run that has trained a step and is whole. */
async function finished(): Promise<void> {
  void train();
  grant(true);
  await vi.waitFor(() => expect(calls).toContain("train"));
  emit([{ type: "state", state: "training" }, step, { type: "state", state: "done" }]);
  over();
  await vi.waitFor(() => expect(runStore.getState().finishedAt).not.toBeNull());
}

beforeEach(() => {
  reset();
  takeTurns({ take });
  calls.length = 0;
  vi.clearAllMocks();
  specStore.setState({ spec: parseExperiment(firstRun) });
});

describe("a run that waits for its turn", () => {
  test("starts no engine, says how many are before it, and begins when it may", async () => {
    void train();
    tell(2);
    expect(runStore.getState()).toMatchObject({ state: "loading", queue: 2 });
    tell(1);
    expect(runStore.getState().queue).toBe(1);
    expect(calls).toEqual([]);
    grant(true);
    await vi.waitFor(() => expect(calls).toContain("train"));
    expect(runStore.getState().queue).toBeNull();
  });

  test("is given up by Stop, and what comes of the wait later changes nothing", async () => {
    void train();
    tell(1);
    await stop();
    expect(signal.aborted).toBe(true);
    expect(runStore.getState()).toMatchObject({ state: "idle", queue: null });
    tell(3);
    await Promise.resolve();
    expect(runStore.getState().queue).toBeNull();
    expect(calls).toEqual([]);
  });
});

describe("a run that is over gives back what it holds", () => {
  test("and its network still answers, with the weights that it had, and does not train on", async () => {
    await finished();
    expect(await giveBack()).toBe(true);
    expect(calls.at(-1)).toBe("dispose");
    expect(runStore.getState()).toMatchObject({ state: "done", opened: true });
    expect(await readWeights()).toBe(weights);
    expect(calls).not.toContain("open 1,2");
    expect(await predict(new Uint8Array(784))).toEqual(Float32Array.of(0.5));
    expect((await predictTest([4]))!.labels).toEqual(Uint8Array.of(4));
    expect(calls.filter((call) => call === "open 1,2")).toHaveLength(1);
  });

  test("and trains anew in another turn", async () => {
    await finished();
    await giveBack();
    calls.length = 0;
    void train();
    expect(take).toHaveBeenCalledTimes(2);
    grant(true);
    await vi.waitFor(() => expect(calls).toContain("train"));
    expect(runStore.getState().opened).toBe(false);
  });

  test("not while it trains, and not while a question about it is open", async () => {
    void train();
    expect(await giveBack()).toBe(false);
    reset();
    await finished();
    const asked = predict(new Uint8Array(784));
    expect(await giveBack()).toBe(false);
    answered();
    await asked;
    expect(await giveBack()).toBe(true);
    expect(await giveBack()).toBe(true);
  });

  test("after a failure, which then cannot go on where it was", async () => {
    void train();
    grant(true);
    await vi.waitFor(() => expect(calls).toContain("train"));
    const failure = { code: "deviceLost", message: "", advice: "", epoch: 2, resumable: true } as const;
    emit([step, { type: "failed", failure }, { type: "state", state: "failed" }]);
    over();
    expect(await giveBack()).toBe(true);
    expect(runStore.getState().failure?.resumable).toBe(false);
    calls.length = 0;
    void tryAgain();
    grant(true);
    await vi.waitFor(() => expect(calls).toContain("train"));
  });
});
