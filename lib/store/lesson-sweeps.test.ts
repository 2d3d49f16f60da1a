import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Facts } from "../lessons/facts";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { learningRateSweep } from "../sweeps/common";
import { bringChecks, openLesson, openStep, resetStep } from "./lesson";
import { lessonStore, sweepKeyOf } from "./lesson-state";
import { emptyRun, type Run } from "./reduce";
import { runStore } from "./run";
import { type SweepRun, sweepStore } from "./sweep";

/** What the run store asks the trainer for. */
const loads = vi.hoisted(() => ({ options: [] as unknown[] }));
vi.mock("../training/client", () => ({
  createTrainerClient: () => ({
    load: async (...[, , , options]: unknown[]) => void loads.options.push(options),
    train: () => new Promise(() => {}),
    dispose() {},
  }),
}));

const spec = parseExperiment(firstRun);
const sweep = learningRateSweep(spec, [0.1, 0.01]);
const key = sweepKeyOf("a-lesson", "compare");
const steps = [
  { id: "compare", experiment: spec, sweep, holdOut: true, checks: ["compared"] },
  { id: "after", experiment: spec, checks: ["compared"] },
];
const rest = { waiting: false, underway: [], leftMs: null, problem: null };
const show = (state: SweepRun["state"], results: SweepRun["results"] = []) =>
  sweepStore.setState({ runs: { [key]: { ...rest, sweep, results, state } } });
const facts = (step: string) => lessonStore.getState().facts[step]!;
const passed = (step: string) => lessonStore.getState().progress.steps[step]?.passed ?? [];

let close: () => void;
beforeEach(() => {
  vi.stubGlobal("localStorage", { getItem: () => null, setItem() {} });
  loads.options.length = 0;
  runStore.setState(emptyRun, true);
  sweepStore.setState({ runs: {} });
  close = openLesson("a-lesson", steps);
  bringChecks(
    () =>
      ({ sweeps }: Facts) =>
        sweeps.some(({ done }) => done),
  );
  openStep("compare");
});
afterEach(() => {
  close();
  vi.unstubAllGlobals();
});

test("a comparison is a fact of its own step, and passes its checks when it is through", () => {
  show("running");
  expect(facts("compare").sweeps).toEqual([{ sweep, results: [], done: false }]);
  expect(facts("after").sweeps).toEqual([]);
  expect(passed("compare")).toEqual([]);
  const result = { id: "0", score: 0.9, valLoss: 0.3, epochs: 5, elapsedMs: 10, failure: null };
  show("running", [result]);
  expect(facts("compare").sweeps[0]!.results).toEqual([result]);
  show("done", [result]);
  expect(passed("compare")).toEqual(["compared"]);
  expect(passed("after")).toEqual([]);
});

test("resetting the step forgets its comparison", () => {
  show("done");
  resetStep("compare");
  expect(sweepStore.getState().runs).toEqual({});
  expect(facts("compare").sweeps).toEqual([]);
  expect(passed("compare")).toEqual([]);
});

test("test images are locked in the step that wants it, and nowhere else", async () => {
  const { train } = await import("./run");
  const loaded = async () => {
    runStore.setState(emptyRun, true);
    void train();
    await vi.waitFor(() => expect(loads.options.length).toBe(1));
    return loads.options.splice(0)[0];
  };
  expect(await loaded()).toMatchObject({ holdOut: true });
  openStep("after");
  expect(await loaded()).toMatchObject({ holdOut: false });
  openStep("compare");
  close();
  expect(await loaded()).toMatchObject({ holdOut: false });
});

test("weights that are put back are told, also where they are loaded afterwards", () => {
  const counts = { train: 3, validation: 0, test: 3 };
  const over: Partial<Run> = { state: "done", counts };
  runStore.setState({ ...emptyRun, spec, state: "loading" }, true);
  runStore.setState(over);
  expect(facts("compare").runs[0]!.restoredEpoch).toBeNull();
  runStore.setState({ restoredEpoch: 2 });
  expect(facts("compare").runs[0]!.restoredEpoch).toBe(2);
});
