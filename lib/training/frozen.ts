// Browsers stop pages that nobody sees, their workers included, and let them go on later as if nothing had been. A run
// notices by the clock, says so, and counts the time neither as an epoch's nor as a step's.
import { yieldToMessages } from "./stop";

/** What a worker does within its loop takes less, or is said to take long. */
const LEAST_MS = 5000;
/** Some steps really are slow: so many times as long as usual is somebody else's doing. */
const TIMES = 10;

/** How much of a time the worker was stopped for; 0 where it may have taken that long by itself. */
export function frozenWithin(elapsedMs: number, usualMs: number): number {
  return elapsedMs > Math.max(LEAST_MS, TIMES * usualMs) ? elapsedMs - usualMs : 0;
}

/** Lets pause, stop and predict in, as `yieldToMessages` does. @returns for how long the worker was stopped meanwhile */
export async function frozenBetween(now: () => number): Promise<number> {
  const from = now();
  await yieldToMessages();
  return frozenWithin(now() - from, 0);
}
