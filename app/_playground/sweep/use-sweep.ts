// React's side of the sweeps.
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import {
  estimateSweepMs,
  restoreSweep,
  type SweepRun,
  type Sweeps,
  sweepOf,
  sweepStore,
} from "@/lib/store/sweep";
import type { CellProgress } from "@/lib/sweeps/runner";
import type { SweepSpec } from "@/lib/sweeps/sweep";
import { useSettings } from "../use-stores";

export const useSweeps = <T>(select: (sweeps: Sweeps) => T): T => useStore(sweepStore, select);

/** What is known of the sweep under a key, an earlier visit's findings included; null where it was never started. */
export function useSweepRun(key: string, sweep: SweepSpec | null): SweepRun | null {
  useEffect(() => restoreSweep(key, sweep), [key, sweep]);
  return useSweeps((sweeps) => sweepOf(sweeps, key));
}

const sameTrainings = (a: readonly CellProgress[], b: readonly CellProgress[]): boolean =>
  a.length === b.length &&
  a.every(({ cell, score }, index) => cell.id === b[index]!.cell.id && score === b[index]!.score);

/** What is under way, the same list until a cell or a score in it is another: charts and tables know no steps. */
export function useTrainings(underway: readonly CellProgress[]): readonly CellProgress[] {
  const [held, setHeld] = useState(underway);
  const isSame = sameTrainings(held, underway);
  if (!isSame) setHeld(underway);
  return isSame ? held : underway;
}

/** How long a sweep should take here; null before that is known, as on the server. */
export function useEstimate(sweep: SweepSpec): number | null {
  const engine = useSettings((settings) => settings.engine);
  const [estimate, setEstimate] = useState<number | null>(null);
  // What this browser remembers is not known to the server.
  useEffect(() => setEstimate(estimateSweepMs(sweep, engine)), [sweep, engine]);
  return estimate;
}
