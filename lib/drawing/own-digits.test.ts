import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const strokes = [[140, 60, 140, 220]];

/** A page that knows nothing yet, over the same database as those before it. */
async function visit() {
  vi.resetModules();
  const page = await import("./own-digits");
  await page.openOwnDigits();
  return page;
}

type Page = Awaited<ReturnType<typeof visit>>;
const labels = ({ ownStore }: Page) => ownStore.getState().digits!.map(({ label }) => label);
const problem = ({ ownStore }: Page) => ownStore.getState().problem;

beforeEach(() => {
  let clock = 0;
  vi.spyOn(Date, "now").mockImplementation(() => ++clock);
  vi.stubGlobal("indexedDB", new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("one's own test set", () => {
  test("is there again on the next visit, in the order in which it was drawn, and without what was removed", async () => {
    const first = await visit();
    expect(labels(first)).toEqual([]);
    for (const label of ["7", "1", "4"]) expect(await first.addOwnDigit(label, strokes)).toBe(true);
    await first.removeOwnDigit(first.ownStore.getState().digits![1]!.id);
    const second = await visit();
    expect(labels(second)).toEqual(["7", "4"]);
    const { id } = second.ownStore.getState().digits![0]!;
    expect(second.strokesOf(id)).toEqual(strokes);
  });

  test("keeps what was added, not what is drawn on afterwards", async () => {
    const page = await visit();
    const open = [[10, 10]];
    await page.addOwnDigit("3", open);
    open[0]!.push(20, 20);
    expect(page.strokesOf(page.ownStore.getState().digits![0]!.id)).toEqual([[10, 10]]);
  });

  test("passes over what somebody else wrote into its place", async () => {
    await (await visit()).addOwnDigit("2", strokes);
    const database = await openDB("descent-drawings");
    await database.put("digits", { id: "odd", label: "2", addedAt: 1, strokes: [["x"]] });
    await database.put("digits", { id: "odder" });
    database.close();
    expect(labels(await visit())).toEqual(["2"]);
  });

  test("has room for so many and no more", async () => {
    const page = await visit();
    for (let i = 0; i < page.MAX_DIGITS; i++) await page.addOwnDigit("5", strokes);
    expect(await page.addOwnDigit("6", strokes)).toBe(false);
    expect(problem(page)).toBe("200 digits are kept at most: remove one first.");
    expect(labels(page)).not.toContain("6");
  });

  test("stays on the page where the browser keeps nothing, which it says", async () => {
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("refused", "SecurityError");
      },
    });
    const page = await visit();
    expect(problem(page)).toMatch(/does not let this page keep/);
    expect(await page.addOwnDigit("8", strokes)).toBe(true);
    expect(labels(page)).toEqual(["8"]);
    expect(problem(page)).toMatch(/until you leave the page/);
  });
});
