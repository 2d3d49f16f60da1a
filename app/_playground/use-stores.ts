// React's side of the stores: a component hears only of what it selects.
import { createContext, use, useState, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { Run } from "@/lib/store/reduce";
import { runStore } from "@/lib/store/run";
import { type Settings, settingsStore } from "@/lib/store/settings";
import { beginWith, type SpecState, specStore } from "@/lib/store/spec";

/** What the page began with, where it was asked for a certain experiment: the server draws that one. */
export const OpeningContext = createContext<SpecState | null>(null);

/** Makes the store begin with the page's experiment, before the first component reads it. */
export function useOpening(opening: SpecState | null): void {
  useState(() => {
    // The server's store is shared by all requests.
    if (opening !== null && typeof window !== "undefined") beginWith(opening);
  });
}

function useSpecState<T>(select: (state: SpecState) => T): T {
  const opening = use(OpeningContext);
  return useSyncExternalStore(
    specStore.subscribe,
    () => select(specStore.getState()),
    () => select(opening ?? specStore.getInitialState()),
  );
}

export const useSpec = () => useSpecState(({ spec }) => spec);
export const useForkedFrom = () => useSpecState(({ forkedFrom }) => forkedFrom);
export const useRun = <T>(select: (run: Run) => T): T => useStore(runStore, select);
export const useSettings = <T>(select: (settings: Settings) => T): T => useStore(settingsStore, select);
