import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import type { TrainerClient } from "../training/client";
import type { RunState, TrainEvent } from "../training/contract";
import {
  allowData,
  continueTraining,
  loadBest,
  openTest,
  pause,
  predictTest,
  reset,
  resume,
  runStore,
  setHoldOut,
  stop,
  train,
  tryAgain,
} from "./run";
import { removeLayer, setTraining, specStore } from "./spec";
import { estimateMs } from "./speed";

const calls: string[] = [];
let emit: (events: TrainEvent[]) => void;
let over: () => void;
let broken: Error | null;

vi.mock("../training/client", () => ({
  createTrainerClient: (): TrainerClient => {
    const run = (name: string) =>
      new Promise<void>((resolve, reject) => {
        calls.push(name);
        over = resolve;
        if (broken !== null) reject(broken);
      });
    const noted = (name: string) => async () => void calls.push(name);
    return {
      async load(spec, engine, onEvents, options) {
        calls.push(
          `load ${spec.training.epochs} ${engine}${options?.holdOut ? " held out" : ""}${options?.saveData ? " saving data" : ""}`,
        );
        emit = onEvents;
        onEvents([{ type: "state", state: "idle" }]);
      },
      train: () => run("train"),
      continueTraining: (epochs) => run(`continue ${epochs}`),
      loadBest: () => run("load best"),
      resumeKept: () => run("resume kept"),
      keepNow: noted("keep now"),
      openTest: () => run("open test"),
      allowData: noted("allow data"),
      pause: noted("pause"),
      resume: noted("resume"),
      stop: noted("stop"),
      evaluate: async () => ({ loss: 0, accuracy: 1 }),
      predictTest: async (rows) => ({
        images: new Uint8Array(784 * rows.length),
        labels: Uint8Array.from(rows),
        probabilities: new Float32Array(10 * rows.length),
      }),
      predict: async () => new Float32Array(10),
      snapshot: async () => ({ weights: [], epoch: 0 }),
      state: async () => ({ weights: [], slots: [], step: 0, learningRate: 0.1 }),
      moments: async () => ({ epochs: [0, 1], every: 1, bytes: 8, budgetBytes: 64 }),
      momentAt: async (epoch) => [Float32Array.of(epoch)],
      memory: async () => ({ tensors: 42, bytes: 1_200_000 }),
      dispose: () => void calls.push("dispose"),
    };
  },
}));

const state = (value: RunState): TrainEvent => ({ type: "state", state: value });
const begun: TrainEvent[] = [
  { type: "engine", engine: { id: "tfjs-wasm", name: "wasm", device: "SIMD" }, reports: [] },
  { type: "begin", from: 0, to: 5 },
  state("training"),
  { type: "batches", step: 0, losses: Float32Array.of(2), accuracies: Float32Array.of(0.1) },
];
const epoch: TrainEvent = {
  type: "epoch",
  record: {
    epoch: 1,
    steps: 1500,
    loss: 0.3,
    accuracy: 0.9,
    valLoss: null,
    valAccuracy: null,
    elapsedMs: 1200,
    msPerStep: 0.8,
  },
};

/** Presses Train and lets the trainer get to its first epoch. */
async function begin(): Promise<void> {
  void train();
  await vi.waitFor(() => expect(calls).toContain("train"));
  emit(begun);
}

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
  reset();
  calls.length = 0;
  broken = null;
  specStore.setState({ spec: parseExperiment(firstRun) });
});
afterEach(() => vi.unstubAllGlobals());

describe("a run", () => {
  test("loads the experiment as it is, then trains it", async () => {
    setTraining("epochs", 3);
    await begin();
    expect(calls).toEqual(["load 3 auto", "train"]);
    expect(runStore.getState()).toMatchObject({ state: "training", spec: specStore.getState().spec });
  });

  test("shows that it loads at once, and does not start twice", async () => {
    void train();
    expect(runStore.getState().state).toBe("loading");
    void train();
    await vi.waitFor(() => expect(calls).toContain("train"));
    expect(runStore.getState().state).toBe("loading");
    expect(calls.filter((call) => call === "train")).toHaveLength(1);
  });

  test("is not begun with an experiment that cannot be trained", async () => {
    removeLayer(0);
    await train();
    expect(calls).toEqual([]);
    expect(runStore.getState().state).toBe("idle");
  });

  test("saves data where the browser says so, until all of it is allowed", async () => {
    vi.stubGlobal("navigator", { connection: { saveData: true } });
    await begin();
    emit([{ type: "asking", asks: true }]);
    expect(runStore.getState().asking).toBe(true);
    await allowData();
    emit([{ type: "asking", asks: false }]);
    reset();
    void train();
    await vi.waitFor(() => expect(calls.at(-1)).toBe("train"));
    expect(calls).toEqual([
      "load 5 auto saving data",
      "train",
      "allow data",
      "dispose",
      "load 5 auto",
      "train",
    ]);
    expect(runStore.getState().asking).toBe(false);
  });

  test("is paused, resumed and stopped", async () => {
    await begin();
    await pause();
    await resume();
    await stop();
    expect(calls.slice(2)).toEqual(["pause", "resume", "stop"]);
  });

  test("is forgotten where it is stopped before its first step", async () => {
    void train();
    await vi.waitFor(() => expect(calls).toContain("train"));
    await stop();
    expect(calls.at(-1)).toBe("dispose");
    expect(runStore.getState().state).toBe("idle");
  });

  test("is measured when it is done: memory and speed", async () => {
    const spec = parseExperiment(firstRun);
    expect(estimateMs(spec, "auto")).toBeNull();
    await begin();
    emit([epoch, { type: "completed", elapsedMs: 1200, stopped: false }, state("done")]);
    over();
    await vi.waitFor(() => expect(runStore.getState().memory).toEqual({ tensors: 42, bytes: 1_200_000 }));
    expect(estimateMs(spec, "auto")).toBeCloseTo(5 * 1200);
    expect(estimateMs(spec, "tfjs-wasm")).toBeCloseTo(5 * 1200);
    expect(estimateMs(spec, "tfjs-webgpu")).toBeNull();
  });

  test("is measured also where its last events come after the trainer's answer", async () => {
    await begin();
    over();
    await new Promise((done) => setTimeout(done, 10));
    expect(runStore.getState().memory).toBeNull();
    emit([epoch, { type: "tested", result: { loss: 0.1, accuracy: 0.97 } }, state("done")]);
    await vi.waitFor(() => expect(runStore.getState().memory).toEqual({ tensors: 42, bytes: 1_200_000 }));
  });

  test("goes on for more epochs", async () => {
    await begin();
    emit([epoch, state("done")]);
    void continueTraining(4);
    expect(calls.at(-1)).toBe("continue 4");
    expect(runStore.getState()).toMatchObject({ state: "loading", history: [{ epoch: 1 }] });
  });

  test("is not heard any more after a reset", async () => {
    await begin();
    reset();
    emit([epoch]);
    expect(runStore.getState().history).toEqual([]);
    expect(calls.at(-1)).toBe("dispose");
  });
});

