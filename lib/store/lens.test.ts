import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Pictures } from "../lens/contract";
import { epochRecord } from "../metrics/testing";
import { small } from "../training/testing";
import { askLens, lensStore, lookAt, openLens } from "./lens";
import { emptyRun, type Run } from "./reduce";
import { runStore } from "./run";

const calls: string[] = [];
/** The first weight of what the run has now. */
let now = 1;
let there = true;
let broken: Error | null = null;
let answer: (value: Pictures) => void = () => {};

vi.mock("./run", async () => {
  const { createStore } = await import("zustand/vanilla");
  return {
    runStore: createStore(() => ({})),
    readWeights: async () => (there ? [Float32Array.of(now)] : null),
  };
});

vi.mock("../training/client", () => ({
  createLensClient: () => {
    calls.push("start");
    const take = async (name: string, [first]: Float32Array[]) => {
      calls.push(`${name} ${first}`);
      if (broken !== null) throw broken;
    };
    return {
      open: (_: unknown, weights: Float32Array[], locked: boolean) =>
        take(locked ? "open locked" : "open", weights),
      look: (weights: Float32Array[]) => take("look", weights),
      ask: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      dispose: () => void calls.push("end"),
    };
  },
}));

const question = { split: "test", rows: Uint32Array.of(0) } as const;

/** The run is in training, with so many epochs of ten steps done and so many steps of the next. */
function trains(epochs: number, steps = 0, change: Partial<Run> = {}): void {
  now = 10 * epochs + steps;
  runStore.setState({
    ...emptyRun,
    state: "training",
    spec: small,
    stepsPerEpoch: 10,
    history: Array.from({ length: epochs }, (_, i) => epochRecord(i + 1)),
    loss: { steps: 10 * epochs + steps, stride: 1, means: [] },
    ...change,
  });
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const open: (() => void)[] = [];
function look(options?: { live: boolean }): () => void {
  const end = openLens(options);
  open.push(end);
  return end;
}

beforeEach(() => {
  vi.useFakeTimers();
  calls.length = 0;
  there = true;
  broken = null;
  runStore.setState(emptyRun);
});
afterEach(() => {
  for (const end of open.splice(0)) end();
  lookAt(null);
  vi.useRealTimers();
});

describe("the lens of a page", () => {
  test("starts with the first who looks, once there is a network, and ends with the last", async () => {
    const ends = [look(), look()];
    await settle();
    expect(calls).toEqual([]);
    trains(1);
    await settle();
    expect(calls).toEqual(["start", "open 10"]);
    expect(lensStore.getState()).toMatchObject({ spec: small, problem: null });
    ends[0]!();
    ends[0]!();
    expect(calls).toHaveLength(2);
    ends[1]!();
    expect(calls.at(-1)).toBe("end");
    expect(lensStore.getState()).toMatchObject({ spec: null, version: 0 });
  });

  test("is given new weights after every epoch, and nothing between them", async () => {
    look();
    trains(1);
    await settle();
    const { version } = lensStore.getState();
    trains(1, 5);
    await settle();
    expect(calls).toEqual(["start", "open 10"]);
    trains(2);
    await settle();
    expect(calls.at(-1)).toBe("look 20");
    expect(lensStore.getState().version).toBeGreaterThan(version);
  });

  test("is given live ones three times a second where somebody wants them, from the first step on", async () => {
    look({ live: true });
    for (let steps = 1; steps < 10; steps++) {
      trains(0, steps);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(calls).toEqual(["start", "open 1", "look 4", "look 7"]);
  });

  test("rests eight times as long as it worked while the network trains, and not once it is done", async () => {
    look();
    trains(1);
    await settle();
    const asked = askLens("pictures", question);
    expect(lensStore.getState().busy).toBe(true);
    await vi.advanceTimersByTimeAsync(400);
    trains(2);
    await settle();
    expect(calls.at(-1)).toBe("open 10");
    answer({} as Pictures);
    await asked;
    expect(lensStore.getState().busy).toBe(false);
    await vi.advanceTimersByTimeAsync(3190);
    expect(calls.at(-1)).toBe("open 10");
    await vi.advanceTimersByTimeAsync(20);
    expect(calls.at(-1)).toBe("look 20");
    trains(3, 0, { state: "done" });
    await settle();
    expect(calls.at(-1)).toBe("look 30");
  });

  test("opens the next run's network anew, and has none until that has learned something", async () => {
    look();
    trains(2);
    await settle();
    trains(0, 0, { spec: { ...small, seed: 2 } });
    expect(lensStore.getState()).toMatchObject({ spec: null, version: 0 });
    await settle();
    trains(1, 0, { spec: { ...small, seed: 2 } });
    await settle();
    expect(calls).toEqual(["start", "open 20", "open 10"]);
  });

  test("is told when the test images are opened", async () => {
    look();
    trains(1, 0, { holdOut: true });
    await settle();
    trains(1, 0, { holdOut: false });
    await settle();
    expect(calls).toEqual(["start", "open locked 10", "open 10"]);
  });

  test("looks at a moment of the run until it is left, or the run is another", async () => {
    look();
    trains(3);
    await settle();
    lookAt({ epoch: 2, read: async () => [Float32Array.of(-2)] });
    await settle();
    trains(4);
    await settle();
    expect(calls).toEqual(["start", "open 30", "look -2"]);
    lookAt(null);
    await settle();
    expect(calls.at(-1)).toBe("look 40");
    lookAt({ epoch: 2, read: async () => [Float32Array.of(-2)] });
    trains(1);
    await settle();
    expect(lensStore.getState().moment).toBeNull();
    expect(calls.at(-1)).toBe("look 10");
  });

  test("says why it cannot look, and tries again with other weights alone", async () => {
    broken = new Error("No engine works here.");
    look();
    trains(1);
    await settle();
    await vi.advanceTimersByTimeAsync(5000);
    expect(calls).toEqual(["start", "open 10"]);
    expect(lensStore.getState()).toMatchObject({ version: 0, problem: "No engine works here." });
    broken = null;
    trains(2);
    await settle();
    expect(calls.at(-1)).toBe("open 20");
    expect(lensStore.getState().problem).toBeNull();
  });

  test("waits where the weights are gone", async () => {
    there = false;
    look();
    trains(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toEqual([]);
  });

  test("leaves nobody waiting for an answer of a worker that was ended", async () => {
    const end = look();
    trains(1);
    await settle();
    const asked = askLens("pictures", question);
    end();
    expect(await asked).toBeNull();
    expect(lensStore.getState().busy).toBe(false);
    expect(await askLens("pictures", question)).toBeNull();
  });
});
