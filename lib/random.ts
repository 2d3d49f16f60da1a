// One seeded generator for everything that is drawn by lot (weights, shuffles, dropout masks), made of
// 32-bit integer arithmetic only, so that a seed means the same experiment on every engine and device.

/** What a stream of random numbers is for; streams of different purposes never share numbers. */
export type Purpose = "weights" | "shuffle" | "dropout" | "augmentation" | "search";

const purposeIds: Record<Purpose, number> = {
  weights: 1,
  shuffle: 2,
  dropout: 3,
  augmentation: 4,
  search: 5,
};

/** Mixes 32 bits so that each input bit changes about half of the output (the finalizer of MurmurHash3). */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A 32-bit key for one stream.
 * @param seed the experiment's seed, 0 to 2³²−1
 * @param path what tells streams of one purpose apart, e.g. the weight's index or the epoch
 */
export function streamKey(seed: number, purpose: Purpose, ...path: readonly number[]): number {
  let key = mix32(seed + 0x9e3779b9);
  for (const part of [purposeIds[purpose], ...path]) key = mix32(key ^ Math.imul(part + 1, 0x9e3779b1));
  return key;
}

/** The number at `index` of the stream `key`: 32 uniform bits, reachable in any order. */
export function bitsAt(key: number, index: number): number {
  return mix32(mix32(key + Math.imul(index, 0x9e3779b9)) ^ index);
}

/** The number at `index` of the stream `key`, uniform in [0, 1) in steps of 2⁻²⁴ (exact in float32). */
export function uniformAt(key: number, index: number): number {
  return (bitsAt(key, index) >>> 8) * 2 ** -24;
}

/**
 * Shuffles in place (Fisher–Yates, Knuth 3.4.2 P); every engine sees the order that this gives.
 * @returns the same array
 */
export function shuffle<T extends Uint32Array>(items: T, key: number): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor((bitsAt(key, i) * (i + 1)) / 2 ** 32);
    const held = items[i]!;
    items[i] = items[j]!;
    items[j] = held;
  }
  return items;
}
