import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { digits } from "../spec/datasets/digits";
import { splitDigits } from "./digits";

const packed = await readFile(new URL("../../scripts/data/digits.csv.gz", import.meta.url));
const csv = gunzipSync(packed).toString();
const { train, test: tested } = splitDigits(csv);

test("a fifth is the test's, rounded up: 360 of 1,797 images, with the catalog's numbers of each class", () => {
  expect([train.labels.length, tested.labels.length]).toEqual([1437, 360]);
  for (const [file, counts] of [
    [train, digits.counts.train],
    [tested, digits.counts.test],
  ] as const)
    expect(digits.classNames.map((_, kind) => file.labels.filter((label) => label === kind).length)).toEqual(
      counts,
    );
});

test("every row is in one of the two, once, and keeps its label", () => {
  const rows = [train, tested].flatMap(({ images, labels }) =>
    Array.from(labels, (label, i) => [...images.subarray(64 * i, 64 * (i + 1)), label].join()),
  );
  expect(rows.toSorted()).toEqual(csv.trimEnd().split("\n").toSorted());
  expect(rows).not.toEqual(csv.trimEnd().split("\n"));
});

test("pixels count up to the scale", () => {
  for (const { images } of [train, tested]) {
    expect(Math.max(...images)).toBe(digits.scale);
    expect(Math.min(...images)).toBe(0);
  }
});
