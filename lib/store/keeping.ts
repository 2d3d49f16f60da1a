// Which page runs are kept for while they are on, and under what name. What keeps them is in the worker; the page
// downloads it only to look for what an earlier visit left.
import type { ExperimentSpec } from "../spec/experiment";
import type { KeepOptions } from "../training/contract";
import type { EngineChoice } from "../training/engine-choice";
import { newName } from "../training/new-name";

/** A run that was kept while it was on, in this browser. */
export interface KeptRun {
  keep: KeepOptions;
  spec: ExperimentSpec;
  choice: EngineChoice;
  holdOut: boolean;
}

let place: string | null = null;

/** From now on runs are kept while they are on, to be offered again on this page; null keeps none. */
export const keepRunsAt = (page: string | null): void => {
  place = page;
};

/** How a run that begins now is kept; undefined where it is not. */
export const keepOptions = (forkedFrom: string | null): KeepOptions | undefined =>
  place === null ? undefined : { id: newName(), place, forkedFrom };

/** Forgets a run that was thrown away, unless another tab has it. */
export async function forgetKept(id: string): Promise<void> {
  const { forget } = await import("../training/checkpoint-claim");
  await forget(id).catch(() => {});
}
