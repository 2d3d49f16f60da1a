import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streamKey, uniformAt } from "../random";
import { decodeBase64url, encodeBase64url } from "./base64url";
import { MAX_CODE_LENGTH } from "./code";
import { compress, decompress, MAX_TEXT_LENGTH } from "./compress";

const unreserved = fc.string({ unit: fc.constantFrom(..."abcdefghijkmnopq0123456789-._~"), maxLength: 3000 });
/** A number from 0 to 19, of its own for every pair. */
const uniform = (i: number, k: number) => Math.floor(20 * uniformAt(streamKey(i, "shuffle"), k));
const packed = (bytes: Uint8Array) => encodeBase64url(deflateRawSync(bytes, { level: 9 }));

test("bytes are base64url, as Node writes it", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      const text = encodeBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64url"));
      expect(decodeBase64url(text)).toEqual(bytes);
    }),
  );
  for (const text of ["a", "ab+/", "ab==", "a b", "é", "abcde"]) expect(decodeBase64url(text)).toBeNull();
});

const readsBack = (text: string) => {
  const code = compress(text);
  expect(code).toMatch(/^[\w-]*[A-Za-z0-9]$/);
  expect(decompress(code)).toBe(text);
  return code;
};

test("text comes back as it was", () => {
  fc.assert(
    fc.property(unreserved, (text) => void readsBack(text)),
    { numRuns: 2000 },
  );
});

test("no code ends in punctuation: where base64url does, one more character follows", () => {
  const texts = Array.from({ length: 400 }, (_, i) =>
    Array.from({ length: 300 + i }, (_, k) => "0123456789abcdefghij"[uniform(i, k)]).join(""),
  );
  const guarded = texts.map(readsBack).filter((code) => code.length % 4 === 1);
  expect(guarded.length).toBeGreaterThan(5);
  for (const code of guarded) expect(decompress(code.slice(0, -1))).toBe(decompress(code));
});

test("what another program deflates can be read, up to the longest text", () => {
  const longest = new Uint8Array(MAX_TEXT_LENGTH).fill(97);
  expect(decompress(packed(longest))).toBe("a".repeat(MAX_TEXT_LENGTH));
  expect(decompress(packed(new Uint8Array(MAX_TEXT_LENGTH + 1).fill(97)))).toBeNull();
});

describe("what is no whole DEFLATE stream is refused:", () => {
  const bytes = deflateRawSync(Buffer.from("1~First.run~flatten_dense-128_dense-10-softmax".repeat(9)));

  test("one that is cut short, anywhere", () => {
    for (let length = 0; length < bytes.length; length++)
      expect(decompress(encodeBase64url(bytes.subarray(0, length)))).toBeNull();
  });

  test("one with something after it", () => {
    for (const extra of [[0], [65], [0, 0, 0], [...bytes]])
      expect(decompress(encodeBase64url(Uint8Array.of(...bytes, ...extra)))).toBeNull();
  });

  test("bytes that are anything else, within a moment and without another error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (noise) => {
        expect(() => decompress(encodeBase64url(noise))).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});

test("a bomb of 200 MB, cut to what a code may have, is refused in under 100 ms and 10 MB", () => {
  const bomb = packed(Buffer.alloc(200_000_000)).slice(0, MAX_CODE_LENGTH);
  expect(bomb).toHaveLength(MAX_CODE_LENGTH);
  decompress(bomb);
  const memory = () => {
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  };
  // The best of a few: another program may have the processor during one of them.
  const runs = Array.from({ length: 5 }, () => {
    const [startMs, startBytes] = [performance.now(), memory()];
    expect(decompress(bomb)).toBeNull();
    return { ms: performance.now() - startMs, bytes: memory() - startBytes };
  });
  expect(Math.min(...runs.map(({ ms }) => ms))).toBeLessThan(100);
  expect(Math.max(...runs.map(({ bytes }) => bytes))).toBeLessThan(10_000_000);
});
