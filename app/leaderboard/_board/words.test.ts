import { describe, expect, test } from "vitest";
import { boardOfFourteen, hashOf, placedEntry } from "@/lib/leaderboard/testing/placed";
import { explainProof, formatDay, formatTime, splitAtLine } from "./words";

describe("the line beneath the kept places", () => {
  const board = { provedFirst: true };
  const ten = Array.from({ length: 10 }, (_, index) => placedEntry({ rank: index + 1, id: hashOf(index) }));

  test("stands between the tenth and the eleventh, and says how many of the ten are free", () => {
    const { above, below, line } = splitAtLine(board, boardOfFourteen());
    expect(above.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(below.map(({ rank }) => rank)).toEqual([11, 12, 13, 14, 15, 16]);
    expect(line).toContain("2 of the ten are still free.");
  });

  test("says nothing of free places where all ten are taken", () => {
    const { above, line } = splitAtLine(board, [...ten, placedEntry({ rank: 11 })]);
    expect(above).toHaveLength(10);
    expect(line).toMatch(/come after the tenth\.$/);
    expect(splitAtLine(board, [...ten.slice(1), placedEntry({ rank: 11 })]).line).toMatch(
      /One of the ten is still/,
    );
  });

  test("is there before the first proved entry, and not where nothing is below it", () => {
    expect(splitAtLine(board, [placedEntry({ rank: 11, proof: "pending" })])).toMatchObject({ above: [] });
    expect(splitAtLine(board, ten).line).toBeNull();
  });

  test("is not drawn on a board that keeps no places", () => {
    expect(splitAtLine({ provedFirst: false }, boardOfFourteen())).toMatchObject({ below: [], line: null });
  });
});

test("a proof is explained with the reason that the server gave", () => {
  expect(explainProof({ proof: "evaluated", reason: "It is too long." })).toMatch(/It is too long\.$/);
  expect(explainProof({ proof: "evaluated", reason: null })).toMatch(/again\.$/);
  expect(explainProof({ proof: "replayed", reason: null })).toContain("the same weights");
  expect(explainProof({ proof: "pending", reason: null })).toContain("still to train");
});

test("dates are written alike everywhere, and what is no date is left as it is", () => {
  expect(formatDay("2026-11-22T23:59:00.000Z")).toBe("22 Nov 2026");
  expect(formatTime("2026-11-22T08:05:00.000Z")).toBe("22 Nov 2026, 08:05 UTC");
  expect(formatDay("soon")).toBe("soon");
});
