// What of the experiment cannot be edited: a course's page locks it, in its address or by a message.
import { createStore } from "zustand/vanilla";
import type { ExperimentSpec } from "../spec/experiment";
import type { LockField } from "../spec/lockable";

export interface Locks {
  fields: readonly LockField[];
}

export const locksStore = createStore<Locks>()(() => ({ fields: [] }));

/** Whether an edit would change a part that is locked. Both are parsed, so that equal parts are written alike. */
export const changesLocked = (before: ExperimentSpec, after: ExperimentSpec): boolean =>
  locksStore
    .getState()
    .fields.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
