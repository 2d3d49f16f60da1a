import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { RunRecord } from "../metrics/run-record";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { MAX_ENTRIES, MAX_SHELF_BYTES } from "./shelf-entry";

type ShelfModule = typeof import("./shelf");

/** A page that knows nothing yet, over the same database as the pages before it. */
async function visit(): Promise<ShelfModule> {
  vi.resetModules();
  return import("./shelf");
}

/** A run that ended in this minute of an afternoon. */
function recordAt(minute: number, title = "First run"): RunRecord {
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

const weights = [Float32Array.of(1, 2, 3), Float32Array.of(-0.5)];
const names = ({ shelfStore }: ShelfModule) => shelfStore.getState().entries.map(({ name }) => name);

/** Writes to a store behind the shelf's back. */
async function tamper(store: "entries" | "weights", value: unknown, key?: string): Promise<void> {
  const { openDB } = await import("idb");
  const database = await openDB("descent");
  await database.put(store, value, key);
  database.close();
}

/** Makes the first `times` attempts to put anything into a store fail for want of room. */
function fill(times: number) {
  const put = IDBObjectStore.prototype.put;
  let left = times;
  return vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
    this: IDBObjectStore,
    ...all
  ) {
    if (left-- > 0) throw new DOMException("The disk is full.", "QuotaExceededError");
    return put.apply(this, all);
  });
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-01-02T16:00:00Z") });
  vi.stubGlobal("indexedDB", new IDBFactory());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

describe("the shelf", () => {
  test("is empty at first, and after a run holds it with its weights on every later visit", async () => {
    const page = await visit();
    await page.openShelf();
    expect(page.shelfStore.getState()).toEqual({ state: "ready", entries: [], problem: null });
    const id = await page.keepRun(recordAt(1), weights);
    expect(names(page)).toEqual(["First run"]);

    const next = await visit();
    expect(next.shelfStore.getState().state).toBe("closed");
    await next.openShelf();
    const [entry] = next.shelfStore.getState().entries;
    expect(entry).toEqual({
      id,
      name: "First run",
      pinned: false,
      keptAt: Date.now(),
      deletedAt: null,
      weightsBytes: 16,
      record: recordAt(1),
    });
    expect(await next.weightsOf(id!)).toEqual(weights);
  });

  test("lists without reading any weights", async () => {
    const page = await visit();
    await page.keepRun(recordAt(1), weights);
    const read = vi.spyOn(IDBObjectStore.prototype, "get");
    const readAll = vi.spyOn(IDBObjectStore.prototype, "getAll");
    await (await visit()).openShelf();
    const stores = [...read.mock.contexts, ...readAll.mock.contexts].map(
      (store) => (store as IDBObjectStore).name,
    );
    expect(new Set(stores)).toEqual(new Set(["entries"]));
  });

  test("names a run by its title, or else by its network, and numbers those of one name", async () => {
    const page = await visit();
    await page.openShelf();
    for (const [minute, title] of ["", "Mine", "", "Mine", "Mine"].entries()) {
      await page.keepRun(recordAt(minute, title), weights);
      later(1);
    }
    expect(names(page)).toEqual(["Mine 3", "Mine 2", "784-128-64-10 2", "Mine", "784-128-64-10"]);
  });

  test("has pinned runs first, then the newest, and remembers names and pins", async () => {
    const page = await visit();
    const ids: string[] = [];
    for (const minute of [1, 2, 3]) {
      ids.push((await page.keepRun(recordAt(minute, `Run ${minute}`), weights))!);
      later(1000);
    }
    await page.pinRun(ids[0]!, true);
    await page.renameRun(ids[1]!, "  The good one ");
    const next = await visit();
    await next.openShelf();
    expect(names(next)).toEqual(["Run 1", "Run 3", "The good one"]);
    await next.renameRun(ids[1]!, " ");
    await next.pinRun(ids[0]!, false);
    expect(names(next)).toEqual(["Run 3", "Run 2", "Run 1"]);
    await expect(next.renameRun(ids[1]!, "x".repeat(121))).rejects.toThrow("1 to 120 characters");
  });

  test("keeps the same run once, however often it is told", async () => {
    const page = await visit();
    await page.openShelf();
    const [first, again] = [
      await page.keepRun(recordAt(1), weights),
      await page.keepRun(recordAt(1), weights),
    ];
    expect(again).toBe(first);
    expect(names(page)).toHaveLength(1);
  });
});

