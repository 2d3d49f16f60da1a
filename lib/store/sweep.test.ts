import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cellsOf } from "../sweeps/cells";
import { axisOf, learningRateSweep, optimizerSweep } from "../sweeps/common";
import type { SearchSweep, SweepSpec } from "../sweeps/sweep";
import { createTrainer, findings, tiny, withEpochs } from "../sweeps/testing";
import { emptyRun } from "./reduce";

const created: ReturnType<typeof createTrainer>[] = [];
const disposed: unknown[] = [];

// Real trainings, in this thread.
vi.mock("../training/client", () => ({
  createTrainerClient() {
    const trainer = createTrainer();
    created.push(trainer);
    return {
      ...trainer,
      dispose() {
        disposed.push(trainer);
        void trainer.pause();
      },
    };
  },
}));

type Page = typeof import("./sweep");

/** A page that knows nothing but what the browser remembers. */
async function visit(): Promise<Page> {
  vi.resetModules();
  return import("./sweep");
}

const KEY = "mine";
const stateOf = ({ sweepOf, sweepStore }: Page, key = KEY) => sweepOf(sweepStore.getState(), key);
const resultsOf = (page: Page, key = KEY) => stateOf(page, key)?.results ?? [];
const trainings = () => created.flatMap(({ calls }) => calls.filter((call) => call.startsWith("load")));
/** Often asked, and patient where the machine is busy. */
const waiting = { timeout: 10_000, interval: 1 };
const some = (count: number, page: Page, key = KEY) =>
  vi.waitFor(() => expect(resultsOf(page, key).length).toBeGreaterThanOrEqual(count), waiting);

const rates = (count: number, epochs = 2): SweepSpec =>
  learningRateSweep(withEpochs(tiny, epochs), [0.1, 0.05, 0.01, 0.005, 0.001].slice(0, count));

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  created.length = 0;
  disposed.length = 0;
  vi.stubGlobal("navigator", { hardwareConcurrency: 2 });
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("a sweep", () => {
  test("runs to its end in a worker of its own, which ends with it", async () => {
    const page = await visit();
    const over = page.startSweep(KEY, rates(2));
    expect(stateOf(page)).toMatchObject({ state: "running", results: [], problem: null });
    await over;
    expect(stateOf(page)).toMatchObject({ state: "done", underway: [], waiting: false });
    expect(resultsOf(page).map(({ id, failure }) => [id, failure])).toEqual([
      ["0", null],
      ["1", null],
    ]);
    expect(created).toHaveLength(1);
    expect(disposed).toHaveLength(1);
  });

  test("trains in two workers where there are cores for them, and comes to the same", async () => {
    const page = await visit();
    await page.startSweep(KEY, rates(3));
    const alone = findings(resultsOf(page));
    vi.stubGlobal("navigator", { hardwareConcurrency: 8 });
    await page.startSweep(KEY, rates(3));
    expect(created).toHaveLength(3);
    expect(findings(resultsOf(page))).toEqual(alone);
  });

  test("shows what it trains and how long it will take", async () => {
    const page = await visit();
    const seen: [string, number | null][] = [];
    page.sweepStore.subscribe(() => {
      const run = stateOf(page);
      for (const { cell } of run?.underway ?? []) seen.push([cell.label, run!.leftMs]);
    });
    await page.startSweep(KEY, rates(2, 30));
    expect(new Set(seen.map(([label]) => label))).toEqual(new Set(["0.1", "0.05"]));
    expect(seen.some(([, left]) => left !== null && left > 0)).toBe(true);
    expect(page.estimateSweepMs(rates(2, 30), "auto")).toBeGreaterThan(0);
  });

  test("is refused where it is none", async () => {
    const page = await visit();
    await expect(page.startSweep(KEY, { ...rates(1), axes: [] } as unknown as SweepSpec)).rejects.toThrow(
      "axes",
    );
    expect(stateOf(page)).toBeNull();
  });
});

