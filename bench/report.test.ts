import { describe, expect, test } from "vitest";
import { digits, doubts, formatCase, formatTable, median, type Row, ratioOf, stepsWithin } from "./report";

const row = (changes: Partial<Row>): Row => ({
  id: "peer",
  label: "peer",
  reason: null,
  msPerStep: [4, 2, 6],
  steps: 50,
  evaluateMs: [100, 300, 200],
  evaluated: 10_000,
  accuracy: 0.9125,
  firstLoss: 2.3,
  lastLoss: 0.5,
  peakBytes: 123_456_789,
  ...changes,
});

describe("the bench's numbers", () => {
  test("a median is the middle value, or the mean of the two in the middle", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([8, 1, 2, 4])).toBe(3);
    expect(median([])).toBeNaN();
  });

  test("a ratio compares each round with the same round, so that one slow round changes nothing", () => {
    expect(ratioOf([10, 200, 12], [1, 20, 1])).toBe(10);
    expect(ratioOf([10, 20], [1, 2, 50])).toBe(10);
  });

  test("a turn has at least one step and no more than fit", () => {
    expect(stepsWithin(1000, 4)).toBe(250);
    expect(stepsWithin(1000, 5000)).toBe(1);
    expect(stepsWithin(1000, 0.01)).toBe(2000);
  });

  test("numbers keep three digits", () => {
    expect([0.01234, 0.5, 4.567, 45.67, 456.7, 45678].map(digits)).toEqual([
      "0.0123",
      "0.500",
      "4.57",
      "45.7",
      "457",
      "45678",
    ]);
    expect(digits(Number.NaN)).toBe("");
  });
});

describe("the bench's table", () => {
  test("columns line up, names to the left and numbers to the right", () => {
    expect(
      formatTable([
        ["", "ms"],
        ["ours", "1"],
        ["a peer", "12.5"],
      ]),
    ).toBe("          ms\nours       1\na peer  12.5");
  });

  test("a row has its median, its spread and its ratio to the first row", () => {
    const lines = formatCase([row({ label: "ours", msPerStep: [2, 1, 3] }), row({})]).split("\n");
    expect(lines[1]).toMatch(/^ours +2\.00 +1\.00–3\.00 +1\.00×/);
    expect(lines[2]).toMatch(
      /^peer +4\.00 +2\.00–6\.00 +2\.00× +200 +1\.00× +123 +2\.30 → 0\.500 +91\.3 % +50$/,
    );
  });

  test("a time that was scaled up says so", () => {
    expect(formatCase([row({ evaluated: 500 })])).toContain("≈200");
  });

  test("whoever cannot take part is a line with the reason, and leaves no ratios where it is ours", () => {
    const none = { msPerStep: [], evaluateMs: [], accuracy: null, firstLoss: null, lastLoss: null };
    const text = formatCase([row({ label: "ours", reason: "no such layer", ...none }), row({})]);
    expect(text).toContain("ours: no such layer");
    expect(text).not.toMatch(/NaN|×/);
  });

  test("a loss that did not fall is doubted, unless there were too few steps for it", () => {
    const flat = { firstLoss: 2.3, lastLoss: 2.4 };
    expect(doubts([row({}), row(flat), row({ ...flat, steps: 2 })])).toEqual(["peer: the loss did not fall"]);
    expect(doubts([row({ lastLoss: Number.NaN })])).toHaveLength(1);
  });
});
