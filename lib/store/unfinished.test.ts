// A page that is left in the middle of a run, and the pages that come after it: real trainer, real checkpoints.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { ExperimentSpec } from "../spec/experiment";
import { small } from "../training/testing";
import { fakeLocks } from "../training/testing/locks";
import { Trainer } from "../training/trainer";

/** Once true, the next chunk of a worker is not heard of any more: it was killed. */
let isKilled = false;
let clock = 0;

vi.mock("../training/client", () => ({
  createTrainerClient() {
    const trainer = new Trainer({
      openDataset: () => mnistFromDisk(),
      async selectEngine() {
        const engine = await wasmFromDisk();
        const { train } = engine;
        engine.train = async (...args) => {
          // Three seconds each, so that there is something to keep.
          clock += 3100;
          const { step } = await engine.readState();
          if (isKilled && step >= 12) await new Promise(() => {});
          return train.call(engine, args[0].subarray(0, 3 * args[1]), args[1], args[2]);
        };
        return { engine, reports: [], alternatives: [] };
      },
      now: () => performance.now() + clock,
      // The database of this page's browser.
      checkpoints: {
        claim: async (...args) =>
          (await import("../training/checkpoint-claim")).browserCheckpoints.claim(...args),
      },
    });
    return Object.assign(trainer, { dispose: () => void trainer.stop() });
  },
}));

type Stores = {
  run: typeof import("./run");
  spec: typeof import("./spec");
  unfinished: typeof import("./unfinished");
  lesson: typeof import("./lesson");
  shown: typeof import("./lesson-state");
};

/** A page, freshly loaded, in a browser that stays. */
async function page(place = "/", spec: ExperimentSpec = small): Promise<Stores & { leave(): void }> {
  vi.resetModules();
  const run = await import("./run");
  const stores = {
    run,
    spec: await import("./spec"),
    unfinished: await import("./unfinished"),
    lesson: await import("./lesson"),
    shown: await import("./lesson-state"),
  };
  stores.spec.specStore.setState({ spec, forkedFrom: null });
  return { ...stores, leave: stores.unfinished.watchUnfinished(place) };
}

const offerOf = ({ unfinished }: Stores) => unfinished.unfinishedStore.getState().run;
const offered = (stores: Stores) => vi.waitFor(() => expect(offerOf(stores)).not.toBeNull(), 3000);

/** Trains until the worker is killed, and the browser has let go of what it held. */
async function kill(stores: Stores): Promise<void> {
  isKilled = true;
  void stores.run.train();
  const { entries } = await import("../training/checkpoint-database");
  await vi.waitFor(async () => expect(stores.run.runStore.getState().loss.steps).toBeGreaterThan(11), 5000);
  await vi.waitFor(async () => expect((await entries()).length).toBe(1), 5000);
  await new Promise((done) => setTimeout(done, 150));
  vi.stubGlobal("navigator", { locks: fakeLocks() });
  isKilled = false;
}

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("navigator", { locks: fakeLocks() });
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  vi.stubGlobal("window", new EventTarget());
  isKilled = false;
  clock = 0;
});
afterEach(() => vi.unstubAllGlobals());

/** What a log says beside the times. */
const lines = ({ run }: Stores) =>
  run.runStore
    .getState()
    .log.map(({ text }) => text.replace(/ - [\d.]+s - [\d.]+ms\/step|in [\d.]+ sec/, ""));

