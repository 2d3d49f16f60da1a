import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { object } from "../spec/parse";
import { changeSettings, restoreSettings, settingsStore } from "./settings";
import { readStored, writeStored } from "./storage";

const schema = object({ count: z.number() });
const stored = new Map<string, string>();

beforeEach(() => {
  stored.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("what the browser remembers", () => {
  test("comes back as it was written", () => {
    writeStored("key", { count: 3 });
    expect(readStored("key", schema, { count: 0 })).toEqual({ count: 3 });
  });

  test.each([["not json"], ['{"count":"3"}'], ['{"count":3,"more":1}'], ["null"]])(
    "is left aside where it is %s",
    (text) => {
      stored.set("key", text);
      expect(readStored("key", schema, { count: 0 })).toEqual({ count: 0 });
    },
  );

  test("is done without where storage is forbidden", () => {
    vi.stubGlobal("localStorage", {
      getItem() {
        throw new Error("SecurityError");
      },
      setItem() {
        throw new Error("QuotaExceededError");
      },
    });
    expect(() => writeStored("key", { count: 1 })).not.toThrow();
    expect(readStored("key", schema, { count: 9 })).toEqual({ count: 9 });
  });
});

describe("settings", () => {
  test("are kept for the next visit", () => {
    changeSettings({ engine: "tfjs-cpu" });
    settingsStore.setState({ engine: "auto", singleKeys: false });
    restoreSettings();
    expect(settingsStore.getState()).toEqual({ engine: "tfjs-cpu", singleKeys: true });
  });

  test("fall back to automatic where an unknown engine is stored", () => {
    stored.set("descent.settings", '{"engine":"abacus","singleKeys":true}');
    restoreSettings();
    expect(settingsStore.getState().engine).toBe("auto");
  });
});
