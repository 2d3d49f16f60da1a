// Sweeps between visits: the sweep as it was started and what was found so far, under a key of its own each. A few
// kilobytes, written when a cell is over, so that a reload loses nothing but the cell under way.
import * as z from "zod/mini";
import { object } from "../spec/parse";
import { cellsOf } from "../sweeps/cells";
import { parseResults, parseSweep } from "../sweeps/parse";
import type { CellResult, SweepSpec } from "../sweeps/sweep";
import { readStored, writeStored } from "./storage";

export interface StoredSweep {
  sweep: SweepSpec;
  results: readonly CellResult[];
}

const PREFIX = "descent.sweep.";
const schema = z.nullable(object({ version: z.literal(1), sweep: z.unknown(), results: z.unknown() }));

/** What an earlier visit left; null where there is nothing, or nothing of ours. */
export function readSweep(key: string): StoredSweep | null {
  const stored = readStored(PREFIX + key, schema, null);
  if (stored === null) return null;
  try {
    const sweep = parseSweep(stored.sweep);
    const results = parseResults(stored.results);
    const found = new Map(results.map((result) => [result.id, result]));
    // Anything may have been written there: a result is one of a cell, and a cell has one.
    return { sweep, results: cellsOf(sweep, results).flatMap(({ id }) => found.get(id) ?? []) };
  } catch {
    return null;
  }
}

/** @returns false where this browser refuses to remember it */
export const writeSweep = (key: string, { sweep, results }: StoredSweep): boolean =>
  writeStored(PREFIX + key, { version: 1, sweep, results });

export const forgetSweep = (key: string): boolean => writeStored(PREFIX + key, null);

/** Whether two sweeps are the same trainings: what was found for one is true for the other. */
export const sameSweep = (a: SweepSpec, b: SweepSpec): boolean =>
  a === b || JSON.stringify(parseSweep(a)) === JSON.stringify(parseSweep(b));
