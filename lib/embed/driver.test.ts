import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { epochRecord } from "../metrics/testing";
import { encodeExperiment } from "../share/code";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { lenet5 } from "../spec/presets/lenet5";
import { bringChecks, mark as markStep, openLesson, openStep } from "../store/lesson";
import { locksStore } from "../store/locks";
import { emptyRun, type Run } from "../store/reduce";
import { beginWith, removeLayer, specStore } from "../store/spec";
import { connectEmbed } from "./driver";
import { type EmbedMessage, type HostMessage, mark, readHostMessage } from "./messages";

const calls: string[] = [];
vi.mock("../store/run", async (original) => {
  const real = await original<typeof import("../store/run")>();
  const noted = (name: string) => () => void calls.push(name);
  return {
    ...real,
    train: noted("train"),
    pause: noted("pause"),
    resume: noted("resume"),
    stop: noted("stop"),
    reset: noted("reset"),
  };
});
const { runStore } = await import("../store/run");

const first = parseExperiment(firstRun);
const lenet = parseExperiment(lenet5.experiment);
const sent: EmbedMessage[] = [];
let hear: (message: HostMessage) => void;
let end: () => void = () => {};

/** As it comes through the line: read from what the page around has sent. */
const say = (message: object) => hear(readHostMessage({ ...mark, ...message })!);

function connect(titles?: Record<string, string>): void {
  end = connectEmbed(
    {
      send: (message) => void sent.push(message),
      listen(listener) {
        hear = listener;
        return () => {};
      },
    },
    titles,
  );
}

beforeEach(() => {
  runStore.setState(emptyRun, true);
  beginWith({ spec: first, forkedFrom: null });
  calls.length = 0;
  sent.length = 0;
});
afterEach(() => end());

const metrics = ({ epoch, loss, accuracy, valLoss, valAccuracy }: ReturnType<typeof epochRecord>) => ({
  epoch,
  loss,
  accuracy,
  valLoss,
  valAccuracy,
});

describe("the page around", () => {
  test("hears first that the embed listens, and with what", () => {
    connect();
    expect(sent).toEqual([
      { type: "ready", experiment: first },
      { type: "state", state: "idle" },
    ]);
  });

  test("drives the run", () => {
    connect();
    for (const type of ["train", "pause", "resume", "stop", "reset"]) say({ type });
    expect(calls).toEqual(["train", "pause", "resume", "stop", "reset"]);
  });

  test("brings another experiment, as JSON or as a code, which ends the run", () => {
    connect();
    say({ type: "load", experiment: lenet });
    expect(specStore.getState().spec).toEqual(lenet);
    say({ type: "load", experiment: encodeExperiment(first) });
    expect(specStore.getState().spec).toEqual(first);
    expect(calls).toEqual(["reset", "reset"]);
    expect(sent.filter(({ type }) => type === "ready").slice(1)).toEqual([
      { type: "ready", experiment: lenet },
      { type: "ready", experiment: first },
    ]);
  });

  test("is told why an experiment is none, and nothing changes", () => {
    connect();
    say({ type: "load", experiment: { ...first, seed: -1 } });
    say({ type: "load", experiment: "1~broken" });
    expect(specStore.getState().spec).toBe(first);
    expect(calls).toEqual([]);
    expect(sent.slice(2)).toEqual([
      { type: "error", code: "invalid", message: expect.stringContaining("seed is -1; it must be") },
      { type: "error", code: "invalid", message: expect.stringContaining("it must be") },
    ]);
  });

  test("is told why an experiment cannot be trained", () => {
    connect();
    removeLayer(0);
    say({ type: "train" });
    expect(calls).toEqual([]);
    expect(sent.at(-1)).toMatchObject({ type: "error", code: "invalid" });
  });

  test("locks parts of the experiment", () => {
    connect();
    say({ type: "lock", fields: ["layers"] });
    expect(locksStore.getState().fields).toEqual(["layers"]);
    say({ type: "lock", fields: [] });
    expect(locksStore.getState().fields).toEqual([]);
  });
});

