import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepAwake } from "./awake";

const heard = new Set<() => void>();
let visibility: DocumentVisibilityState;
let on: boolean;
let notify: () => void;
let refuses: boolean;
let held: { released: boolean }[];

const work = {
  isOn: () => on,
  subscribe(listener: () => void) {
    notify = listener;
    return () => {
      notify = () => {};
    };
  },
};

/** Locks that are held now, and how many were asked for. */
const locks = () => [held.filter(({ released }) => !released).length, held.length];
const settled = () => new Promise((resolve) => setTimeout(resolve));

async function set(change: { on?: boolean; visibility?: DocumentVisibilityState }): Promise<void> {
  on = change.on ?? on;
  notify();
  if (change.visibility !== undefined) {
    visibility = change.visibility;
    // As browsers do.
    if (visibility === "hidden") for (const lock of held) lock.released = true;
    for (const listener of heard) listener();
  }
  await settled();
}

beforeEach(() => {
  [visibility, on, refuses, held] = ["visible", false, false, []];
  vi.stubGlobal("document", {
    get visibilityState() {
      return visibility;
    },
    addEventListener: (_: string, listener: () => void) => heard.add(listener),
    removeEventListener: (_: string, listener: () => void) => heard.delete(listener),
  });
  vi.stubGlobal("navigator", {
    wakeLock: {
      async request(kind: string) {
        if (refuses || kind !== "screen") throw new DOMException("low battery", "NotAllowedError");
        const lock = {
          released: false,
          async release() {
            lock.released = true;
          },
        };
        held.push(lock);
        return lock;
      },
    },
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  heard.clear();
});

test("the screen stays on while it trains, and only then", async () => {
  keepAwake(work);
  await set({ on: false });
  expect(locks()).toEqual([0, 0]);
  await set({ on: true });
  await set({ on: true });
  expect(locks()).toEqual([1, 1]);
  await set({ on: false });
  expect(locks()).toEqual([0, 1]);
});

test("a page that was hidden asks again when it is seen", async () => {
  keepAwake(work);
  await set({ on: true });
  await set({ visibility: "hidden" });
  expect(locks()).toEqual([0, 1]);
  await set({ visibility: "visible" });
  expect(locks()).toEqual([1, 2]);
});

test("a run that begins and ends while the browser is asked leaves nothing held", async () => {
  keepAwake(work);
  on = true;
  notify();
  on = false;
  notify();
  await settled();
  expect(locks()).toEqual([0, 1]);
});

test("a browser that refuses, or knows no wake lock, is left in peace", async () => {
  refuses = true;
  keepAwake(work);
  await set({ on: true });
  expect(locks()).toEqual([0, 0]);
  vi.stubGlobal("navigator", {});
  expect(keepAwake(work)).not.toThrow();
});

test("who leaves gives it back", async () => {
  const leave = keepAwake(work);
  await set({ on: true });
  leave();
  await settled();
  expect(locks()).toEqual([0, 1]);
  expect(heard.size).toBe(0);
});

test("in a frame that may not, it is not asked for", async () => {
  Object.assign(document, {
    featurePolicy: { allowsFeature: (name: string) => name !== "screen-wake-lock" },
  });
  const end = keepAwake(work);
  await set({ on: true });
  expect(locks()).toEqual([0, 0]);
  end();
});
