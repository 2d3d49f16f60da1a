import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { whatIsNotKept } from "./not-kept";

const refused = (): never => {
  throw new DOMException("Access is denied for this document.", "SecurityError");
};
const rejected = async (): Promise<never> => refused();

beforeEach(() => {
  vi.stubGlobal("indexedDB", { databases: async () => [] });
  vi.stubGlobal("localStorage", { length: 0 });
  vi.stubGlobal("caches", { has: async () => false });
});
afterEach(() => vi.unstubAllGlobals());

test("nothing is said where everything is kept", async () => {
  expect(await whatIsNotKept()).toBeNull();
});

test("nothing is said of what this browser does not have at all", async () => {
  vi.stubGlobal("caches", undefined);
  expect(await whatIsNotKept()).toBeNull();
});

test("what is not kept is named, the rest is not", async () => {
  vi.stubGlobal("indexedDB", { databases: rejected });
  expect(await whatIsNotKept()).toMatch(/^Not kept in this browser: runs\. It refuses storage/);
  vi.stubGlobal("caches", { has: rejected });
  expect(await whatIsNotKept()).toMatch(/: runs, downloaded images\. /);
});

test("a browser that refuses to say that there is storage refuses it", async () => {
  for (const name of ["indexedDB", "localStorage", "caches"])
    Object.defineProperty(globalThis, name, { configurable: true, get: refused });
  expect(await whatIsNotKept()).toBe(
    "Not kept in this browser: runs, lesson progress and settings, downloaded images. It refuses storage to this frame, as it may in other sites' pages. Training works all the same.",
  );
  for (const name of ["indexedDB", "localStorage", "caches"])
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: undefined });
});
