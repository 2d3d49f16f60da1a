import { beforeEach, describe, expect, test, vi } from "vitest";
import { epochRecord } from "../metrics/testing";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { emptyRun, type Run } from "./reduce";
import { runStore } from "./run";
import { keepRuns } from "./shelf-keeping";

const asked: (() => void)[] = [];
const kept: { accuracy: number; weights: number; former: string | null }[] = [];

vi.mock("./run", async (original) => ({
  ...(await original<typeof import("./run")>()),
  readWeights: () =>
    new Promise((resolve) => {
      const place = asked.length;
      asked.push(() => resolve([Float32Array.of(place)]));
    }),
}));
vi.mock("./shelf", () => ({
  keepRun: async (record: { test: { accuracy: number } }, weights: Float32Array[], former: string | null) => {
    kept.push({ accuracy: record.test.accuracy, weights: weights[0]![0]!, former });
    return `entry ${kept.length}`;
  },
}));

const spec = parseExperiment(firstRun);
const series = { steps: 3, stride: 1, means: [3, 2, 1] };

/** A run as it is when it has just ended; `second` tells two ends apart. */
const whole = (accuracy: number, second: number): Run => ({
  ...emptyRun,
  state: "done",
  spec,
  engine: { id: "wasm", name: "WebAssembly SIMD", device: "same on every device" },
  before: { loss: 2.3, accuracy: 0.1 },
  loss: series,
  accuracy: { ...series, means: [0, 0, 0] },
  history: [epochRecord(1)],
  completed: { type: "completed", elapsedMs: 9, stopped: false },
  hash: "0".repeat(64),
  test: { loss: 1, accuracy },
  finishedAt: `2026-01-02T03:04:0${second}.000Z`,
});
const begins = () => runStore.setState({ ...emptyRun, spec, state: "loading" }, true);
const goesOn = () => runStore.setState({ state: "training", finishedAt: null });
const ends = (run: Run) => {
  runStore.setState({ ...run, finishedAt: null }, true);
  runStore.setState({ finishedAt: run.finishedAt });
};
const answer = () => {
  for (const resolve of asked) resolve();
};

let forget = () => {};
beforeEach(() => {
  forget();
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  asked.length = 0;
  kept.length = 0;
  runStore.setState(emptyRun, true);
  forget = keepRuns();
});

describe("a run", () => {
  test("is kept once, when it is whole", async () => {
    begins();
    ends(whole(0.9, 1));
    answer();
    await vi.waitFor(() => expect(kept).toEqual([{ accuracy: 0.9, weights: 0, former: null }]));
    runStore.setState({ memory: { tensors: 1, bytes: 4 } });
    expect(asked).toHaveLength(1);
  });

  test("that goes on takes the place of what was kept of it", async () => {
    ends(whole(0.9, 1));
    goesOn();
    ends(whole(0.95, 2));
    answer();
    await vi.waitFor(() =>
      expect(kept).toEqual([
        { accuracy: 0.9, weights: 0, former: null },
        { accuracy: 0.95, weights: 1, former: "entry 1" },
      ]),
    );
  });

  test("that begins meanwhile waits for nobody, and is an entry of its own", async () => {
    ends(whole(0.9, 1));
    begins();
    ends(whole(0.8, 2));
    asked[1]!();
    await vi.waitFor(() => expect(kept).toEqual([{ accuracy: 0.8, weights: 1, former: null }]));
    asked[0]!();
    await vi.waitFor(() => expect(kept.at(-1)).toEqual({ accuracy: 0.9, weights: 0, former: null }));
  });

  test("that was opened, failed or has no epoch is not kept", () => {
    ends({ ...whole(0.9, 1), opened: true });
    ends({ ...whole(0.9, 2), state: "failed" });
    ends({ ...whole(0.9, 3), history: [] });
    expect(asked).toEqual([]);
  });

  test("is not kept any more by a page that stopped watching", () => {
    forget();
    ends(whole(0.9, 1));
    expect(asked).toEqual([]);
  });
});
