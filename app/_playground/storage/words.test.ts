import { describe, expect, test } from "vitest";
import { nothingKept, type Offline } from "@/lib/offline/offline";
import { offlineLine, offlineSentence } from "./words";

const part = (sizeBytes: number, totalBytes: number) => ({ done: 1, total: 2, sizeBytes, totalBytes });
const offline = (changes: Partial<Offline>): Offline => ({ ...nothingKept, ...changes });

describe("how far this browser is", () => {
  test("is not told before anybody has looked", () => {
    expect(offlineLine(nothingKept)).toBeNull();
  });

  test("is told in bytes of all that is to come", () => {
    const state = "fetching";
    expect(offlineLine(offline({ state }))).toBe("Getting ready offline");
    const data = { mnist: part(2e6, 8e6) };
    expect(offlineLine(offline({ state, data }))).toBe("Getting ready offline");
    expect(offlineLine(offline({ state, app: part(1e6, 2e6), data }))).toBe("Getting ready offline, 30 %");
  });

  test("says how much is kept once all of it is", () => {
    const kept = { app: part(5e6, 5e6), data: { mnist: part(12e6, 12e6), digits: part(40_000, 40_000) } };
    expect(offlineLine(offline({ state: "ready", ...kept }))).toBe("Ready offline, 17.0 MB");
  });

  test("says why nothing is fetched where the browser saves data", () => {
    expect(offlineSentence(offline({ state: "off", savesData: true }))).toMatch(/set to save data/);
    expect(offlineSentence(offline({ state: "off" }))).toBe("Nothing is fetched ahead.");
  });
});
