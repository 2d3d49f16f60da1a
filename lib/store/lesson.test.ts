import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Facts } from "../lessons/facts";
import { epochRecord } from "../metrics/testing";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { learningRateSweep } from "../sweeps/common";
import { bringChecks, mark, openLesson, openStep, resetStep } from "./lesson";
import { lessonStore, type StepOutline, sweepKeyOf } from "./lesson-state";
import { emptyRun, type Run } from "./reduce";
import { runStore } from "./run";
import { setTraining, specStore } from "./spec";
import { type SweepRun, sweepStore } from "./sweep";

const stored = new Map<string, string>();
const titled = (title: string): ExperimentSpec => parseExperiment({ ...firstRun, title });
const ratesOf = (title: string) => learningRateSweep(titled(title), [0.1, 0.01]);
const steps: readonly StepOutline[] = [
  { id: "one", experiment: titled("One"), checks: ["trained", "answered"] },
  { id: "two", experiment: null, checks: ["continued"] },
  {
    id: "three",
    experiment: titled("Three"),
    checks: ["trained", "compared"],
    sweep: ratesOf("Three"),
    holdOut: true,
  },
];
const answers: Record<string, (facts: Facts) => boolean> = {
  trained: ({ runs }) => runs.some(({ state, test: result }) => state === "done" && result !== null),
  answered: ({ marks }) => marks.question === true,
  continued: ({ runs }) => runs.some(({ continuedFrom }) => continuedFrom > 0),
  compared: ({ sweeps }) => sweeps.some(({ done }) => done),
};
const verdicts = (_: string, check: string) => answers[check] ?? null;

let close: () => void = () => {};
function visit(bring = true): void {
  close();
  runStore.setState(emptyRun, true);
  close = openLesson("a-lesson", steps);
  if (bring) bringChecks(verdicts);
}

beforeEach(() => {
  stored.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => {
  close();
  close = () => {};
  vi.unstubAllGlobals();
});

const spec = () => specStore.getState().spec;
const state = () => lessonStore.getState();
const runs = (step: string) => state().facts[step]?.runs ?? [];
const passed = (step: string) => state().progress.steps[step]?.passed ?? [];

const counts = { train: 3, validation: 0, test: 3 };
const begins = () => runStore.setState({ ...emptyRun, spec: spec(), state: "loading" }, true);
const trains = (change: Partial<Run> = {}) => runStore.setState({ state: "training", counts, ...change });
const ends = (epochs: number, second = epochs) => {
  const history = Array.from({ length: epochs }, (_, index) => epochRecord(index + 1));
  const completed = { type: "completed", elapsedMs: 300, stopped: false } as const;
  runStore.setState({
    state: "done",
    history,
    completed,
    test: { loss: 0.1, accuracy: 0.97, samples: 3 } as Run["test"],
  });
  runStore.setState({ finishedAt: `2026-01-02T03:04:0${second}.000Z` });
};
const goesOn = (from: number) => {
  runStore.setState({ state: "loading" });
  trains({ from, completed: null, test: null, finishedAt: null });
};

describe("opening a step", () => {
  test("loads its experiment; one without its own leaves the one before", () => {
    visit();
    openStep("one");
    expect(spec().title).toBe("One");
    openStep("two");
    expect(spec().title).toBe("One");
    openStep("three");
    expect(spec().title).toBe("Three");
  });

  test("brings back what the reader made of the experiment in this visit", () => {
    visit();
    openStep("one");
    setTraining("epochs", 7);
    openStep("three");
    openStep("one");
    expect(spec().training.epochs).toBe(7);
    visit();
    openStep("one");
    expect(spec().training.epochs).toBe(5);
  });

  test("from an address in the middle loads the last experiment before it, and nothing comes before that", () => {
    visit();
    openStep("two");
    expect(spec().title).toBe("One");
    expect(specStore.temporal.getState().pastStates).toEqual([]);
  });

  test("is remembered; a step that the lesson does not have is none", () => {
    visit();
    openStep("three");
    openStep("four");
    expect(state().step).toBe("three");
    visit();
    expect(state().progress.open).toBe("three");
  });
});

describe("a run", () => {
  test("counts in the step that it was begun in, also when another one is open by its end", () => {
    visit();
    openStep("one");
    begins();
    trains();
    openStep("three");
    ends(5);
    expect(runs("one")).toHaveLength(1);
    expect(runs("one")[0]).toMatchObject({ state: "done", continuedFrom: 0, test: { accuracy: 0.97 } });
    expect(runs("three")).toEqual([]);
    expect(passed("one")).toEqual(["trained"]);
    expect(passed("three")).toEqual([]);
  });

  test("that is continued is still one, and counts where it goes on too", () => {
    visit();
    openStep("one");
    begins();
    trains();
    ends(5, 1);
    openStep("two");
    expect(runs("two")).toEqual([]);
    goesOn(5);
    ends(15, 2);
    expect(runs("two")).toHaveLength(1);
    expect(runs("two")[0]).toMatchObject({ continuedFrom: 5 });
    expect(runs("two")[0]!.history).toHaveLength(15);
    expect(runs("one")).toHaveLength(1);
    expect(passed("two")).toEqual(["continued"]);
    expect(state().progress.runs).toMatchObject([{ step: "one", epochs: 15, elapsedMs: 1500 }]);
  });

  test("that follows another one is a second one", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 0 });
    visit();
    openStep("one");
    for (const second of [1, 2]) {
      vi.setSystemTime(1000 * second);
      begins();
      trains();
      ends(5, second);
    }
    vi.useRealTimers();
    expect(runs("one")).toHaveLength(2);
    expect(state().progress.runs).toHaveLength(2);
  });

  test("that was opened from the shelf is nobody's exercise", () => {
    visit();
    openStep("one");
    runStore.setState({ ...emptyRun, spec: spec(), opened: true, state: "done" }, true);
    ends(5);
    expect(runs("one")).toEqual([]);
    expect(state().progress.runs).toEqual([]);
  });

  test("tells its facts when something happened, not with each step", () => {
    visit();
    openStep("one");
    begins();
    trains();
    const before = state().facts;
    runStore.setState({ loss: { steps: 1, stride: 1, means: [2] } });
    expect(state().facts).toBe(before);
    runStore.setState({ history: [epochRecord(1)] });
    expect(state().facts).not.toBe(before);
  });
});

