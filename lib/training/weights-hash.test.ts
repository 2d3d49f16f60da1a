import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { hashWeights } from "./weights-hash";

const sha256 = (hex: string) => createHash("sha256").update(Buffer.from(hex, "hex")).digest("hex");

test("is SHA-256 over little-endian float32, array after array", async () => {
  // 1, −2 and 0.1 as IEEE 754 single precision, lowest byte first.
  const expected = sha256("0000803f" + "000000c0" + "cdcccc3d");
  expect(await hashWeights([Float32Array.of(1, -2), Float32Array.of(0.1)])).toBe(expected);
  expect(await hashWeights([Float32Array.of(1, -2, 0.1)])).toBe(expected);
});

test("tells a single bit and the sign of zero apart, and reads a view from where it begins", async () => {
  const zero = await hashWeights([Float32Array.of(0)]);
  expect(await hashWeights([Float32Array.of(-0)])).not.toBe(zero);
  expect(await hashWeights([Float32Array.of(2 ** -149)])).not.toBe(zero);
  expect(await hashWeights([Float32Array.of(5, 0, 7).subarray(1, 2)])).toBe(zero);
});

test("of no weights is the hash of nothing", async () => {
  expect(await hashWeights([])).toBe(sha256(""));
});
