// Pages with a shelf in tests: over one database, one after the other or side by side.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";
import type { RunRecord } from "../metrics/run-record";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";

type ShelfModule = typeof import("./shelf");

/** A page that knows nothing yet, over the same database as the pages before it. */
export async function visit(): Promise<ShelfModule> {
  vi.resetModules();
  return import("./shelf");
}

/** A run that ended in this minute of an afternoon. */
export function recordAt(minute: number, title = "First run"): RunRecord {
  const two = String(minute).padStart(2, "0");
  return {
    version: 1,
    experiment: parseExperiment({ ...firstRun, title }),
    before: { loss: 2.3, accuracy: 0.1 },
    curves: {
      loss: { steps: 2, stride: 1, means: [2, 1] },
      accuracy: { steps: 2, stride: 1, means: [0.2, 0.5] },
    },
    steps: 2,
    history: [
      {
        epoch: 1,
        loss: 1.5,
        accuracy: 0.4,
        valLoss: null,
        valAccuracy: null,
        steps: 2,
        elapsedMs: 9,
        msPerStep: 4.5,
      },
    ],
    test: { loss: 0.5, accuracy: 0.875 },
    environment: {
      engine: { id: "wasm", name: "WebAssembly SIMD", device: "same on every device" },
      deviceClass: "computer",
      elapsedMs: 9,
      finishedAt: `2026-01-02T15:${two}:00.000Z`,
      weightsHash: "0123456789abcdef".repeat(4),
    },
    forkedFrom: null,
  };
}

export const weights = [Float32Array.of(1, 2, 3), Float32Array.of(-0.5)];
export const names = ({ shelfStore }: ShelfModule) => shelfStore.getState().entries.map(({ name }) => name);

/** A fresh database for each test of a file, at an hour that only `later` moves on. */
export function withFreshShelf(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-02T16:00:00Z") });
    vi.stubGlobal("indexedDB", new IDBFactory());
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

export const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
