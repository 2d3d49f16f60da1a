// The shelf's place in IndexedDB: entries, and apart from them the weights, so that listing never reads weights. What
// comes out is unknown until it is parsed; idb is downloaded with the first use.
import type { DBSchema, IDBPDatabase } from "idb";
import type { ShelfEntry } from "./shelf-entry";

const NAME = "descent";

interface Schema extends DBSchema {
  entries: { key: string; value: unknown };
  weights: { key: string; value: unknown };
}

/** What each version adds to the one before it. A new version is one more step; the steps that are here stay. */
const UPGRADES: readonly ((database: IDBPDatabase<Schema>) => void)[] = [
  (database) => {
    database.createObjectStore("entries", { keyPath: "id" });
    database.createObjectStore("weights");
  },
];

export interface DatabaseEvents {
  /** Another tab holds an older version open; opening goes on when it is closed. */
  onBlocked(): void;
  /** The connection is closed, because a newer version of the page needs the database for itself. */
  onOutdated(): void;
  /** The connection was lost: site data were deleted, or the browser had to. */
  onLost(): void;
}

export interface ShelfDatabase {
  entries(): Promise<unknown[]>;
  weights(id: string): Promise<unknown>;
  /** Writes an entry with its weights and removes others, all or nothing. */
  keep(entry: ShelfEntry, weights: readonly Float32Array[], gone: readonly string[]): Promise<void>;
  /**
   * Changes an entry where it lies, so that tabs do not overwrite each other.
   * @param change null leaves it as it is
   * @returns false where it was not there any more, or left as it is
   */
  change(id: string, change: (stored: unknown) => ShelfEntry | null): Promise<boolean>;
  remove(ids: readonly string[]): Promise<void>;
}

/** @throws whatever the browser has against it, e.g. SecurityError, or VersionError for a newer database */
export async function openDatabase(events: DatabaseEvents): Promise<ShelfDatabase> {
  const { openDB } = await import("idb");
  const database: IDBPDatabase<Schema> = await openDB<Schema>(NAME, UPGRADES.length, {
    upgrade(fresh, from) {
      for (const step of UPGRADES.slice(from)) step(fresh);
    },
    blocked: () => events.onBlocked(),
    blocking() {
      database.close();
      events.onOutdated();
    },
    terminated: () => events.onLost(),
  });

  /** A write to both stores; it counts when all of it is on the disk. */
  async function write(work: (stores: Writable) => Promise<unknown>[]): Promise<void> {
    const transaction = database.transaction(["entries", "weights"], "readwrite");
    try {
      const requests = work({
        entries: transaction.objectStore("entries"),
        weights: transaction.objectStore("weights"),
      });
      await Promise.all([...requests, transaction.done]);
    } catch (error) {
      // What failed tells why; that the rest was taken back is no news.
      transaction.done.catch(() => {});
      abort(transaction);
      throw error;
    }
  }

  const removal = ({ entries, weights }: Writable, ids: readonly string[]) =>
    ids.flatMap((id) => [entries.delete(id), weights.delete(id)]);

  return {
    entries: () => database.getAll("entries"),
    weights: (id) => database.get("weights", id),
    keep: (entry, weights, gone) =>
      write((stores) => [
        ...removal(stores, gone),
        stores.entries.put(entry),
        stores.weights.put(weights, entry.id),
      ]),
    async change(id, change) {
      const transaction = database.transaction("entries", "readwrite");
      const changed = change(await transaction.store.get(id));
      if (changed !== null) await transaction.store.put(changed);
      await transaction.done;
      return changed !== null;
    },
    remove: (ids) => write((stores) => removal(stores, ids)),
  };
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // A failed request has done so already.
  }
}

interface Writable {
  entries: { put(value: unknown): Promise<unknown>; delete(id: string): Promise<void> };
  weights: { put(value: unknown, id: string): Promise<unknown>; delete(id: string): Promise<void> };
}
