// A proof of work, as friction: a number that makes SHA-256("<token>:<number>") begin with some zero bits. Found by
// trying, checked at once. A. Back, "Hashcash", 2002.
import { sha256 } from "@noble/hashes/sha2.js";
import type { Work } from "../share/slices";

/** Tried in about a millisecond. */
const PIECE = 256;

const encoder = new TextEncoder();

/** Zero bits at the beginning of the hash. */
function zeroBits(token: string, work: number): number {
  const hash = sha256(encoder.encode(`${token}:${work}`));
  let bits = 0;
  for (const byte of hash) {
    bits += Math.clz32(byte) - 24;
    if (byte !== 0) break;
  }
  return bits;
}

/** Whether a number is a solution. */
export const checkWork = (token: string, bits: number, work: number): boolean =>
  zeroBits(token, work) >= bits;

/** Finds a solution, the smallest; see slices for how a page stays awake meanwhile. */
export function* solveWork(token: string, bits: number): Work<number> {
  for (let work = 0; ; work++) {
    if (work % PIECE === 0) yield;
    if (checkWork(token, bits, work)) return work;
  }
}
