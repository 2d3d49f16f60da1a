import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Entry } from "./checkpoint-database";
import { fakeLocks } from "./testing/locks";

type Tab = typeof import("./checkpoint-claim");

/** The worker of a tab, with a database connection of its own. */
async function tab(): Promise<Tab> {
  vi.resetModules();
  return import("./checkpoint-claim");
}

const entry: Entry = {
  ...{ id: "run", place: "/", title: "First run", savedAt: 1 },
  ...{ epoch: 1, epochs: 5, step: 12, steps: 1500 },
};
const sealed = (value: number) => ({ bytes: Uint8Array.of(value), hash: "00".repeat(32) });
const none = () => {};

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("navigator", { locks: fakeLocks() });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("a run is held until it is released", async () => {
  const { browserCheckpoints, isHeld } = await tab();
  const claim = await browserCheckpoints.claim("run", none);
  expect(await isHeld(entry)).toBe(true);
  expect(await isHeld({ ...entry, id: "another" })).toBe(false);
  claim.release();
  await vi.waitFor(async () => expect(await isHeld(entry)).toBe(false));
});

test("who is asked for a run writes it once more and gives it up, and the other goes on from there", async () => {
  const [first, second] = [await tab(), await tab()];
  const begun: Awaited<ReturnType<typeof first.browserCheckpoints.claim>> =
    await first.browserCheckpoints.claim("run", async () => {
      await begun.write(entry, sealed(2));
      begun.release();
    });
  await begun.write(entry, sealed(1));
  const taken = await second.browserCheckpoints.claim("run", none);
  expect(await taken.slots()).toMatchObject([sealed(1), sealed(2)]);
  expect(await taken.write(entry, sealed(3))).toBe(true);
  expect(await begun.write(entry, sealed(4))).toBe(false);
});

test("a tab that does not answer loses the run, and what it still writes is refused", async () => {
  const [first, second] = [await tab(), await tab()];
  const lost = vi.fn();
  const begun = await first.browserCheckpoints.claim("run", lost);
  await begun.write(entry, sealed(1));
  // Frozen: nothing is released for as long as anybody waits.
  vi.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort(new DOMException("", "TimeoutError")));
  const taken = await second.browserCheckpoints.claim("run", none);
  expect(lost).toHaveBeenCalled();
  expect(await begun.write(entry, sealed(2))).toBe(false);
  await begun.remove();
  expect(await taken.slots()).toMatchObject([sealed(1), undefined]);
});

test("a run that another tab has is not forgotten, and one that nobody has is", async () => {
  const [first, second] = [await tab(), await tab()];
  const claim = await first.browserCheckpoints.claim("run", none);
  await claim.write(entry, sealed(1));
  const { timeout } = AbortSignal;
  vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout.call(AbortSignal, 20));
  await expect(second.forget("run")).rejects.toThrow();
  expect(await claim.slots()).toMatchObject([sealed(1), undefined]);
  claim.release();
  await second.forget("run");
  expect(await claim.slots()).toEqual([undefined, undefined]);
});

test("without Web Locks a run that was written lately counts as held, and the last to claim it writes it", async () => {
  vi.stubGlobal("navigator", {});
  const [first, second] = [await tab(), await tab()];
  const now = Date.now();
  expect(await first.isHeld({ id: "run", savedAt: now - 3000 })).toBe(true);
  expect(await first.isHeld({ id: "run", savedAt: now - 30_000 })).toBe(false);
  const begun = await first.browserCheckpoints.claim("run", none);
  await begun.write(entry, sealed(1));
  const taken = await second.browserCheckpoints.claim("run", none);
  expect(await begun.write(entry, sealed(2))).toBe(false);
  expect(await taken.write(entry, sealed(3))).toBe(true);
});
