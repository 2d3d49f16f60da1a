// A person's own test set: digits that they drew, each with what they say that it is. Its list is in the store; the strokes
// are beside it.
import { createStore } from "zustand/vanilla";
import { deleteDigit, type OwnDigit, parseDigit, readDigits, writeDigit } from "./own-database";
import type { Stroke } from "./sheet";

export type Listed = Omit<OwnDigit, "strokes">;

export interface OwnDigits {
  /** In the order in which they were added; null before they were read. */
  digits: readonly Listed[] | null;
  /** Why they cannot be kept or read, in a sentence. */
  problem: string | null;
}

/** Reading them all after every epoch must stay a matter of a moment. */
export const MAX_DIGITS = 200;

export const ownStore = createStore<OwnDigits>()(() => ({ digits: null, problem: null }));

const drawings = new Map<string, readonly Stroke[]>();

/** The strokes of a digit of the list. */
export const strokesOf = (id: string): readonly Stroke[] => drawings.get(id)!;

/** Reads what this browser keeps, once. What was added meanwhile stays. */
export async function openOwnDigits(): Promise<void> {
  if (ownStore.getState().digits !== null) return;
  try {
    const kept = await readDigits();
    for (const { id, strokes } of kept) drawings.set(id, strokes);
    ownStore.setState(({ digits }) => {
      const known = new Set(digits?.map(({ id }) => id));
      const others = kept.filter(({ id }) => !known.has(id));
      return { digits: [...others.map(({ strokes: _, ...listed }) => listed), ...(digits ?? [])] };
    });
  } catch {
    refuse("This browser does not let this page keep anything: what you add is gone with the page.");
  }
}

/**
 * Adds what was drawn. Where nothing can be kept it is there until the page is left, and `problem` says so.
 * @param label a class name of the data set that it was drawn for
 * @returns false where there is no room for another
 */
export async function addOwnDigit(label: string, strokes: readonly Stroke[]): Promise<boolean> {
  const before = ownStore.getState().digits ?? [];
  if (before.length >= MAX_DIGITS) {
    ownStore.setState({ problem: `${MAX_DIGITS} digits are kept at most: remove one first.` });
    return false;
  }
  const copies = strokes.map((stroke) => [...stroke]);
  const digit = parseDigit({ id: crypto.randomUUID(), label, addedAt: Date.now(), strokes: copies });
  drawings.set(digit.id, digit.strokes);
  const { id, addedAt } = digit;
  ownStore.setState({ digits: [...before, { id, label, addedAt }], problem: null });
  try {
    await writeDigit(digit);
  } catch {
    refuse("This browser could not keep it: it is here until you leave the page.");
  }
  return true;
}

export async function removeOwnDigit(id: string): Promise<void> {
  const digits = ownStore.getState().digits?.filter((digit) => digit.id !== id) ?? null;
  ownStore.setState({ digits, problem: null });
  drawings.delete(id);
  try {
    await deleteDigit(id);
  } catch {
    refuse("This browser could not remove it for good: it will be there again.");
  }
}

const refuse = (problem: string): void =>
  ownStore.setState(({ digits }) => ({ digits: digits ?? [], problem }));
