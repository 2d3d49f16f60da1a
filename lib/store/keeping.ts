// Which page runs are kept for while they are on, and under what name. What keeps them is in the worker; the page
// downloads it only to look for what an earlier visit left.
import * as z from "zod/mini";
import { titleOf } from "../spec/describe";
import type { ExperimentSpec } from "../spec/experiment";
import type { KeepOptions } from "../training/contract";
import type { EngineChoice } from "../training/engine-choice";
import { newName } from "../training/new-name";
import { readStored, writeStored } from "./storage";

/** A run that was kept while it was on, in this browser. */
export interface KeptRun {
  keep: KeepOptions;
  spec: ExperimentSpec;
  choice: EngineChoice;
  holdOut: boolean;
}

/** Whether a run was ever begun in this browser: if not, a visit need not even download what would look for one. */
const KEY = "descent.kept";

let place: string | null = null;
/** Runs thrown away on this page, whose removal takes a moment. */
const forgotten = new Set<string>();

export const isForgotten = (id: string): boolean => forgotten.has(id);
export const mayHaveKept = (): boolean => readStored(KEY, z.boolean(), false);

/** From now on runs are kept while they are on, to be offered again on this page; null keeps none. */
export const keepRunsAt = (page: string | null): void => {
  place = page;
};

/** How a run that begins now is kept; undefined where it is not. */
export function keepOptions(spec: ExperimentSpec, forkedFrom: string | null): KeepOptions | undefined {
  if (place === null) return undefined;
  writeStored(KEY, true);
  return { id: newName(), place, title: titleOf(spec), forkedFrom };
}

/** Forgets a run that was thrown away, unless another tab has it. */
export async function forgetKept(id: string): Promise<void> {
  forgotten.add(id);
  const { forget } = await import("../training/checkpoint-claim");
  await forget(id).catch(() => {});
}
