import { expect, test } from "vitest";
import { bitsAt, mix32, shuffle, streamKey, uniformAt } from "./random";

test("the finalizer gives MurmurHash3's published values", () => {
  // fmix32(1) and fmix32(0xffffffff), from the algorithm's definition in integer arithmetic.
  expect(mix32(0)).toBe(0);
  expect(mix32(1)).toBe(0x514e28b7);
  expect(mix32(0xffffffff)).toBe(0x81f16f39);
});

test("uniform numbers lie in [0, 1), are exact in float32 and have the mean and variance of a uniform law", () => {
  const key = streamKey(1, "weights", 0);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < 100_000; i++) {
    const value = uniformAt(key, i);
    expect(value >= 0 && value < 1 && Math.fround(value) === value).toBe(true);
    sum += value;
    squares += value * value;
  }
  expect(sum / 1e5).toBeCloseTo(0.5, 2);
  expect(squares / 1e5 - (sum / 1e5) ** 2).toBeCloseTo(1 / 12, 2);
});

test("streams differ by seed, purpose and path, and neighbours in a stream are not correlated", () => {
  const keys = [
    streamKey(1, "weights", 0),
    streamKey(2, "weights", 0),
    streamKey(1, "shuffle", 0),
    streamKey(1, "weights", 1),
    streamKey(1, "weights", 0, 0),
    streamKey(4294967295, "weights", 0),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  let product = 0;
  for (let i = 0; i < 50_000; i++)
    product += (uniformAt(keys[0]!, i) - 0.5) * (uniformAt(keys[0]!, i + 1) - 0.5);
  expect(Math.abs(product / 50_000)).toBeLessThan(0.002);
});

test("a shuffle keeps every item, depends on its key, and puts each item everywhere equally often", () => {
  const items = Uint32Array.from({ length: 1000 }, (_, i) => i);
  const shuffled = shuffle(items.slice(), streamKey(1, "shuffle", 1));
  expect([...shuffled].sort((a, b) => a - b)).toEqual([...items]);
  expect(shuffled).not.toEqual(shuffle(items.slice(), streamKey(1, "shuffle", 2)));
  expect(shuffled).toEqual(shuffle(items.slice(), streamKey(1, "shuffle", 1)));

  const counts = new Uint32Array(25);
  for (let round = 0; round < 20_000; round++) {
    const five = shuffle(Uint32Array.of(0, 1, 2, 3, 4), streamKey(round, "shuffle"));
    for (const [place, item] of five.entries()) counts[item * 5 + place]!++;
  }
  for (const count of counts) expect(Math.abs(count - 4000)).toBeLessThan(300);
});

test("the stream is the same for ever: an old link must not train differently", () => {
  const key = streamKey(1, "weights", 0);
  expect([0, 1, 2, 783].map((i) => bitsAt(key, i))).toMatchInlineSnapshot(`
    [
      382768596,
      2805309983,
      1491713689,
      378304361,
    ]
  `);
  expect([
    ...shuffle(Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7), streamKey(1, "shuffle", 0)),
  ]).toMatchInlineSnapshot(`
    [
      2,
      4,
      3,
      6,
      7,
      1,
      5,
      0,
    ]
  `);
});
