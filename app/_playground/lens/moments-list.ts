// Which moments the slider has, and what is said of the room that they take. Pure.
import { formatBytes } from "@/app/_ui/format";
import type { HeldMoments } from "@/lib/training/contract";

/** Epochs to stop at, the first one first; the end past them is the present. */
export function momentsIn(held: HeldMoments | null, moment: number | null): number[] {
  const epochs = new Set(held?.epochs ?? []);
  if (moment !== null && held !== null) epochs.add(moment);
  return [...epochs].sort((a, b) => a - b);
}

/** Where on the slider an epoch is; the present is past them all. */
export const placeOf = (moments: readonly number[], moment: number | null): number =>
  moment === null ? moments.length : moments.indexOf(moment);

/** What is held, what it takes, and why it is not every epoch. */
export function roomText({ epochs, every, bytes, budgetBytes }: HeldMoments): string {
  if (epochs.length < 2) return "No epoch of it is held.";
  const which = every === 1 ? "Every epoch" : `Every ${ordinal(every)} epoch and the last`;
  return `${which}: ${formatBytes(bytes)} of at most ${formatBytes(budgetBytes)}`;
}

/** Of powers of two: 2 -> "2nd", 4 -> "4th", 32 -> "32nd" */
const ordinal = (count: number): string => `${count}${count % 10 === 2 && count % 100 !== 12 ? "nd" : "th"}`;
