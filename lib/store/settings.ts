// What the person chose for this browser; no part of the experiment.
import * as z from "zod/mini";
import { createStore } from "zustand/vanilla";
import { object } from "../spec/parse";
import { type EngineChoice, engineChoices } from "../training/engine-choice";
import { readStored, writeStored } from "./storage";

export interface Settings {
  engine: EngineChoice;
  /** Keys without Ctrl (T, space, ?) do something. Some ways of typing need them off. */
  singleKeys: boolean;
}

const KEY = "descent.settings";
const schema: z.ZodMiniType<Settings> = object({ engine: z.enum(engineChoices), singleKeys: z.boolean() });
const initial: Settings = { engine: "auto", singleKeys: true };

export const settingsStore = createStore<Settings>()(() => initial);

/** Takes up what an earlier visit left. The server cannot know it, so this comes after the first paint. */
export const restoreSettings = (): void => settingsStore.setState(readStored(KEY, schema, initial));

export function changeSettings(change: Partial<Settings>): void {
  settingsStore.setState(change);
  writeStored(KEY, settingsStore.getState());
}
