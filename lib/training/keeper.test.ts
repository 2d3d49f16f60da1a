// A run whose worker is gone goes on from what was kept, to the bit: with the real trainer, our engine and real images.
import { beforeEach, expect, test, vi } from "vitest";
import { DataError } from "../datasets/source";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { newestOf } from "./checkpoint-reader";
import type { KeepOptions } from "./contract";
import type { CheckpointStore, Claim } from "./keeper";
import { Recorder, small } from "./testing";
import { Trainer } from "./trainer";

/** What lies in the two slots of each run, and what the next writes come to. */
let stored: Map<string, unknown[]>;
let refusal: Error | null;
/** Claims that nobody has released. */
let held: Map<string, () => void>;
let writes: number;

const checkpoints: CheckpointStore = {
  async claim(id, onAsked) {
    held.get(id)?.();
    held.set(id, onAsked);
    const claim: Claim = {
      slots: async () => stored.get(id) ?? [],
      async write(_, sealed) {
        if (refusal !== null) throw refusal;
        if (held.get(id) !== onAsked) return false;
        writes += 1;
        stored.set(id, [structuredClone(sealed), (stored.get(id) ?? [])[0]]);
        return true;
      },
      async remove() {
        stored.delete(id);
      },
      release: () => void (held.get(id) === onAsked && held.delete(id)),
    };
    return claim;
  },
};

beforeEach(() => {
  stored = new Map();
  held = new Map();
  refusal = null;
  writes = 0;
});

const keep: KeepOptions = { id: "a-run", place: "/", title: "A run", forkedFrom: null };

/** Waits until nothing is being written: that goes on beside the loop. */
async function quiet(): Promise<void> {
  for (let seen = -1; seen !== writes; await new Promise((done) => setTimeout(done, 100))) seen = writes;
}

/** A worker's whole life: a trainer of its own, with an engine of its own. Its clock may run ahead. */
async function life(spec: ExperimentSpec, clock = { ahead: 0 }) {
  const engine = await wasmFromDisk();
  const recorder = new Recorder();
  const trainer = new Trainer({
    openDataset: () => mnistFromDisk(),
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
    now: () => performance.now() + clock.ahead,
    checkpoints,
  });
  await trainer.load(spec, "auto", recorder.send, { keep });
  /** Ends it as a killed tab ends: after these many steps in all, and without a word. */
  const dieAt = (steps: number) => {
    const { train } = engine;
    return new Promise<void>((died) => {
      engine.train = async (rows, batchSize, rates) => {
        const { step } = await engine.readState();
        if (step >= steps) {
          await quiet();
          died();
          return new Promise(() => {});
        }
        // Each chunk is kept, and none goes past the place to die at.
        clock.ahead += 10_000;
        return train.call(engine, rows.subarray(0, (steps - step) * batchSize), batchSize, rates);
      };
    });
  };
  return { trainer, engine, recorder, dieAt };
}

const hashOf = ({ recorder }: { recorder: Recorder }) => recorder.all("hashed").at(-1)!.hash;
const historyOf = (recorder: Recorder) =>
  recorder.all("epoch").map(({ record: { elapsedMs, msPerStep, ...rest } }) => rest);

/** The run without a stop, and its history. */
async function straight(spec: ExperimentSpec) {
  const whole = await life(spec);
  await whole.trainer.train();
  return { hash: hashOf(whole), history: historyOf(whole.recorder), whole };
}

