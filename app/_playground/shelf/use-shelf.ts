// React's side of the shelf, and how a kept run is taken down from it.
import { useEffect } from "react";
import { useStore } from "zustand";
import { openRun } from "@/lib/store/run";
import { openShelf, type Shelf, shelfStore, weightsOf } from "@/lib/store/shelf";
import type { ShelfEntry } from "@/lib/store/shelf-entry";
import { openExperiment } from "@/lib/store/spec";

export const useShelf = <T>(select: (shelf: Shelf) => T): T => useStore(shelfStore, select);

/** Reads the list when it comes to be looked at. */
export function useOpenShelf(): void {
  useEffect(() => {
    void openShelf();
  }, []);
}

/**
 * Shows a kept run in the place of the present one, with its experiment; resolves when its network answers.
 * @throws Error in one sentence where its weights are damaged, or no engine works here
 */
export async function takeDown({ id, record }: ShelfEntry): Promise<void> {
  const weights = await weightsOf(id);
  openExperiment(record.experiment, record.forkedFrom);
  await openRun(record, weights);
}
