// What this browser remembers between visits, parsed when it is read: anything may have been written there.
import type * as z from "zod/mini";
import { parse } from "../spec/parse";

/** The stored value, or the fallback where there is none, it does not fit, or storage is switched off. */
export function readStored<T>(key: string, schema: z.ZodMiniType<T>, fallback: T): T {
  try {
    const text = localStorage.getItem(key);
    return text === null ? fallback : parse(schema, JSON.parse(text), key);
  } catch {
    return fallback;
  }
}

/** Remembers a value; a full or forbidden storage forgets it. @returns whether it is remembered */
export function writeStored(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    // Private windows and full disks refuse: the page works without.
    return false;
  }
}
