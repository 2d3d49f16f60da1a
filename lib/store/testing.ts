// Pages with a shelf in tests: over one database, one after the other or side by side.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";
import type { RunRecord } from "../metrics/run-record";
import { recordWith } from "../metrics/testing";
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
  const finishedAt = `2026-01-02T15:${String(minute).padStart(2, "0")}:00.000Z`;
  return recordWith({ experiment: parseExperiment({ ...firstRun, title }) }, { finishedAt });
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