describe("a run that keeps its best epoch", () => {
  const callbacks = [{ kind: "modelCheckpoint" }];
  const worse: TrainEvent = { ...epoch, record: { ...epoch.record, epoch: 2, valLoss: 0.5 } } as TrainEvent;
  const better: TrainEvent = { ...epoch, record: { ...epoch.record, valLoss: 0.4 } } as TrainEvent;
  const samples: TrainEvent = {
    type: "samples",
    counts: { train: 100, validation: 0, test: 10 },
    stepsPerEpoch: 1,
  };
  const step = (number: number): TrainEvent => ({ ...begun[3]!, step: number }) as TrainEvent;

  test("is given it on request, and not twice", async () => {
    specStore.setState({ spec: parseExperiment({ ...firstRun, callbacks }) });
    await begin();
    await loadBest();
    emit([samples, better, step(1), worse, state("done")]);
    over();
    void loadBest();
    expect(calls.at(-1)).toBe("load best");
    expect(runStore.getState().state).toBe("loading");
    emit([{ type: "restored", epoch: 1 }, state("done")]);
    calls.length = 0;
    await loadBest();
    expect(calls).toEqual([]);
  });

  test("is not given what it has: the best epoch is the last, unless another was begun after it", async () => {
    specStore.setState({ spec: parseExperiment({ ...firstRun, callbacks }) });
    await begin();
    emit([samples, better, state("done")]);
    await loadBest();
    expect(calls).not.toContain("load best");
    emit([step(1), state("done")]);
    void loadBest();
    expect(calls.at(-1)).toBe("load best");
  });
});

describe("a held-out run", () => {
  afterEach(() => setHoldOut(false));

  test("is whole once its test images were opened", async () => {
    setHoldOut(true);
    await begin();
    expect(calls[0]).toBe("load 5 auto held out");
    emit([epoch, { type: "completed", elapsedMs: 1200, stopped: false }, state("done")]);
    over();
    await vi.waitFor(() => expect(runStore.getState().memory).not.toBeNull());
    expect(runStore.getState()).toMatchObject({ holdOut: true, finishedAt: null, test: null });

    void openTest();
    expect(calls.at(-1)).toBe("open test");
    emit([{ type: "tested", result: { loss: 0.1, accuracy: 0.97 } }, state("done")]);
    over();
    await vi.waitFor(() => expect(runStore.getState().finishedAt).not.toBeNull());
    expect(runStore.getState()).toMatchObject({ holdOut: false, test: { accuracy: 0.97 } });
    calls.length = 0;
    await openTest();
    expect(calls).toEqual([]);
  });
});

describe("a run that fails", () => {
  const failure = { code: "data", message: "m", advice: "a", epoch: 2, resumable: true } as const;

  test("is only tested again where its epochs were over, however few early stopping left of them", async () => {
    await begin();
    const completed: TrainEvent = { type: "completed", elapsedMs: 1, stopped: true };
    emit([epoch, completed, { type: "failed", failure }, state("failed")]);
    void tryAgain();
    expect(calls.at(-1)).toBe("open test");
    expect(runStore.getState()).toMatchObject({ state: "loading", failure: null });
  });

  test("goes on with what is left where nothing was lost", async () => {
    await begin();
    emit([epoch, { type: "failed", failure }, state("failed")]);
    void tryAgain();
    expect(calls.at(-1)).toBe("continue 4");
  });

  test("starts again where it cannot go on", async () => {
    await begin();
    emit([{ type: "failed", failure: { ...failure, resumable: false } }, state("failed")]);
    void tryAgain();
    await vi.waitFor(() => expect(calls.filter((call) => call === "train")).toHaveLength(2));
    expect(runStore.getState().failure).toBeNull();
  });

  test("says so where the worker breaks, and starts a new one next time", async () => {
    broken = new Error("The training worker stopped: out of memory.");
    await train();
    expect(runStore.getState()).toMatchObject({
      state: "failed",
      failure: { code: "worker", message: broken.message, resumable: false },
    });
    expect(calls.at(-1)).toBe("dispose");
  });
});

describe("predictions", () => {
  test("come from the trainer and not from the store", async () => {
    await begin();
    expect((await predictTest([3, 1]))?.labels).toEqual(Uint8Array.of(3, 1));
    expect(JSON.stringify(runStore.getState())).not.toContain("images");
  });

  test("are none where there is no network", async () => {
    expect(await predictTest([1])).toBeNull();
  });
});
