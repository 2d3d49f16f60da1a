// Where runs are kept while they are on: for each an entry, which says whose it is and how far it has come, and two slots
// that are written in turns, so that a write that is cut off leaves the one before it. IndexedDB, from page and worker alike.
import type { DBSchema, IDBPDatabase } from "idb";
import * as z from "zod/mini";
import { object, parse } from "../spec/parse";
import type { Sealed } from "./checkpoint";

const NAME = "descent.resume";
/** More unfinished runs than anybody goes back to; the oldest make room. */
export const MAX_UNFINISHED = 3;

/** How far a kept run has come, to be shown without reading its slots. */
export interface Entry {
  id: string;
  /** The page that the run is on. */
  place: string;
  title: string;
  /** Of the epoch under way, from 1, and of all. */
  epoch: number;
  epochs: number;
  /** Steps done of the epoch under way, and all of them. */
  step: number;
  steps: number;
  /** Milliseconds since 1970. */
  savedAt: number;
}

interface StoredEntry extends Entry {
  /** Who may write: whoever has lost the run, and does not know it yet, is told so by this. */
  owner: string;
  /** The slot that was written last. */
  slot: number;
}

interface Schema extends DBSchema {
  entries: { key: string; value: unknown };
  slots: { key: [string, number]; value: unknown };
}

const number = z.number();
const entrySchema = object({
  ...{ id: z.string(), place: z.string(), title: z.string(), owner: z.string() },
  ...{ epoch: number, epochs: number, step: number, steps: number, savedAt: number, slot: number },
});

function readEntry(stored: unknown): StoredEntry | null {
  try {
    return parse(entrySchema, stored, "entry");
  } catch {
    return null;
  }
}

const inOrder = (stored: readonly unknown[]): StoredEntry[] =>
  stored
    .map(readEntry)
    .filter((entry) => entry !== null)
    .toSorted((a, b) => b.savedAt - a.savedAt);

let opened: Promise<IDBPDatabase<Schema>> | null = null;

/** @throws whatever the browser has against it, e.g. SecurityError */
function connect(): Promise<IDBPDatabase<Schema>> {
  opened ??= (async () => {
    const { openDB } = await import("idb");
    const database = await openDB<Schema>(NAME, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("entries", { keyPath: "id" });
        fresh.createObjectStore("slots");
      },
      blocking() {
        database.close();
        opened = null;
      },
      terminated() {
        opened = null;
      },
    });
    return database;
  })();
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

interface Stores {
  entries: Writable<string>;
  slots: Writable<[string, number]>;
}

interface Writable<Key> {
  get(key: Key): Promise<unknown>;
  getAll(): Promise<unknown[]>;
  put(value: unknown, key?: Key): Promise<unknown>;
  delete(key: Key): Promise<void>;
}

/** Reads and writes at once, all or nothing. @returns what the work gives */
async function change<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
  // A killed tab takes nothing of what was handed over with it; that the whole machine stops is what two slots are for.
  const transaction = (await connect()).transaction(["entries", "slots"], "readwrite", {
    durability: "relaxed",
  });
  try {
    const result = await work({
      entries: transaction.objectStore("entries"),
      slots: transaction.objectStore("slots") as unknown as Stores["slots"],
    });
    await transaction.done;
    return result;
  } catch (error) {
    // What failed tells why; that the rest was taken back is no news.
    transaction.done.catch(() => {});
    abort(transaction);
    throw error;
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // A failed request has done so already.
  }
}

async function removeFrom({ entries, slots }: Stores, id: string): Promise<void> {
  await entries.delete(id);
  for (const slot of [0, 1]) await slots.delete([id, slot]);
}

/** The runs that are kept, the newest first. */
export async function entries(): Promise<Entry[]> {
  return inOrder(await (await connect()).getAll("entries"));
}

/** What lies in a run's two slots: unknown, until it is opened. */
export async function slotsOf(id: string): Promise<unknown[]> {
  const database = await connect();
  return Promise.all([0, 1].map((slot) => database.get("slots", [id, slot])));
}

/** From now on only this owner writes the run, where it is kept. */
export const own = (id: string, owner: string): Promise<void> =>
  change(async ({ entries }) => {
    const entry = readEntry(await entries.get(id));
    if (entry !== null) await entries.put({ ...entry, owner });
  });

/**
 * Writes the slot that was not written last. A run that is not kept yet begins to be, and the oldest ones make room.
 * @returns false where the run is another owner's by now, and nothing was written
 * @throws e.g. QuotaExceededError; the slot then holds what it did
 */
export const write = (owner: string, entry: Entry, sealed: Sealed): Promise<boolean> =>
  change(async (stores) => {
    const former = readEntry(await stores.entries.get(entry.id));
    if (former !== null && former.owner !== owner) return false;
    const slot = former === null ? 0 : 1 - former.slot;
    if (former === null)
      for (const { id } of inOrder(await stores.entries.getAll()).slice(MAX_UNFINISHED - 1))
        await removeFrom(stores, id);
    const stored: StoredEntry = { ...entry, owner, slot };
    await stores.slots.put(sealed, [entry.id, slot]);
    await stores.entries.put(stored);
    return true;
  });

/** @param owner leaves it where it is another's by now; anybody's where left out */
export const remove = (id: string, owner?: string): Promise<void> =>
  change(async (stores) => {
    const entry = readEntry(await stores.entries.get(id));
    const isOthers = owner !== undefined && entry !== null && entry.owner !== owner;
    if (!isOthers) await removeFrom(stores, id);
  });