const stopping = { kind: "earlyStopping", monitor: "valLoss", patience: 2, minDelta: 0 } as const;
const optimizer = (kind: string, more: object = {}) => ({ optimizer: { kind, ...more } as never });
const restless = { ...small, ...optimizer("adam", { ...small.optimizer, learningRate: 0.02 }) };
const cases: [string, ExperimentSpec][] = [
  ["dropout, Adam and a short last batch", { ...small, training: { ...small.training, batchSize: 48 } }],
  ["shifted images", { ...small, augmentation: [{ kind: "shift", pixels: 2 }] }],
  [
    "momentum down a schedule",
    {
      ...small,
      ...optimizer("sgd", { learningRate: 0.05, momentum: 0.9, nesterov: true }),
      callbacks: [
        { kind: "learningRateSchedule", schedule: "cosine", warmupEpochs: 1, finalShare: 0.1 } as never,
      ],
    },
  ],
  [
    "batch normalization",
    {
      ...small,
      layers: [
        { kind: "flatten" },
        { kind: "dense", units: 8, activation: "linear" },
        { kind: "batchNormalization", momentum: 0.9, epsilon: 0.001 },
        { kind: "activation", activation: "relu" } as never,
        { kind: "dense", units: 10, activation: "softmax" },
      ],
    },
  ],
  [
    "a learning rate that a plateau lowers",
    {
      ...small,
      callbacks: [
        {
          ...{ kind: "reduceLROnPlateau", monitor: "valLoss", factor: 0.1, patience: 0, minDelta: 1 },
          ...{ cooldown: 0, minLearningRate: 0 },
        } as never,
      ],
    },
  ],
];

test.each(cases)(
  "with %s it ends in the same weights and history, wherever it is killed",
  async (_, spec) => {
    const { hash, history } = await straight(spec);
    const perEpoch = history[0]!.steps;
    // In the first epoch, where an epoch's steps are all done, and in the last one.
    const places = [3, perEpoch, 2 * perEpoch + 1];
    const first = await life(spec);
    let died = first.dieAt(places[0]!);
    void first.trainer.train();
    await died;
    for (const place of places.slice(1)) {
      const next = await life(spec);
      died = next.dieAt(place);
      void next.trainer.resumeKept();
      await died;
      expect(next.recorder.all("resumed")).toHaveLength(1);
    }
    const last = await life(spec);
    await last.trainer.resumeKept();
    expect(hashOf(last)).toBe(hash);
    const [reopened] = last.recorder.all("reopened");
    const told = reopened!.story.flatMap((event) => (event.type === "epoch" ? [event.record] : []));
    const earlier = told.map(({ elapsedMs, msPerStep, ...rest }) => rest);
    expect([...earlier, ...historyOf(last.recorder)]).toEqual(history);
    expect(stored.size).toBe(0);
  },
);

test("early stopping knows its best epoch and its patience again, and puts that epoch's weights back", async () => {
  const spec: ExperimentSpec = {
    ...restless,
    training: { ...small.training, epochs: 40 },
    callbacks: [{ ...stopping, restoreBestWeights: true }],
  };
  const { hash, history } = await straight(spec);
  expect(history.length).toBeLessThan(40);
  const first = await life(spec);
  // After the best epoch, so that its weights come from the checkpoint.
  const died = first.dieAt((history.length - 1) * history[0]!.steps + 2);
  void first.trainer.train();
  await died;
  const second = await life(spec);
  await second.trainer.resumeKept();
  expect(hashOf(second)).toBe(hash);
  expect(second.recorder.all("completed")[0]).toMatchObject({
    stopped: true,
    restoredEpoch: history.length - 2,
  });
});

test("a checkpoint's best weights can still be loaded", async () => {
  const spec: ExperimentSpec = {
    ...restless,
    training: { ...small.training, epochs: 8 },
    callbacks: [{ kind: "modelCheckpoint", monitor: "valLoss" }],
  };
  const { whole } = await straight(spec);
  await whole.trainer.loadBest();
  const first = await life(spec);
  const died = first.dieAt(7 * 10 + 4);
  void first.trainer.train();
  await died;
  const second = await life(spec);
  await second.trainer.resumeKept();
  await second.trainer.loadBest();
  expect(hashOf(second)).toBe(hashOf(whole));
  expect(second.recorder.all("restored")).toEqual(whole.recorder.all("restored"));
});

test("more epochs of a run that was over are kept as well", async () => {
  const { whole } = await straight({ ...small, training: { ...small.training, epochs: 1 } });
  await whole.trainer.continueTraining(2);
  const first = await life({ ...small, training: { ...small.training, epochs: 1 } });
  await first.trainer.train();
  expect(stored.size).toBe(0);
  const died = first.dieAt(17);
  void first.trainer.continueTraining(2);
  await died;
  const second = await life({ ...small, training: { ...small.training, epochs: 1 } });
  await second.trainer.resumeKept();
  expect(hashOf(second)).toBe(hashOf(whole));
});

