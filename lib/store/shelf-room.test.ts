import { IDBFactory } from "fake-indexeddb";
import { describe, expect, test, vi } from "vitest";
import { MAX_ENTRIES, MAX_SHELF_BYTES } from "./shelf-entry";
import { later, names, recordAt, visit, weights, withFreshShelf } from "./testing";

withFreshShelf();

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
