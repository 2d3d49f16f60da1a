import { describe, expect, test } from "vitest";
import { number } from "@/lib/spec/fields";
import { readNumber, stepNumber, writeDecimal } from "./number-text";

describe("readNumber", () => {
  test.each([
    ["5", true, 5],
    [" 0.2 ", false, 0.2],
    ["0,2", false, 0.2],
    ["1e-7", false, 1e-7],
    ["48,000", true, 48_000],
    ["1 000 000", true, 1_000_000],
    ["0", false, 0],
    ["-3", true, -3],
    ["1.5", true, 1.5],
  ])("%s is a number", (text, integer, value) => expect(readNumber(text, integer)).toBe(value));

  test.each(["", "  ", "five", "1.2.3", "0x", "12px"])("%j is none", (text) =>
    expect(readNumber(text, false)).toBeNaN(),
  );
});

test("ARIA's numbers have no power of ten", () => {
  expect([1e-7, 0.001, 10, 4096].map(writeDecimal)).toEqual(["0.0000001", "0.001", "10", "4096"]);
});

describe("stepNumber", () => {
  test("adds a step and stays within the bounds", () => {
    const rate = number("Rate", { default: 0.25, min: 0, max: 0.9, step: 0.05 });
    expect(stepNumber(rate, 0.25, 1)).toBe(0.3);
    expect(stepNumber(rate, 0.9, 1)).toBe(0.9);
    expect(stepNumber(rate, 0.02, -1)).toBe(0);
  });

  test("multiplies a field that spans decades by ten", () => {
    const rate = number("Learning rate", { default: 0.001, min: 1e-7, max: 10, logarithmic: true });
    expect(stepNumber(rate, 0.001, 1)).toBe(0.01);
    expect(stepNumber(rate, 0.001, -1)).toBe(0.0001);
  });
});
