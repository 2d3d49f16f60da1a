// A proof of work, as friction: a number that makes SHA-256("<token>:<number>") begin with some zero bits. Found by
// trying, checked at once. A. Back, "Hashcash", 2002.
import { sha256 } from "@noble/hashes/sha2.js";
import type { Work } from "../share/slices";

/** Tried in about a millisecond. */
const PIECE = 128;

const encoder = new TextEncoder();

/** Zero bits at the beginning of a hash. */
function zeroBits(hash: Uint8Array): number {
  let bits = 0;
  for (const byte of hash) {
    bits += Math.clz32(byte) - 24;
    if (byte !== 0) break;
  }
  return bits;
}

/** Whether a number is a solution. */
export const checkWork = (token: string, bits: number, work: number): boolean =>
  zeroBits(sha256(encoder.encode(`${token}:${work}`))) >= bits;

/** Finds a solution, the smallest; see slices for how a page stays awake meanwhile. */
export function* solveWork(token: string, bits: number): Work<number> {
  // What all of the texts begin with is hashed once.
  const begun = sha256.create().update(encoder.encode(`${token}:`));
  for (let work = 0; ; work++) {
    if (work % PIECE === 0) yield;
    if (
      zeroBits(
        begun
          .clone()
          .update(encoder.encode(String(work)))
          .digest(),
      ) >= bits
    )
      return work;
  }
}
