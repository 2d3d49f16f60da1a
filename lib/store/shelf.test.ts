import { describe, expect, test, vi } from "vitest";
import { later, names, recordAt, visit, weights, withFreshShelf } from "./testing";

withFreshShelf();

/** Writes to a store behind the shelf's back. */
async function tamper(store: "entries" | "weights", value: unknown, key?: string): Promise<void> {
  const { openDB } = await import("idb");
  const database = await openDB("descent");
  await database.put(store, value, key);
  database.close();
}

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