describe("a sweep that is stopped", () => {
  test("goes on in the middle of a cell, and comes to the same as one that was left alone", async () => {
    const page = await visit();
    await page.startSweep(KEY, rates(2, 40));
    const alone = findings(resultsOf(page));
    created.length = 0;
    const over = page.startSweep(KEY, rates(2, 40));
    await vi.waitFor(() => expect(stateOf(page)!.underway[0]!.epoch).toBeGreaterThan(1), waiting);
    page.stopSweep(KEY);
    await new Promise((done) => setTimeout(done, 120));
    const rested = stateOf(page)!.underway[0]!.epoch;
    await new Promise((done) => setTimeout(done, 120));
    expect(stateOf(page)).toMatchObject({ state: "stopped", underway: [{ epoch: rested }] });
    await page.goOn(KEY);
    await over;
    expect(findings(resultsOf(page))).toEqual(alone);
    expect(trainings()).toHaveLength(2);
  });

  test("makes room for another, and goes on afterwards", async () => {
    const page = await visit();
    void page.startSweep("a", rates(5, 20));
    await some(1, page, "a");
    await page.startSweep("b", rates(1));
    expect(stateOf(page, "b")!.state).toBe("done");
    expect(stateOf(page, "a")).toMatchObject({ state: "stopped", underway: [] });
    const done = resultsOf(page, "a").length;
    expect(done).toBeLessThan(5);
    created.length = 0;
    await page.goOn("a");
    expect(resultsOf(page, "a")).toHaveLength(5);
    expect(trainings()).toHaveLength(5 - done);
  });
});

describe("after a reload", () => {
  test("a sweep is there, stopped, and goes on where it was without training a cell again", async () => {
    const before = await visit();
    await before.startSweep("whole", rates(4, 20));
    const whole = findings(resultsOf(before, "whole"));
    void before.startSweep(KEY, rates(4, 20));
    await some(2, before);
    const kept = resultsOf(before).length;
    before.stopSweep(KEY);
    created.length = 0;

    const page = await visit();
    expect(stateOf(page)).toBeNull();
    page.restoreSweep(KEY);
    expect(stateOf(page)).toMatchObject({ state: "stopped", underway: [], problem: null });
    expect(resultsOf(page)).toHaveLength(kept);
    expect(created).toEqual([]);
    await page.goOn(KEY);
    expect(trainings()).toHaveLength(4 - kept);
    expect(findings(resultsOf(page))).toEqual(whole);
    expect(stateOf(page)!.state).toBe("done");
  });

  test("a search goes on in its round", async () => {
    const search: SearchSweep = {
      kind: "search",
      title: "Search",
      base: tiny,
      ranges: [
        {
          field: "optimizer.learningRate",
          label: "Rate",
          min: 1e-4,
          max: 0.1,
          integer: false,
          logarithmic: true,
        },
      ],
      trials: 4,
      minEpochs: 1,
      maxEpochs: 4,
      keepOneIn: 2,
      seed: 3,
    };
    const before = await visit();
    await before.startSweep("whole", search);
    void before.startSweep(KEY, search);
    await some(5, before);
    before.stopSweep(KEY);
    const page = await visit();
    page.restoreSweep(KEY);
    await page.goOn(KEY);
    expect(findings(resultsOf(page))).toEqual(findings(resultsOf(before, "whole")));
  });

  test("one that was over is done, and another one of the same key is not it", async () => {
    await (await visit()).startSweep(KEY, rates(2));
    const page = await visit();
    page.restoreSweep(KEY, rates(3));
    expect(stateOf(page)).toBeNull();
    page.restoreSweep(KEY, rates(2));
    expect(stateOf(page)!.state).toBe("done");
    page.restoreSweep(KEY, optimizerSweep(tiny));
    expect(stateOf(page)).toBeNull();
  });

  test.each([
    ["nothing of ours", '{"version":2}'],
    ["no JSON", "{"],
    ["a sweep that is none", '{"version":1,"sweep":{"kind":"grid"},"results":[]}'],
  ])("%s is left aside", async (_, text) => {
    stored.set("descent.sweep.mine", text);
    const page = await visit();
    page.restoreSweep(KEY);
    expect(stateOf(page)).toBeNull();
  });

  test("results of cells that are not there are left aside", async () => {
    await (await visit()).startSweep(KEY, rates(2));
    const written = JSON.parse(stored.get("descent.sweep.mine")!);
    written.results[1].id = "7";
    stored.set("descent.sweep.mine", JSON.stringify(written));
    const page = await visit();
    page.restoreSweep(KEY);
    expect(stateOf(page)).toMatchObject({ state: "stopped" });
    expect(resultsOf(page).map(({ id }) => id)).toEqual(["0"]);
  });

  test("a browser that refuses storage runs it all the same, and says so", async () => {
    vi.stubGlobal("localStorage", {
      getItem: () => null,
      setItem() {
        throw new DOMException("The quota is 0.", "QuotaExceededError");
      },
    });
    const page = await visit();
    expect(page.sweepStore.getState().kept).toBe(true);
    await page.startSweep(KEY, rates(1));
    expect(stateOf(page)!.state).toBe("done");
    expect(page.sweepStore.getState().kept).toBe(false);
  });

  test("one that was cleared is gone", async () => {
    const before = await visit();
    await before.startSweep(KEY, rates(1));
    before.clearSweep(KEY);
    expect(stateOf(before)).toBeNull();
    const page = await visit();
    page.restoreSweep(KEY);
    expect(stateOf(page)).toBeNull();
  });
});

