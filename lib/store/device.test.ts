import { afterEach, describe, expect, test, vi } from "vitest";
import { MEMORY_BUDGET_BYTES } from "../spec/program";
import { deviceClass, memoryBudgetBytes, momentsBudgetBytes, savesData, usualBatchSize } from "./device";

function on(device: { touched?: boolean; width?: number; height?: number; navigator?: object }) {
  const { touched = false, width = 1440, height = 900, navigator = {} } = device;
  vi.stubGlobal("matchMedia", () => ({ matches: touched }));
  vi.stubGlobal("screen", { width, height });
  vi.stubGlobal("navigator", navigator);
}

const phone = { touched: true, width: 844, height: 390 };
const tablet = { touched: true, width: 768, height: 1024 };
const MB = 1024 ** 2;

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a device is told by what points at it and by its shorter side, however it is held", () => {
  for (const [device, kind] of [
    [{}, "computer"],
    [phone, "phone"],
    [{ ...phone, width: 390, height: 844 }, "phone"],
    [tablet, "tablet"],
  ] as const) {
    on(device);
    expect(deviceClass()).toBe(kind);
  }
});

describe("the memory to train in", () => {
  test.each([
    [1, 128],
    [2, 256],
    [4, 512],
    [8, 1024],
  ])("is an eighth of %i GB, at most the page's budget", (deviceMemory, budget) => {
    on({ ...phone, navigator: { deviceMemory } });
    expect(memoryBudgetBytes()).toBe(budget * MB);
  });

  test("is never more than the page's budget", () => {
    on({ navigator: { deviceMemory: 32 } });
    expect(memoryBudgetBytes()).toBe(MEMORY_BUDGET_BYTES);
  });

  test("is a guess by the kind of device where the browser does not say", () => {
    const guesses = [{}, tablet, phone].map((device) => {
      on(device);
      return memoryBudgetBytes() / MB;
    });
    expect(guesses).toEqual([1024, 512, 256]);
  });

  test("gives a sixteenth to past epochs", () => {
    on({});
    expect(momentsBudgetBytes() / MB).toBe(64);
    on({ ...phone, navigator: { deviceMemory: 1 } });
    expect(momentsBudgetBytes() / MB).toBe(8);
  });
});

test("batches are larger where a GPU is chosen, and the catalog's elsewhere", () => {
  expect(usualBatchSize("tfjs-webgpu")).toBe(128);
  for (const engine of ["auto", "wasm", "tfjs-wasm"] as const) expect(usualBatchSize(engine)).toBe(32);
});

test("saving data is asked for by the browser, or not at all", () => {
  on({});
  expect(savesData()).toBe(false);
  on({ navigator: { connection: { saveData: false } } });
  expect(savesData()).toBe(false);
  on({ navigator: { connection: { saveData: true } } });
  expect(savesData()).toBe(true);
});
