import fc from "fast-check";
import { expect, test } from "vitest";
import { type BitCoder, BitReader, BitWriter, createModels } from "./capsule-coder";

/** A bit with one of four models, or a raw number of 1 to 32 bits. */
const anySymbol = fc.oneof(
  fc.record({ model: fc.integer({ min: 0, max: 3 }), value: fc.integer({ min: 0, max: 1 }) }),
  fc
    .integer({ min: 1, max: 32 })
    .chain((count) =>
      fc.record({ count: fc.constant(count), value: fc.integer({ min: 0, max: 2 ** count - 1 }) }),
    ),
);
type Symbols = readonly ({ model: number; value: number } | { count: number; value: number })[];

function code(coder: BitCoder, symbols: Symbols): number[] {
  const models = createModels(4);
  return symbols.map((symbol) =>
    "count" in symbol
      ? coder.codeRaw(symbol.value, symbol.count)
      : coder.code(models, symbol.model, symbol.value),
  );
}

const unread = (symbols: Symbols): Symbols => symbols.map((symbol) => ({ ...symbol, value: 0 }));

function write(symbols: Symbols): Uint8Array {
  const writer = new BitWriter();
  code(writer, symbols);
  return writer.finish();
}

test("what was written is read, whatever it was", () => {
  fc.assert(
    fc.property(fc.array(anySymbol, { maxLength: 500 }), (symbols) => {
      const reader = new BitReader(write(symbols));
      expect(code(reader, unread(symbols))).toEqual(symbols.map(({ value }) => value));
    }),
  );
});

test("a long run of what was not foreseen is read as well", () => {
  const surprises = Array.from({ length: 20_000 }, (_, i) => ({ model: 0, value: i % 200 === 199 ? 1 : 0 }));
  const flipped = surprises.map(({ model, value }) => ({ model, value: 1 - value }));
  for (const symbols of [surprises, flipped, [...surprises, ...flipped]])
    expect(code(new BitReader(write(symbols)), unread(symbols))).toEqual(symbols.map(({ value }) => value));
});

test("bits that are foreseen cost little, others cost one bit each", () => {
  const always = Array.from({ length: 8000 }, () => ({ model: 0, value: 1 }));
  expect(write(always).length).toBeLessThan(12);
  // One in sixteen: 0.337 bits each, and a little for learning.
  const seldom = Array.from({ length: 8000 }, (_, i) => ({
    model: 0,
    value: Math.imul(i, 0x9e3779b1) >>> 28 === 0 ? 1 : 0,
  }));
  expect(write(seldom).length).toBeLessThan(1.1 * 337);
  const raw = Array.from({ length: 1000 }, (_, i) => ({ count: 8, value: i % 256 }));
  expect(write(raw).length).toBeLessThanOrEqual(1002);
});

test("any bytes can be read, and after the last come zeros without end", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const models = createModels(1);
      const reader = new BitReader(bytes);
      const bits = Array.from({ length: 1000 }, () => reader.code(models, 0));
      expect(bits.every((bit) => bit === 0 || bit === 1)).toBe(true);
      expect(reader.codeRaw(0, 32)).toBeGreaterThanOrEqual(0);
    }),
  );
});
