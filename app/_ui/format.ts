// Numbers as people read them. English everywhere, so that the server and every browser write the same.
import { groupDigits } from "@/lib/spec/group-digits";

/** 48000 -> "48,000" */
export const formatCount = groupDigits;

/** "1 epoch", "5 epochs", "48,000 images" */
export const formatPlural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;

/** 1234567 -> "1.2 MB" */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  if (bytes < 999_500_000) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** A length of time to the precision that matters: "under 1 s", "4 s", "1 min 20 s", "2 h 5 min". */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return "under 1 s";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 63412 -> "63,400": three figures are as many as a speed has. */
export const formatRate = (perSecond: number): string =>
  groupDigits(perSecond >= 100 ? Number(perSecond.toPrecision(3)) : Math.round(perSecond));

/** A loss: three decimals, more where it is small, a power of ten where it ran away. */
export function formatLoss(loss: number): string {
  if (loss >= 10_000) return loss.toExponential(1).replace("e+", "e");
  return loss !== 0 && loss < 0.01 ? Number(loss.toPrecision(2)).toString() : loss.toFixed(3);
}

export const formatAccuracy = (accuracy: number): string => accuracy.toFixed(4);