describe("a run is told", () => {
  const change = (part: Partial<Run>) => runStore.setState(part);

  test("from the wait for its turn to its end, every epoch once", () => {
    connect();
    sent.length = 0;
    change({ spec: first, state: "loading", queue: 2 });
    change({ queue: 1 });
    change({ queue: null });
    change({ state: "training", engine: { id: "wasm", name: "WebAssembly SIMD", device: "" } });
    change({ history: [epochRecord(1)] });
    change({ history: [epochRecord(1), epochRecord(2)] });
    const { history } = runStore.getState();
    change({ history: [...history, epochRecord(3)] });
    change({ state: "paused" });
    const completed = { type: "completed", elapsedMs: 300, stopped: false } as const;
    change({ completed, test: { loss: 0.1, accuracy: 0.97 }, state: "done" });
    const types = sent.map(({ type }) => type);
    expect(types.filter((type) => type === "waiting")).toHaveLength(2);
    expect(sent.filter(({ type }) => type === "state")).toEqual(
      ["loading", "training", "paused", "done"].map((state) => ({ type: "state", state })),
    );
    expect(sent.at(-1)).toEqual({
      type: "done",
      history: [epochRecord(1), epochRecord(2), epochRecord(3)].map(metrics),
      testAccuracy: 0.97,
      testLoss: 0.1,
      elapsedMs: 300,
      engine: "WebAssembly SIMD",
    });
  });

  test("epoch by epoch, also where several come at once or a run goes on", () => {
    connect();
    sent.length = 0;
    const [one, two, three] = [epochRecord(1), epochRecord(2), epochRecord(3)];
    change({ history: [one, two] });
    change({ history: [one] });
    change({ history: [one, three] });
    expect(sent.map((message) => message.type === "epoch" && message.epoch)).toEqual([1, 2, 3]);
  });

  test("with what went wrong, and what to do", () => {
    connect();
    sent.length = 0;
    const failure = {
      code: "diverged",
      message: "It broke.",
      advice: "Mend it.",
      epoch: 1,
      resumable: false,
    } as const;
    change({ state: "failed", failure });
    expect(sent).toEqual([
      { type: "state", state: "failed" },
      { type: "error", code: "diverged", message: "It broke. Mend it." },
    ]);
  });

  test("is not done again when it gives its engine back, nor when it was opened", () => {
    connect();
    change({ spec: first, state: "done" });
    sent.length = 0;
    change({ opened: true });
    expect(sent).toEqual([]);
    runStore.setState({ ...emptyRun, spec: first, opened: true, state: "training" }, true);
    change({ state: "done" });
    expect(sent.map(({ type }) => type)).not.toContain("done");
  });
});

describe("a lesson is told", () => {
  let close: () => void = () => {};
  beforeEach(() => {
    vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => {} });
    const steps = [
      { id: "one", experiment: first, checks: ["a", "b"] },
      { id: "two", experiment: null, checks: ["a"] },
    ];
    close = openLesson("a-lesson", steps, true);
    bringChecks(
      (_, check) =>
        ({ marks }) =>
          marks[check] === true,
    );
    openStep("one");
  });
  afterEach(() => {
    close();
    vi.unstubAllGlobals();
  });

  const one = { id: "one", title: "The first", passed: 0, total: 2, done: false };
  const two = { id: "two", title: "two", passed: 0, total: 1, done: false };

  test("when the embed is ready, and at every check and step", () => {
    connect({ one: "The *first*" });
    const at = { type: "lesson", slug: "a-lesson", total: 2 } as const;
    expect(sent).toContainEqual({ ...at, step: "one", steps: [one, two], done: 0 });
    markStep("one", "a", true);
    expect(sent.at(-1)).toEqual({ ...at, step: "one", steps: [{ ...one, passed: 1 }, two], done: 0 });
    markStep("one", "b", true);
    const finished = { ...one, passed: 2, done: true };
    expect(sent.at(-1)).toEqual({ ...at, step: "one", steps: [finished, two], done: 1 });
    openStep("two");
    expect(sent.at(-1)).toEqual({ ...at, step: "two", steps: [finished, two], done: 1 });
  });
});