test("the playground's own run goes first, and the sweep goes on by itself afterwards", async () => {
  const page = await visit();
  const { runStore } = await import("./run");
  const over = page.startSweep(KEY, rates(2, 40));
  await vi.waitFor(() => expect(stateOf(page)!.underway[0]!.epoch).toBeGreaterThan(1), waiting);
  runStore.setState({ ...emptyRun, state: "training" });
  expect(stateOf(page)).toMatchObject({ state: "running", waiting: true });
  await new Promise((done) => setTimeout(done, 120));
  const rested = stateOf(page)!.underway[0]!.step;
  await new Promise((done) => setTimeout(done, 120));
  expect(stateOf(page)!.underway[0]!.step).toBe(rested);
  runStore.setState({ state: "done" });
  expect(stateOf(page)!.waiting).toBe(false);
  await over;
  expect(stateOf(page)!.state).toBe("done");
});

test("a cell opens in the playground as the experiment that it is, named after it", async () => {
  const page = await visit();
  const { specStore } = await import("./spec");
  const sweep: SweepSpec = {
    kind: "grid",
    title: "Units",
    base: tiny,
    axes: [axisOf(tiny, "layers[1].units", [8, 9999])],
  };
  await page.startSweep(KEY, sweep);
  page.openCell(KEY, "0");
  const [cell] = cellsOf(sweep);
  expect(specStore.getState()).toEqual({ spec: { ...cell!.spec, title: "Tiny: 8" }, forkedFrom: null });
  const { spec } = specStore.getState();
  page.openCell(KEY, "1");
  page.openCell(KEY, "9");
  expect(specStore.getState().spec).toBe(spec);
});

test("a lost connection stops a sweep with its reason, and it can be taken up again", async () => {
  const page = await visit();
  const { SweepRunner } = await import("../sweeps/runner");
  const lost = new Error("The images did not come.");
  vi.spyOn(SweepRunner.prototype, "run").mockRejectedValueOnce(lost);
  await page.startSweep(KEY, rates(2));
  expect(stateOf(page)).toMatchObject({ state: "stopped", problem: lost.message, results: [] });
  expect(disposed).toHaveLength(1);
  await page.goOn(KEY);
  expect(stateOf(page)).toMatchObject({ state: "done", problem: null });
});