describe("a run that went on", () => {
  test("takes the place of its former entry, name and all", async () => {
    const page = await visit();
    await page.openShelf();
    const id = (await page.keepRun(recordAt(1), weights))!;
    await page.renameRun(id, "Mine");
    expect(await page.keepRun(recordAt(5), [Float32Array.of(9)], id)).toBe(id);
    const [entry, ...others] = page.shelfStore.getState().entries;
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ name: "Mine", record: recordAt(5), weightsBytes: 4 });
    expect(await page.weightsOf(id)).toEqual([Float32Array.of(9)]);
  });

  test("comes beside it where that was pinned, or deleted", async () => {
    const page = await visit();
    await page.openShelf();
    const id = (await page.keepRun(recordAt(1), weights))!;
    await page.pinRun(id, true);
    const second = (await page.keepRun(recordAt(5), weights, id))!;
    expect(second).not.toBe(id);
    await page.deleteRun(second);
    const third = await page.keepRun(recordAt(9), weights, second);
    expect([id, second]).not.toContain(third);
    expect(page.shelfStore.getState().entries.filter(({ deletedAt }) => deletedAt === null)).toHaveLength(2);
  });
});

describe("a deleted run", () => {
  test("stays in its place until the page closes, and comes back by undo", async () => {
    const page = await visit();
    await page.openShelf();
    const id = (await page.keepRun(recordAt(1), weights))!;
    await page.deleteRun(id);
    expect(page.shelfStore.getState().entries).toMatchObject([{ id, deletedAt: Date.now() }]);
    await page.undoDelete(id);
    expect(page.shelfStore.getState().entries).toMatchObject([{ id, deletedAt: null }]);
    expect(await page.weightsOf(id)).toEqual(weights);
  });

  test("is not listed by another visit, and gone with its weights a minute later", async () => {
    const page = await visit();
    const id = (await page.keepRun(recordAt(1), weights))!;
    await page.deleteRun(id);
    const next = await visit();
    await next.openShelf();
    expect(names(next)).toEqual([]);
    expect(await next.weightsOf(id)).toEqual(weights);
    later(next.UNDO_MS);
    await next.openShelf();
    await expect(next.weightsOf(id)).rejects.toThrow("missing or damaged");
    // The page that deleted it finds nothing to bring back.
    await page.openShelf();
    await page.undoDelete(id);
    expect(names(page)).toEqual([]);
  });

  test("is gone at once when the page closes", async () => {
    const listeners = new Map<string, () => void>();
    vi.stubGlobal("addEventListener", (type: string, listener: () => void) => listeners.set(type, listener));
    vi.stubGlobal("removeEventListener", (type: string) => listeners.delete(type));
    const page = await visit();
    const [id, undone] = [await page.keepRun(recordAt(1), weights), await page.keepRun(recordAt(2), weights)];
    await page.deleteRun(id!);
    await page.deleteRun(undone!);
    await page.undoDelete(undone!);
    listeners.get("pagehide")!();
    await vi.waitFor(() => expect(page.weightsOf(id!)).rejects.toThrow("missing"));
    expect(await page.weightsOf(undone!)).toEqual(weights);
    expect(listeners.size).toBe(0);
  });
});

describe("what is stored", () => {
  test.each([
    ["an entry of another program", { id: "x", title: "Shopping" }],
    ["a record that does not fit", { steps: -1 }],
    ["a name that is no text", { name: 7 }],
    ["one that came from a newer version", { colour: "red" }],
  ])("is passed over where it is %s", async (_, damage) => {
    const page = await visit();
    await page.keepRun(recordAt(1, "Whole"), weights);
    await page.openShelf();
    const [whole] = page.shelfStore.getState().entries;
    const spoilt =
      "steps" in damage
        ? { ...whole, id: "x", record: { ...whole!.record, ...damage } }
        : { ...whole, id: "x", ...damage };
    await tamper("entries", "title" in damage ? damage : spoilt);
    const next = await visit();
    await next.openShelf();
    expect(names(next)).toEqual(["Whole"]);
    await next.renameRun("x", "Renamed");
    expect(next.shelfStore.getState()).toMatchObject({ state: "ready", problem: null });
  });

  test.each([[undefined], ["weights"], [[]], [[[1, 2]]]])(
    "as weights is refused where it is %j",
    async (value) => {
      const page = await visit();
      const id = (await page.keepRun(recordAt(1), weights))!;
      await tamper("weights", value, id);
      await expect(page.weightsOf(id)).rejects.toThrow("The weights of this run are missing or damaged");
    },
  );
});