test("a run of seconds writes nothing, and one that is paused is kept as it rests", async () => {
  const { trainer, recorder } = await life(small);
  const run = trainer.train();
  await recorder.seen("batches");
  await trainer.pause();
  await vi.waitFor(() => expect(writes).toBe(1));
  const checkpoint = await newestOf(stored.get(keep.id)!);
  const steps = recorder.all("batches").reduce((sum, { losses }) => sum + losses.length, 0);
  expect(checkpoint!.at.step).toBe(steps);
  await trainer.resume();
  await run;
  expect(writes).toBe(1);
  expect(stored.size).toBe(0);
});

test("stopping a run leaves nothing to go on with", async () => {
  const { trainer, recorder } = await life(small);
  const run = trainer.train();
  await recorder.seen("batches");
  await trainer.keepNow();
  await recorder.seen("batches", 3);
  await trainer.stop();
  await run;
  expect(writes).toBe(1);
  expect([stored.size, held.size]).toEqual([0, 0]);
});

test("a run that diverges leaves nothing, and one that waits for its data goes on after a reload", async () => {
  const reckless = { ...small, ...optimizer("sgd", { learningRate: 10, momentum: 0, nesterov: false }) };
  const layers = [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "linear" }] as const;
  const lost = await life({ ...reckless, layers: [...layers], loss: "meanSquaredError" });
  await lost.trainer.keepNow();
  await lost.trainer.train();
  expect(lost.recorder.all("failed")[0]!.failure.code).toBe("diverged");
  expect([stored.size, held.size]).toEqual([0, 0]);

  const { hash } = await straight(small);
  const { trainer, recorder, engine } = await life(small);
  const { train } = engine;
  let steps = 0;
  engine.train = async (rows, batchSize, rates) => {
    if (steps >= 13) throw new DataError("The connection is gone");
    steps += Math.ceil(rows.length / batchSize);
    return train.call(engine, rows, batchSize, rates);
  };
  await trainer.train();
  expect(recorder.all("failed")[0]!.failure).toMatchObject({ code: "data", resumable: true });
  const { at } = (await newestOf(stored.get(keep.id)!))!;
  expect(at.step).toBe(steps);
  const second = await life(small);
  await second.trainer.resumeKept();
  expect(hashOf(second)).toBe(hash);
});

test("a slot that is damaged costs the seconds since the other one, not the run", async () => {
  const { hash } = await straight(small);
  const first = await life(small);
  const died = first.dieAt(16);
  void first.trainer.train();
  await died;
  const slots = stored.get(keep.id)! as { bytes: Uint8Array; hash: string }[];
  const [newer, older] = [await newestOf([slots[0]]), await newestOf([slots[1]])];
  expect(newer!.number).toBe(older!.number + 1);
  slots[0]!.bytes[slots[0]!.bytes.length - 9]! ^= 1;
  const second = await life(small);
  await second.trainer.resumeKept();
  expect(second.recorder.all("resumed")[0]!.step).toBe(older!.at.batch);
  expect(hashOf(second)).toBe(hash);
});

test("a browser that has no room says so once, and the run trains on", async () => {
  refusal = new DOMException("full", "QuotaExceededError");
  const clock = { ahead: 0 };
  const { trainer, recorder, engine } = await life(small, clock);
  const { train } = engine;
  engine.train = (...args) => {
    clock.ahead += 40_000;
    return train.apply(engine, args);
  };
  await trainer.train();
  expect(recorder.all("unkept")).toEqual([
    {
      type: "unkept",
      reason:
        "This run is not kept: the browser has no room for it. It trains on, but a reload would lose it.",
    },
  ]);
  expect(recorder.states.at(-1)).toBe("done");
  expect(recorder.all("tested")).toHaveLength(1);
});

test("another tab gets the run as it is now, and the one that had it ends and says so", async () => {
  const { hash } = await straight(small);
  const first = await life(small);
  const run = first.trainer.train();
  await first.recorder.seen("batches");
  await first.trainer.pause();
  await vi.waitFor(() => expect(writes).toBe(1));
  const second = await life(small);
  await second.trainer.resumeKept();
  await run;
  expect(first.recorder.all("failed")[0]!.failure).toMatchObject({ code: "elsewhere", resumable: false });
  expect(hashOf(second)).toBe(hash);
});
