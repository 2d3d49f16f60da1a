import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Entry } from "./checkpoint-database";

type Database = typeof import("./checkpoint-database");

/** A page or worker that knows nothing yet, over the same database as those before it. */
async function visit(): Promise<Database> {
  vi.resetModules();
  return import("./checkpoint-database");
}

beforeEach(() => vi.stubGlobal("indexedDB", new IDBFactory()));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const entry = (id: string, savedAt: number): Entry => ({
  ...{ id, savedAt, place: "/", title: "First run" },
  ...{ epoch: 1, epochs: 5, step: 12, steps: 1500 },
});
const sealed = (value: number) => ({ bytes: Uint8Array.of(value), hash: "00".repeat(32) });
const values = async ({ slotsOf }: Database, id: string) =>
  (await slotsOf(id)).map((slot) => (slot as { bytes: Uint8Array } | undefined)?.bytes[0] ?? null);

test("the two slots are written in turns, by this visit and the next", async () => {
  const first = await visit();
  expect(await first.entries()).toEqual([]);
  for (const value of [1, 2, 3]) await first.write("one", entry("run", value), sealed(value));
  expect(await values(first, "run")).toEqual([3, 2]);
  const second = await visit();
  await second.own("run", "two");
  await second.write("two", entry("run", 4), sealed(4));
  expect(await values(second, "run")).toEqual([3, 4]);
  expect(await second.entries()).toMatchObject([entry("run", 4)]);
});

test("who has lost a run writes nothing any more, and cannot remove it", async () => {
  const [first, second] = [await visit(), await visit()];
  await first.write("one", entry("run", 1), sealed(1));
  await second.own("run", "two");
  expect(await first.write("one", entry("run", 2), sealed(2))).toBe(false);
  await first.remove("run", "one");
  expect(await values(second, "run")).toEqual([1, null]);
  expect(await second.write("two", entry("run", 3), sealed(3))).toBe(true);
  await second.remove("run", "two");
  expect(await values(second, "run")).toEqual([null, null]);
  expect(await second.entries()).toEqual([]);
});

test("a write that fails leaves both slots as they were", async () => {
  const database = await visit();
  for (const value of [1, 2]) await database.write("one", entry("run", value), sealed(value));
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...args) {
    if (this.name === "entries") throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, args);
  });
  await expect(database.write("one", entry("run", 3), sealed(3))).rejects.toThrow("full");
  vi.restoreAllMocks();
  expect(await values(database, "run")).toEqual([1, 2]);
  expect(await database.write("one", entry("run", 4), sealed(4))).toBe(true);
  expect(await values(database, "run")).toEqual([4, 2]);
});

test("more unfinished runs than anybody goes back to make room, the oldest first", async () => {
  const database = await visit();
  for (const [index, id] of ["b", "a", "d", "c"].entries())
    await database.write("one", entry(id, index), sealed(index));
  expect((await database.entries()).map(({ id }) => id)).toEqual(["c", "d", "a"]);
  expect(await values(database, "b")).toEqual([null, null]);
});

test("an entry that is none of ours is not there", async () => {
  const database = await visit();
  await database.write("one", entry("run", 1), sealed(1));
  const { openDB } = await import("idb");
  const raw = await openDB("descent.resume");
  await raw.put("entries", { id: "other", place: 3 });
  raw.close();
  expect((await database.entries()).map(({ id }) => id)).toEqual(["run"]);
});
