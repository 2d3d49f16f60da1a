// For tests only: entries that nobody sent.
import { parseExperiment } from "../../spec/experiment";
import { firstRun } from "../../spec/presets/first-run";
import { digits, inHundredths } from "../board";
import { names } from "../names";
import type { RankedEntry } from "../records";
import { storedEntry } from "../scoring";

const hex = (n: number, length: number) => n.toString(16).padStart(length, "0");

/** The n-th entry of the board `accuracy`. @param score its accuracy on the hidden images */
export function entryWith(n: number, score: number, changes: Partial<RankedEntry> = {}): RankedEntry {
  return {
    id: hex(n, 64),
    board: "accuracy",
    player: `Player ${n}`,
    mark: hex(n % 0x1000000, 6),
    score,
    hiddenAccuracy: score,
    cleanAccuracy: 0.97,
    parameters: 109_386,
    engine: "WebAssembly SIMD",
    deviceClass: "computer",
    proof: "pending",
    reason: null,
    flagged: null,
    experiment: parseExperiment(firstRun),
    run: hex(n, 64),
    curve: [0.9, 0.95],
    submittedAt: new Date(1_795_000_000_000 + n).toISOString(),
    sortKey: digits(10_000 - inHundredths(score), 5),
    fingerprint: hex(n, 128),
    ...changes,
  };
}

/** Where an entry lies in the store, and what lies there. */
export function stored(entry: RankedEntry): { name: string; text: string } {
  const order = entry.proof === "replayed" ? "replayed" : "evaluated";
  const time = Date.parse(entry.submittedAt);
  const name = names.entry(entry.board, order, entry.sortKey, time, entry.id);
  return { name, text: JSON.stringify(storedEntry(entry)) };
}