describe("a comparison", () => {
  const key = sweepKeyOf("a-lesson", "three");
  const compare = (change: Partial<SweepRun>) =>
    sweepStore.setState(({ runs: all }) => {
      const rest = { waiting: false, underway: [], leftMs: null, problem: null } as const;
      const run = all[key] ?? { ...rest, sweep: ratesOf("Three"), results: [], state: "running" };
      return { runs: { ...all, [key]: { ...run, ...change } } };
    });
  const result = { id: "0", score: 0.9, valLoss: 0.3, epochs: 5, elapsedMs: 1, failure: null };
  afterEach(() => sweepStore.setState({ runs: {} }));

  test("counts in its step with every cell that is over, and passes once it is through", () => {
    visit();
    openStep("three");
    compare({});
    expect(state().facts.three!.sweeps).toEqual([{ sweep: ratesOf("Three"), results: [], done: false }]);
    compare({ results: [result] });
    expect(state().facts.three!.sweeps[0]!.results).toEqual([result]);
    expect(passed("three")).toEqual([]);
    compare({ state: "done" });
    expect(passed("three")).toEqual(["compared"]);
    expect(state().facts.one!.sweeps).toEqual([]);
  });

  test("tells nothing while its cells only count their steps", () => {
    visit();
    compare({});
    const before = state().facts;
    compare({ leftMs: 100 });
    expect(state().facts).toBe(before);
  });

  test("is forgotten by a reset of its step", () => {
    visit();
    openStep("three");
    compare({ state: "done" });
    resetStep("three");
    expect(sweepStore.getState().runs[key]).toBeUndefined();
    expect(state().facts.three!.sweeps).toEqual([]);
    expect(passed("three")).toEqual([]);
  });
});

describe("what was done", () => {
  const doOne = () => {
    openStep("one");
    begins();
    trains();
    ends(5);
    mark("one", "question", true);
  };

  test("makes a step done once all its checks have passed, and says so once", () => {
    visit();
    openStep("one");
    mark("one", "question", true);
    expect(state().progress.done).toEqual([]);
    expect(state().justDone).toBeNull();
    doOne();
    expect(state().progress.done).toEqual(["one"]);
    expect(state().justDone).toBe("one");
  });

  test("stays passed whatever happens later", () => {
    visit();
    doOne();
    mark("one", "question", false);
    begins();
    expect([...passed("one")].sort()).toEqual(["answered", "trained"]);
    expect(state().progress.done).toEqual(["one"]);
  });

  test("is there again in the next visit, without being announced again", () => {
    visit();
    doOne();
    visit();
    expect(state().progress.done).toEqual(["one"]);
    expect(state().facts.one).toMatchObject({ runs: [], marks: { question: true } });
    expect(state().progress.runs).toMatchObject([{ step: "one", epochs: 5, testAccuracy: 0.97 }]);
    expect(state().progress.runs[0]!.spec).toEqual(titled("One"));
    expect(state().justDone).toBeNull();
  });

  test("in a step that the lesson has lost since is not counted", () => {
    const left = { version: 1, open: null, steps: {}, done: ["gone", "one"], runs: [] };
    stored.set("descent.lesson.a-lesson", JSON.stringify(left));
    visit();
    expect(state().progress.done).toEqual(["one"]);
  });

  test("counts although the lesson's checks came after it", () => {
    visit(false);
    doOne();
    expect(state().progress.done).toEqual([]);
    bringChecks(verdicts);
    expect(state().progress.done).toEqual(["one"]);
  });

  test("is forgotten by a reset of its step, with its runs and edits, and nothing else is", () => {
    visit();
    doOne();
    openStep("three");
    mark("three", "question", 3);
    openStep("one");
    setTraining("epochs", 7);
    resetStep("one");
    expect(spec()).toEqual(titled("One"));
    expect(state().progress).toMatchObject({
      done: [],
      runs: [],
      steps: { three: { marks: { question: 3 } } },
    });
    expect(state().facts.one).toEqual({ runs: [], sweeps: [], marks: {} });
    expect(runStore.getState().state).toBe("idle");
    visit();
    expect(state().progress.done).toEqual([]);
  });

  test("is worth the same where the browser remembers nothing, and the page can say that", () => {
    vi.stubGlobal("localStorage", {
      getItem() {
        throw new Error("SecurityError");
      },
      setItem() {
        throw new Error("QuotaExceededError");
      },
    });
    visit();
    doOne();
    expect(state().progress.done).toEqual(["one"]);
    expect(state().kept).toBe(false);
  });
});