describe("where there is little room", () => {
  test(`the oldest run that is not pinned goes when there are more than ${MAX_ENTRIES}`, async () => {
    const page = await visit();
    const ids: string[] = [];
    for (let run = 0; run < MAX_ENTRIES; run++) {
      ids.push((await page.keepRun(recordAt(run, `Run ${run}`), weights))!);
      later(1000);
    }
    await page.pinRun(ids[0]!, true);
    await page.openShelf();
    const more = recordAt(0, "One more");
    more.environment.weightsHash = "f".repeat(64);
    await page.keepRun(more, weights);
    expect(names(page)).toHaveLength(MAX_ENTRIES);
    expect(names(page).slice(0, 2)).toEqual(["Run 0", "One more"]);
    expect(names(page)).not.toContain("Run 1");
    expect(names(page)).toContain("Run 2");
    await expect(page.weightsOf(ids[1]!)).rejects.toThrow("missing");
  });

  test("runs go for the bytes of a larger one, and one that never fits is not kept, which is said", async () => {
    const page = await visit();
    await page.openShelf();
    const large = () => [new Float32Array((0.3 * MAX_SHELF_BYTES) / 4)];
    for (const minute of [1, 2, 3]) {
      await page.keepRun(recordAt(minute, `Run ${minute}`), large());
      later(1000);
    }
    await page.keepRun(recordAt(4, "Run 4"), large());
    expect(names(page)).toEqual(["Run 4", "Run 3", "Run 2"]);
    expect(await page.keepRun(recordAt(5), [new Float32Array(MAX_SHELF_BYTES / 4 + 1)])).toBeNull();
    expect(names(page)).toEqual(["Run 4", "Run 3", "Run 2"]);
    expect(page.shelfStore.getState().problem).toMatch(/^The last run is not kept, because there is no room/);
    await page.keepRun(recordAt(6), weights);
    expect(page.shelfStore.getState().problem).toBeNull();
  });

  test("a full disk takes the oldest runs, as many as it needs", async () => {
    const page = await visit();
    await page.openShelf();
    for (const minute of [1, 2, 3]) {
      await page.keepRun(recordAt(minute, `Run ${minute}`), weights);
      later(1000);
    }
    await page.pinRun(page.shelfStore.getState().entries[2]!.id, true);
    fill(1);
    await page.keepRun(recordAt(4, "Run 4"), weights);
    expect(names(page)).toEqual(["Run 1", "Run 4", "Run 3"]);
  });

  test("a disk that stays full costs only a few runs, and it is said", async () => {
    const page = await visit();
    await page.openShelf();
    for (let minute = 0; minute < 10; minute++) await page.keepRun(recordAt(minute), weights);
    fill(1000);
    expect(await page.keepRun(recordAt(20), weights)).toBeNull();
    expect(names(page)).toHaveLength(7);
    expect(page.shelfStore.getState()).toMatchObject({
      state: "ready",
      problem: expect.stringMatching(/no room for its weights/),
    });
  });
});

describe("without IndexedDB", () => {
  test.each([
    [
      "refused",
      {
        open: () => {
          throw new DOMException("denied", "SecurityError");
        },
      },
    ],
    ["not there", undefined],
  ])("the shelf says so where it is %s, and nothing throws", async (_, broken) => {
    vi.stubGlobal("indexedDB", broken);
    const page = await visit();
    expect(await page.keepRun(recordAt(1), weights)).toBeNull();
    await page.openShelf();
    await page.pinRun("x", true);
    await page.deleteRun("x");
    expect(page.shelfStore.getState()).toMatchObject({
      state: "unavailable",
      entries: [],
      problem: expect.stringMatching(/Training works all the same/),
    });
    vi.stubGlobal("indexedDB", new IDBFactory());
    await page.openShelf();
    expect(page.shelfStore.getState()).toMatchObject({ state: "ready", problem: null });
  });
});

describe("several tabs", () => {
  test("see each other's runs, names and deletions", async () => {
    const [one, other] = [await visit(), await visit()];
    await one.openShelf();
    await other.openShelf();
    const id = (await one.keepRun(recordAt(1), weights))!;
    await vi.waitFor(() => expect(names(other)).toEqual(["First run"]));
    await other.renameRun(id, "Ours");
    await vi.waitFor(() => expect(names(one)).toEqual(["Ours"]));
    await one.deleteRun(id);
    await vi.waitFor(() => expect(names(other)).toEqual([]));
    expect(names(one)).toEqual(["Ours"]);
    await one.undoDelete(id);
    await vi.waitFor(() => expect(names(other)).toEqual(["Ours"]));
  });

  test("an older one makes way for a newer version of the page, and says what to do", async () => {
    const page = await visit();
    await page.openShelf();
    const { openDB } = await import("idb");
    const newer = await openDB("descent", 99);
    expect(page.shelfStore.getState()).toMatchObject({
      state: "unavailable",
      problem: expect.stringMatching(/reload this one/),
    });
    await page.openShelf();
    expect(page.shelfStore.getState().problem).toMatch(/A newer version of this page/);
    newer.close();
  });
});