test("what was broken off is offered on the same page, and goes on with its history, curves and log", async () => {
  const straight = await page("/elsewhere");
  await straight.run.train();
  const whole = straight.run.runStore.getState();
  straight.leave();

  await kill(await page());
  const next = await page();
  await offered(next);
  expect(offerOf(next)).toMatchObject({ title: small.title, isElsewhere: false, epochs: 3 });
  expect(next.run.runStore.getState().state).toBe("idle");
  const { epoch, step } = offerOf(next)!;

  await next.unfinished.continueUnfinished();
  const run = next.run.runStore.getState();
  expect(run).toMatchObject({ state: "done", hash: whole.hash, loss: whole.loss, accuracy: whole.accuracy });
  expect(run.history.map(({ loss, valLoss }) => [loss, valLoss])).toEqual(
    whole.history.map(({ loss, valLoss }) => [loss, valLoss]),
  );
  const expected = lines(straight);
  expected.splice(expected.indexOf(`Epoch ${epoch}/3`) + 1, 0, `Continued from epoch ${epoch}, step ${step}`);
  expect(lines(next)).toEqual(expected);
  next.leave();

  // It ended properly: nothing is left to go on with.
  const last = await page();
  await new Promise((done) => setTimeout(done, 400));
  expect(offerOf(last)).toBeNull();
  last.leave();
});

test("it is offered on its own page alone, with its own experiment, until it is discarded", async () => {
  await kill(await page("/lessons/first"));
  const other = await page("/");
  await new Promise((done) => setTimeout(done, 400));
  expect(offerOf(other)).toBeNull();
  other.leave();

  const edited = { ...small, seed: 9 };
  const next = await page("/lessons/first", edited);
  await offered(next);
  await next.unfinished.discardUnfinished();
  expect(offerOf(next)).toBeNull();
  expect(next.spec.specStore.getState().spec).toBe(edited);
  next.leave();
  const last = await page("/lessons/first");
  await new Promise((done) => setTimeout(done, 400));
  expect(offerOf(last)).toBeNull();
  last.leave();
});

const long = { ...small, training: { ...small.training, epochs: 12 } };

test("a run that another tab has is shown there, and can be taken over", async () => {
  const first = await page("/", long);
  void first.run.train();
  await vi.waitFor(() => expect(first.run.runStore.getState().loss.steps).toBeGreaterThan(5), 5000);
  await first.run.pause();
  const { entries } = await import("../training/checkpoint-database");
  await vi.waitFor(async () => expect(await entries()).toHaveLength(1), 5000);
  const second = await page();
  await offered(second);
  expect(offerOf(second)).toMatchObject({ isElsewhere: true });
  await second.unfinished.continueUnfinished();
  expect(second.run.runStore.getState().state).toBe("done");
  expect(first.run.runStore.getState()).toMatchObject({ state: "failed", failure: { code: "elsewhere" } });
  first.leave();
  second.leave();
});

test("a lesson's own run goes on after a reload, and counts in the steps that it was begun in", async () => {
  const steps = ["one", "two"].map((id) => ({ id, experiment: null, checks: ["trained"] }));
  const first = await page("/lessons/first");
  const close = first.lesson.openLesson("first", steps);
  first.lesson.openStep("one");
  await kill(first);
  close();

  const next = await page("/lessons/first");
  next.lesson.openLesson("first", steps);
  next.lesson.bringChecks(
    () =>
      ({ runs }) =>
        runs.some(({ history }) => history.length === 3),
  );
  next.lesson.openStep("two");
  await offered(next);
  await next.unfinished.continueUnfinished();
  const { progress } = next.shown.lessonStore.getState();
  expect(progress.steps.one?.passed).toEqual(["trained"]);
  expect(progress.done).toEqual(["one", "two"]);
  expect(progress.runs).toMatchObject([{ step: "one", epochs: 3 }]);
  next.leave();
});

test("throwing a run away leaves nothing to go on with", async () => {
  const first = await page("/", long);
  void first.run.train();
  await vi.waitFor(() => expect(first.run.runStore.getState().loss.steps).toBeGreaterThan(5), 5000);
  await first.run.pause();
  const { entries } = await import("../training/checkpoint-database");
  await vi.waitFor(async () => expect(await entries()).toHaveLength(1), 5000);
  first.run.reset();
  await vi.waitFor(async () => expect(await entries()).toHaveLength(0), 5000);
  expect(offerOf(first)).toBeNull();
  first.leave();
});
