import fc from "fast-check";
import { expect, test } from "vitest";
import { anyTitle } from "./testing";
import { readNumber, readTitle, readWord, writeNumber, writeTitle, writeWord } from "./words";

test.each([
  [0, "0"],
  [-0, "n0"],
  [1, "1"],
  [128, "128"],
  [60_000, "60000"],
  [1_000_000, "1e6"],
  [12.5, "12.5"],
  [-5, "n5"],
  [0.001, ".001"],
  [0.0001, ".0001"],
  [0.00001, "1m5"],
  [-1.5e-7, "n15m8"],
  [0.1 + 0.2, ".30000000000000004"],
  [4_294_967_295, "4294967295"],
  [Number.MAX_VALUE, "17976931348623157e292"],
  [Number.MIN_VALUE, "5m324"],
])("%d is written as %s", (value, text) => {
  expect(writeNumber(value)).toBe(text);
  expect(readNumber(text)).toBe(value);
});

test("every finite number comes back as it was, in letters, digits and points", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = writeNumber(value);
      expect(text).toMatch(/^[\dnem.]+$/);
      expect(text).not.toMatch(/\.$/);
      expect(readNumber(text)).toBe(value);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  "",
  "n",
  ".",
  "1..2",
  "-5",
  "+5",
  "1e",
  "e5",
  "1e+5",
  "1e1234",
  "0x10",
  " 1",
  "1 ",
  "Infinity",
  "NaN",
  "1_0",
])("%j is no number", (text) => {
  expect(readNumber(text)).toBeNull();
});

test.each([
  ["First run", "First.run"],
  ["LeNet-5", "LeNet-5"],
  ["a_b.c~d", "a_5fb_2ec_7ed"],
  ["Café?", "Caf_e9_3f"],
  ["数字", "_u6570_u5b57"],
  ["😀", "_ud83d_ude00"],
  ["\ud83d", "_ud83d"],
  ["<script>", "_3cscript_3e"],
  ["", ""],
])("the title %j is written as %s", (title, text) => {
  expect(writeTitle(title)).toBe(text);
  expect(readTitle(text)).toBe(title);
});

test("every title comes back as it was, in letters, digits and - . _", () => {
  fc.assert(
    fc.property(anyTitle, (title) => {
      expect(writeTitle(title)).toMatch(/^[\w.-]*$/);
      expect(readTitle(writeTitle(title))).toBe(title);
    }),
    { numRuns: 3000 },
  );
});

test.each(["_", "_4", "_4G", "_u12", "_U1234", "a b", "a~b", "é", "%41"])("%j is no title", (text) => {
  expect(readTitle(text)).toBeNull();
});

test("a word with other characters than letters and digits keeps clear of what separates words", () => {
  expect(writeWord("leaky-relu_2~")).toBe("leaky.002drelu.005f2.007e");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (word) => {
      expect(writeWord(word)).toMatch(/^[A-Za-z0-9.]*$/);
      expect(readWord(writeWord(word))).toBe(word);
    }),
  );
  for (const text of ["a-b", "a_b", ".", ".00", ".00g0"]) expect(readWord(text)).toBeNull();
});
