import { describe, expect, test } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { emptyRun, type Run } from "@/lib/store/reduce";
import { planStatus, progressOf, runStatus, type Status } from "./status";

const spec = parseExperiment(firstRun);
const read = ({ lead, parts, details }: Status) => [
  [lead, ...parts.map(({ text }) => text)].join(" · "),
  details.join(" · "),
];
const engine = { id: "tfjs-wasm", name: "TensorFlow.js WebAssembly", device: "SIMD" } as const;
const training: Run = {
  ...emptyRun,
  state: "training",
  engine,
  to: 5,
  progress: {
    type: "progress",
    epoch: 3,
    step: 1046,
    steps: 1500,
    loss: 0.0712,
    accuracy: 0.98444,
    msPerStep: 0.8,
    samplesPerSecond: 63_412,
    etaMs: 2100,
  },
};

describe("what Train will do", () => {
  test("is said in images and parameters, and in time once this device was measured", () => {
    expect(planStatus(spec, null).lead).toBe("48,000 images · 109,386 parameters");
    expect(planStatus(spec, 4100).lead).toBe("48,000 images · 109,386 parameters · about 4 s on this device");
    expect(read(planStatus(spec, null))[1]).toBe("5 epochs of 1,500 steps");
  });

  test("is the reason where it cannot be done", () => {
    const broken = { ...spec, layers: spec.layers.slice(1) };
    expect(planStatus(broken, 4000).lead).toBe("Not ready to train");
    expect(read(planStatus(broken, 4000))[1]).toMatch(/^Layer 1: Dense needs a flat list/);
  });
});

describe("what is going on", () => {
  test("names epoch, step, time left, engine and speed", () => {
    expect(read(runStatus(training))).toEqual([
      "Epoch 3 of 5 · step 1,046 of 1,500 · 2 s left",
      "63,400 images/s · 0.8 ms/step · loss 0.071 · accuracy 0.9844 · TensorFlow.js WebAssembly",
    ]);
    expect(runStatus({ ...training, state: "paused" }).lead).toBe("Paused in epoch 3 of 5");
  });

  test("says what is waited for, and how far it is", () => {
    const loading: Run = { ...emptyRun, state: "loading" };
    expect(runStatus(loading).lead).toBe("Starting the engine");
    const waiting = {
      type: "waiting",
      what: "MNIST digits",
      loadedBytes: 398_000,
      totalBytes: 9_900_000,
    } as const;
    expect(read(runStatus({ ...loading, engine, waiting }))).toEqual([
      "Loading MNIST digits",
      "398 KB of 9.9 MB; training starts with the first images",
    ]);
  });

  test("ends with the test's result", () => {
    const completed = { type: "completed", elapsedMs: 6050, stopped: false } as const;
    const done: Run = { ...training, state: "done", completed, test: { accuracy: 0.9752, loss: 0.0841 } };
    expect(read(runStatus(done))[0]).toBe("Test accuracy 0.9752 · test loss 0.0841");
    expect(read(runStatus(done))[1]).toContain("in 6.05 s");
    expect(runStatus({ ...training, completed }).lead).toBe("Testing");
  });
});

describe("an experiment that early stopping may end", () => {
  const callbacks = [{ kind: "earlyStopping", restoreBestWeights: true }];
  const stopping = parseExperiment({ ...firstRun, callbacks });

  test("promises no more than the most that it can take", () => {
    expect(planStatus(stopping, 4100).lead).toMatch(/at most about 4 s on this device$/);
    expect(read(planStatus(stopping, null))[1]).toBe("at most 5 epochs of 1,500 steps");
    expect(read(runStatus({ ...training, spec: stopping }))[0]).toMatch(/at most 2 s left$/);
  });

  test("names the epoch whose weights are there in the end", () => {
    const completed = { type: "completed", elapsedMs: 6050, stopped: true, restoredEpoch: 2 } as const;
    const done: Run = { ...training, state: "done", completed, restoredEpoch: 2 };
    expect(read(runStatus({ ...done, test: { accuracy: 0.9, loss: 1 } }))[1]).toBe(
      "0 epochs in 6.05 s · weights of epoch 2 · TensorFlow.js WebAssembly",
    );
    // Other weights are being tested.
    expect(runStatus({ ...done, state: "loading" }).lead).toBe("Testing");
  });

  test("says that the test images are locked where they are", () => {
    const completed = { type: "completed", elapsedMs: 6050, stopped: false } as const;
    const done: Run = { ...training, state: "done", completed, holdOut: true };
    expect(read(runStatus(done))[0]).toBe("Trained · the test images are locked");
    expect(runStatus({ ...done, state: "training" }).lead).toBe("Finishing");
  });
});

test("a network that came with a link is named as such, not as a run", () => {
  const opened: Run = { ...emptyRun, state: "done", opened: true };
  expect(runStatus(opened).lead).toBe("A trained network came with this link");
});

describe("progress", () => {
  test("runs over all epochs", () => {
    expect(progressOf(training)).toBeCloseTo((2 + 1046 / 1500) / 5);
  });

  test("counts only the epochs that were asked for when a run goes on", () => {
    expect(progressOf({ ...training, from: 2, to: 3 })).toBeCloseTo(1046 / 1500);
  });

  test("is full at the end, stays where a run was stopped, and is none before", () => {
    const completed = { type: "completed", elapsedMs: 1, stopped: false } as const;
    expect(progressOf({ ...training, completed })).toBe(1);
    const stopped: Run = { ...training, completed: { ...completed, stopped: true } };
    expect(progressOf(stopped)).toBeCloseTo(0.54, 1);
    // By early stopping, which had nothing more to wait for.
    const callbacks = [{ kind: "earlyStopping", patience: 1 }];
    const history = [1, 2].map((epoch) => ({ epoch, valLoss: 0.5 })) as unknown as Run["history"];
    expect(progressOf({ ...stopped, history, spec: parseExperiment({ ...firstRun, callbacks }) })).toBe(1);
    expect(progressOf(emptyRun)).toBe(0);
  });
});
