// React's side of the stores: a component hears only of what it selects.
import { useStore } from "zustand";
import type { Run } from "@/lib/store/reduce";
import { runStore } from "@/lib/store/run";
import { type Settings, settingsStore } from "@/lib/store/settings";
import { specStore } from "@/lib/store/spec";

export const useSpec = () => useStore(specStore, ({ spec }) => spec);
export const useRun = <T>(select: (run: Run) => T): T => useStore(runStore, select);
export const useSettings = <T>(select: (settings: Settings) => T): T => useStore(settingsStore, select);
