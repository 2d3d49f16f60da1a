// The end of a run, as its store has it.
import type { StoreApi } from "zustand/vanilla";
import { isActive, type Run } from "./reduce";

/** Resolves when the run's last events are here: they come through another port than the answer, perhaps after it. */
export const restOf = (store: StoreApi<Run>): Promise<void> =>
  new Promise((resolve) => {
    const look = ({ state }: Run) => {
      if (isActive(state)) return;
      forget();
      resolve();
    };
    const forget = store.subscribe(look);
    look(store.getState());
  });
