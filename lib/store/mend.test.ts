import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import type { RunRecord } from "../metrics/run-record";
import type { ExperimentSpec } from "../spec/experiment";
import { tiny, withEpochs } from "../sweeps/testing";
import { Trainer } from "../training/trainer";
import { emptyRun } from "./reduce";

const calls: string[] = [];
const kept: { record: RunRecord; weights: readonly Float32Array[] }[] = [];

// Real trainings, in this thread.
vi.mock("../training/client", () => ({
  createTrainerClient() {
    const trainer = new Trainer({
      openDataset: () => mnistFromDisk(),
      selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
      now: () => performance.now(),
    });
    return {
      load: (...args: Parameters<Trainer["load"]>) => {
        calls.push(`load on ${args[1]}`);
        return trainer.load(...args);
      },
      train: () => trainer.train(),
      pause: () => trainer.pause(),
      resume: () => trainer.resume(),
      snapshot: () => trainer.snapshot(),
      dispose() {
        calls.push("dispose");
        void trainer.stop();
      },
    };
  },
}));

vi.mock("./shelf", () => ({
  keepRun: async (record: RunRecord, weights: readonly Float32Array[]) => void kept.push({ record, weights }),
}));

type Page = typeof import("./mend") & { run: typeof import("./run") };

async function visit(): Promise<Page> {
  vi.resetModules();
  return { ...(await import("./mend")), run: await import("./run") };
}

const faster: ExperimentSpec = { ...tiny, optimizer: { ...tiny.optimizer, learningRate: 0.03 } };
const examined = { ...emptyRun, state: "done" as const, spec: { ...tiny, title: "Mine" } };
const mendingOf = ({ mendStore }: Page) => mendStore.getState().mending;

async function examinedPage(): Promise<Page> {
  const page = await visit();
  page.run.runStore.setState(examined, true);
  return page;
}

beforeEach(() => {
  calls.length = 0;
  kept.length = 0;
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
});
afterEach(() => vi.unstubAllGlobals());

describe("a mended experiment", () => {
  test("trains to its end in a worker of its own, beside the run that was examined", async () => {
    const page = await examinedPage();
    await page.startMend("Too low", "Raise it", faster);
    const { finding, label, before, run } = mendingOf(page)!;
    expect({ finding, label }).toEqual({ finding: "Too low", label: "Raise it" });
    expect(before).toBe(page.run.runStore.getState());
    expect(run.spec).toEqual({ ...faster, title: "Mine: Raise it" });
    expect(run.state).toBe("done");
    expect(run.history).toHaveLength(faster.training.epochs);
    expect(calls).toEqual(["load on wasm", "dispose"]);
    expect(kept).toHaveLength(1);
    expect(kept[0]!.record).toMatchObject({ experiment: run.spec, test: run.test });
    expect(kept[0]!.weights).toHaveLength(4);
    expect(page.giveBackMend()).toBe(true);
    page.openMended();
    const { specStore } = await import("./spec");
    expect(specStore.getState().spec).toEqual(run.spec);
  });

  test("waits for the run on the page: it does not begin beside it, and rests while it trains", async () => {
    const page = await examinedPage();
    page.run.runStore.setState({ state: "training" });
    await page.startMend("Too low", "Raise it", faster);
    expect(mendingOf(page)).toBeNull();
    page.run.runStore.setState({ state: "done" });
    // Long enough to be met under way on a fast machine.
    const over = page.startMend("Too low", "Raise it", withEpochs(faster, 1000));
    await vi.waitFor(() => expect(mendingOf(page)!.run.history.length).toBeGreaterThan(1), 10_000);
    expect(page.giveBackMend()).toBe(false);
    page.run.runStore.setState({ state: "training" });
    await vi.waitFor(() => expect(mendingOf(page)!.run.state).toBe("paused"), 10_000);
    page.run.runStore.setState({ state: "done" });
    await over;
    expect(mendingOf(page)!.run.history).toHaveLength(1000);
  });

  test("is stopped where it is, and put away", async () => {
    const page = await examinedPage();
    void page.startMend("Too low", "Raise it", withEpochs(faster, 200));
    await vi.waitFor(() => expect(mendingOf(page)!.run.history.length).toBeGreaterThan(1), 10_000);
    page.stopMend();
    expect(mendingOf(page)!.run.state).toBe("done");
    expect(calls).toEqual(["load on wasm", "dispose"]);
    const { length } = mendingOf(page)!.run.history;
    await new Promise((done) => setTimeout(done, 50));
    expect(mendingOf(page)!.run.history).toHaveLength(length);
    page.clearMend();
    expect(mendingOf(page)).toBeNull();
    await page.startMend("Too low", "Raise it", faster);
    page.run.reset();
    expect(mendingOf(page)).toBeNull();
  });

  test("gives its place to the next one", async () => {
    const page = await examinedPage();
    void page.startMend("Too low", "Raise it", withEpochs(faster, 200));
    await vi.waitFor(() => expect(mendingOf(page)!.run.history.length).toBeGreaterThan(0), 10_000);
    await page.startMend("Dead", "Lower it", tiny);
    expect(mendingOf(page)).toMatchObject({ label: "Lower it", run: { state: "done" } });
    expect(mendingOf(page)!.run.history).toHaveLength(tiny.training.epochs);
    expect(calls).toEqual(["load on wasm", "dispose", "load on wasm", "dispose"]);
    expect(kept).toHaveLength(1);
  });
});
