import { expect, test } from "vitest";
import { dataFacts } from "./data-facts";

/** Images of two pixels: the class is which of them is bright. */
const image = (label: number) => (label === 0 ? [200, 0] : [0, 200]);
const labels = Uint8Array.of(0, 1, 1, 0, 1, 0, 0, 1);
const images = Uint8Array.from([...labels].flatMap(image));

test("says how pixels are spread, as the network sees them", () => {
  const { images: count, mean, deviation } = dataFacts(images, labels, 200, [4, 4]);
  expect({ count, mean, deviation }).toEqual({ count: 8, mean: 0.5, deviation: 0.5 });
});

test("agrees with labels that the nearest mean image gives, and not with others", () => {
  expect(dataFacts(images, labels, 200, [4, 4])).toMatchObject({ agreement: 1, chance: 0.5 });
  // The half that is asked about has its labels exchanged.
  const exchanged = labels.map((label, i) => (i % 4 >= 2 ? 1 - label : label));
  expect(dataFacts(images, exchanged, 200, [4, 4]).agreement).toBe(0);
});

test("names no class that has no image to make a mean of", () => {
  expect(dataFacts(images, labels.fill(1), 200, [0, 8, 0])).toMatchObject({ agreement: 1, chance: 1 });
});
