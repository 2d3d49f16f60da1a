import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { recordWith } from "../metrics/testing";
import { listWaiting, mayWait, putAside, takeOut, type Waiting } from "./outbox";

const waiting = (id: string, addedAt: number, changes: Partial<Waiting> = {}): Waiting => ({
  id,
  board: "accuracy",
  name: "Ada",
  record: recordWith({}),
  weights: [Float32Array.of(1, 2), Float32Array.of(3)],
  addedAt,
  problem: null,
  ...changes,
});

async function tamper(key: string, value: unknown): Promise<void> {
  const { openDB } = await import("idb");
  const database = await openDB("descent-outbox");
  await database.put("waiting", value, key);
  database.close();
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

describe("submissions that wait for a network", () => {
  test("are kept whole, weights and all, in the order in which they came", async () => {
    const [later, earlier] = [waiting("b", 2), waiting("a", 1, { board: "golf", name: null })];
    await putAside(later);
    await putAside(earlier);
    expect(await listWaiting()).toEqual([earlier, later]);
  });

  test("are one for a run and a board, however often it is put aside", async () => {
    await putAside(waiting("a", 1));
    await putAside(waiting("a", 1, { problem: "It is another's." }));
    expect((await listWaiting()).map(({ problem }) => problem)).toEqual(["It is another's."]);
  });

  test("are known to be there without opening anything, until the last is taken out", async () => {
    expect(mayWait()).toBe(false);
    await putAside(waiting("a", 1));
    await putAside(waiting("b", 2));
    await takeOut("a");
    expect(mayWait()).toBe(true);
    await takeOut("b");
    expect(mayWait()).toBe(false);
    expect(await listWaiting()).toEqual([]);
  });

  test.each([
    ["nothing", null],
    ["weights that are none", { ...waiting("x", 1), weights: [[1, 2]] }],
    ["an unknown board", { ...waiting("x", 1), board: "chess" }],
    ["a record of another shape", { ...waiting("x", 1), record: { version: 1 } }],
  ])("are left out and deleted where they are damaged: %s", async (_, value) => {
    await putAside(waiting("a", 1));
    await tamper("x", value);
    expect((await listWaiting()).map(({ id }) => id)).toEqual(["a"]);
    await takeOut("a");
    expect(mayWait()).toBe(false);
  });
});
