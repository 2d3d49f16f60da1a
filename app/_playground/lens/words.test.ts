import { expect, test } from "vitest";
import { cellSentence, formatPercent, formatScore, imageName, verdictSentence } from "./words";

test("images are counted from 1, with the set that they are from", () => {
  expect(imageName("test", 1242)).toBe("Test image 1,243");
  expect(imageName("train", 0)).toBe("Training image 1");
});

test("a share of all is 100, of nearly all 99.9 or less as it is rounded", () => {
  expect([1, 0.9312, 0].map(formatPercent)).toEqual(["100", "93.1", "0.0"]);
  expect([null, 0.5].map(formatScore)).toEqual(["–", "0.500"]);
});

test("what was counted is said, and where only some were", () => {
  const verdicts = { split: "test", rows: new Uint32Array(1000), total: 1000 } as const;
  expect(verdictSentence(verdicts, 21)).toBe("21 of 1,000 test images wrong");
  expect(verdictSentence({ ...verdicts, total: 10_000 }, 21)).toBe(
    "21 of 1,000 test images wrong, evenly taken from 10,000",
  );
});

test("a cell says what it counts, and the share where there is a whole", () => {
  expect(cellSentence(["4", "9"], 21, { images: 982 })).toBe(
    "4 read as 9: 21 images, 2.1 percent of class 4",
  );
  expect(cellSentence(["4", "9"], 0, { images: 0 })).toBe("4 read as 9: 0 images");
});
