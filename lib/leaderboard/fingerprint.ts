// What tells a network from all others by how it answers, not by its weights: hidden units in another order or scale
// leave it as it is. M. S. Charikar, "Similarity estimation techniques from rounding algorithms", STOC 2002: the signs
// of random projections, whose differing share is the angle between two networks' answers divided by π.
import { keyStream } from "./key-stream";

const BITS = 512;
const PARTS = 8;

/** Numbers that share one random sign in a projection, at places that are drawn too. */
const CELLS = 4096;

/**
 * Bits that two fingerprints of the same network may differ in. Measured: copies in another order or scale differ in 0 to 1,
 * with noise of 1 % of the weights in up to 5, of 3 % in up to 13; logistic regressions from two seeds, which are nearly
 * one function, in 24 and more; networks with hidden layers, one more epoch of training included, in 99 and more.
 */
export const SAME_WITHIN = 16;

/**
 * What is left of the answers when the ten mean answers of the network, one for each class of images, are taken away:
 * that part all networks share.
 */
function deviations(probabilities: Float32Array, labels: Uint8Array, classes: number): Float64Array {
  const means = new Float64Array(classes * classes);
  const counts = new Float64Array(classes);
  for (const [n, label] of labels.entries()) {
    counts[label]! += 1;
    for (let k = 0; k < classes; k++) means[label * classes + k]! += probabilities[n * classes + k]!;
  }
  for (let i = 0; i < means.length; i++) means[i]! /= counts[Math.floor(i / classes)]! || 1;
  const left = new Float64Array(probabilities.length);
  for (const [n, label] of labels.entries())
    for (let k = 0; k < classes; k++)
      left[n * classes + k] = probabilities[n * classes + k]! - means[label * classes + k]!;
  return left;
}

/**
 * A network's fingerprint.
 * @param probabilities its answers on the hidden images, row-major [images, classes]
 * @returns 512 bits as 128 hexadecimal digits; who does not know the secret can make nothing of them
 */
export async function fingerprintOf(
  probabilities: Float32Array,
  labels: Uint8Array,
  secret: string,
): Promise<string> {
  const classes = probabilities.length / labels.length;
  const left = deviations(probabilities, labels, classes);
  // Each number goes to a cell with a sign of its own, then each projection gives every cell a sign.
  const places = await keyStream(secret, "fingerprint", "cells", 2 * left.length);
  const cells = new Float64Array(CELLS);
  for (let i = 0; i < left.length; i++) {
    const drawn = places[2 * i]! | (places[2 * i + 1]! << 8);
    cells[drawn % CELLS]! += drawn >> 15 ? left[i]! : -left[i]!;
  }
  const signs = await keyStream(secret, "fingerprint", "signs", (BITS * CELLS) / 8);
  const bytes = new Uint8Array(BITS / 8);
  for (let bit = 0; bit < BITS; bit++) {
    let sum = 0;
    for (let cell = 0; cell < CELLS; cell++)
      sum += (signs[(bit * CELLS + cell) >> 3]! >> (cell & 7)) & 1 ? cells[cell]! : -cells[cell]!;
    if (sum > 0) bytes[bit >> 3]! |= 1 << (bit & 7);
  }
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bits in which two fingerprints differ, 0 to 512. */
export function distance(a: string, b: string): number {
  let bits = 0;
  for (let i = 0; i < a.length; i++)
    for (let left = Number.parseInt(a[i]!, 16) ^ Number.parseInt(b[i]!, 16); left > 0; left >>= 1)
      bits += left & 1;
  return bits;
}

/** Eight parts of 64 bits: of fingerprints that differ in up to seven bits, one at least is the same. */
export const partsOf = (fingerprint: string): string[] =>
  Array.from({ length: PARTS }, (_, part) => fingerprint.slice(16 * part, 16 * (part + 1)));
