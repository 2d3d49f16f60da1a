import { describe, expect, test } from "vitest";
import { runTape, tapeFunctions } from "./tape-functions";

const values = [1.37, -0.42, 0, -2.9];

describe("the tape's functions", () => {
  test.each(tapeFunctions)("$formula has the derivative $derivative", (entry) => {
    const { tape, x, y } = runTape(entry, values);
    const gradient = tape.gradient(y, x);
    for (const [i, value] of values.entries()) expect(gradient[i]).toBeCloseTo(entry.byHand(value), 14);
  });

  test("y = x² differs from 2x by nothing at all", () => {
    const { tape, x, y } = runTape(tapeFunctions[0]!, values);
    expect([...tape.gradient(y, x)].map((slope, i) => slope - 2 * values[i]!)).toEqual([0, 0, 0, 0]);
  });

  test("have names of their own", () => {
    expect(new Set(tapeFunctions.map(({ id }) => id)).size).toBe(tapeFunctions.length);
  });
});
