// The runs that this browser keeps, with their records and weights. Without IndexedDB, as in some private windows, the
// shelf says so and everything else works. Weights are read when they are asked for and never enter the store.
import { createStore } from "zustand/vanilla";
import type { RunRecord } from "../metrics/run-record";
import { openDatabase, type ShelfDatabase } from "./shelf-database";
import {
  defaultName,
  dispensable,
  idOf,
  inOrder,
  parseName,
  readEntry,
  type ShelfEntry,
  toMakeRoom,
  uniqueName,
} from "./shelf-entry";

export interface Shelf {
  state: "closed" | "loading" | "ready" | "unavailable";
  /** Pinned runs first, then the newest; among them, in their places, those that were deleted on this page. */
  entries: readonly ShelfEntry[];
  /** Why there is no shelf, or why the last run is not on it: a sentence or two. */
  problem: string | null;
}

/** How long a deletion can be undone at least, where the page stays open. */
export const UNDO_MS = 60_000;

export const shelfStore = createStore<Shelf>()(() => ({ state: "closed", entries: [], problem: null }));

let database: Promise<ShelfDatabase> | null = null;
/** Runs deleted on this page: only here can that be undone. */
const deletedHere = new Set<string>();
/** Tells the other tabs, and hears from them, that the list is another. */
let channel: BroadcastChannel | null = null;

const OUTDATED = "A newer version of this page is open in another tab: reload this one to see the kept runs.";
const REFUSED =
  "No runs are kept in this browser: it refuses storage to this page, as private windows do. Training works all the same.";
const NO_ROOM =
  "The last run is not kept, because there is no room for its weights. Delete or unpin some runs, then train it again.";

const isNamed = (error: unknown, name: string) => (error as Error | null)?.name === name;

const unavailable = (problem: string) => shelfStore.setState({ state: "unavailable", entries: [], problem });

function connect(): Promise<ShelfDatabase> {
  if (channel === null && typeof BroadcastChannel !== "undefined") {
    channel = new BroadcastChannel("descent.shelf");
    channel.onmessage = () => void refresh();
  }
  database ??= openDatabase({
    onBlocked: () =>
      shelfStore.setState({
        problem:
          "An older version of this page is open in another tab: close or reload it to see the kept runs.",
      }),
    onOutdated() {
      database = null;
      unavailable(OUTDATED);
    },
    onLost() {
      database = null;
      if (shelfStore.getState().state === "ready") void openShelf();
    },
  }).catch((error: unknown) => {
    database = null;
    unavailable(isNamed(error, "VersionError") ? OUTDATED : REFUSED);
    throw error;
  });
  return database;
}

const listed = async (opened: ShelfDatabase): Promise<ShelfEntry[]> =>
  (await opened.entries()).map(readEntry).filter((entry) => entry !== null);

const show = (entries: readonly ShelfEntry[]) =>
  shelfStore.setState({
    state: "ready",
    entries: inOrder(entries.filter(({ id, deletedAt }) => deletedAt === null || deletedHere.has(id))),
  });

/** Reads the list again where it is being looked at. */
async function refresh(): Promise<void> {
  if (shelfStore.getState().state !== "ready") return;
  try {
    show(await listed(await connect()));
  } catch {
    // The shelf then says itself that it is not there.
  }
}

function tellOthers(): void {
  channel?.postMessage("changed");
}

/** Lists the kept runs, those of other tabs included; what was deleted a minute ago or more is now gone for good. */
export async function openShelf(): Promise<void> {
  const { state, problem } = shelfStore.getState();
  if (state !== "ready")
    shelfStore.setState({ state: "loading", problem: state === "unavailable" ? null : problem });
  try {
    const opened = await connect();
    const entries = await listed(opened);
    const over = entries.filter(({ deletedAt }) => deletedAt !== null && deletedAt <= Date.now() - UNDO_MS);
    if (over.length > 0) await opened.remove(over.map(({ id }) => id));
    show(entries.filter((entry) => !over.includes(entry)));
  } catch (error) {
    if (shelfStore.getState().state === "loading")
      unavailable(isNamed(error, "VersionError") ? OUTDATED : REFUSED);
  }
}

/**
 * Puts a run on the shelf. Where there is no room, deleted runs go first, then the oldest that are not pinned.
 * @param former the entry of the same run before it went on. Its place is taken, name and all; one that is pinned stays
 * as it is, and the longer run comes beside it.
 * @returns its id; null where it could not be kept, and the shelf's `problem` says why
 */
export async function keepRun(
  record: RunRecord,
  weights: readonly Float32Array[],
  former: string | null = null,
): Promise<string | null> {
  try {
    const opened = await connect();
    const entries = await listed(opened);
    const taken =
      entries.find(({ id, pinned, deletedAt }) => id === former && !pinned && deletedAt === null) ??
      entries.find(({ id }) => id === idOf(record));
    const others = entries.filter((other) => other !== taken);
    const entry: ShelfEntry = {
      id: taken?.id ?? idOf(record),
      name: taken?.name ?? uniqueName(defaultName(record), others),
      pinned: taken?.pinned ?? false,
      keptAt: Date.now(),
      deletedAt: null,
      weightsBytes: weights.reduce((sum, { byteLength }) => sum + byteLength, 0),
      record,
    };
    const kept = await keepWithin(opened, entry, weights, others);
    shelfStore.setState({ problem: kept ? null : NO_ROOM });
    tellOthers();
    await refresh();
    return kept ? entry.id : null;
  } catch (error) {
    if (shelfStore.getState().state !== "unavailable")
      shelfStore.setState({ problem: `The last run is not kept: ${unwritten(error)}.` });
    return null;
  }
}

const unwritten = (error: unknown) =>
  `the browser could not write it (${error instanceof Error ? error.message : String(error)})`;

/** Keeps the entry within the shelf's own limits, then within the browser's. */
async function keepWithin(
  opened: ShelfDatabase,
  entry: ShelfEntry,
  weights: readonly Float32Array[],
  others: readonly ShelfEntry[],
): Promise<boolean> {
  const gone = toMakeRoom(others, entry.weightsBytes);
  if (gone === null) return false;
  const candidates = dispensable(others.filter((other) => !gone.includes(other)));
  const ids = gone.map(({ id }) => id);
  // Where twice its size makes no room, something else fills the disk, and no more runs are given up for it.
  for (let freed = 0; ; ) {
    try {
      await opened.keep(entry, weights, ids);
      return true;
    } catch (error) {
      if (!isNamed(error, "QuotaExceededError")) throw error;
      const next = candidates.shift();
      if (next === undefined || freed > 2 * entry.weightsBytes) return false;
      await opened.remove([next.id]);
      freed += next.weightsBytes;
    }
  }
}

/** @throws ParseError for a name that is too long; an empty one gives the run its first name back */
export async function renameRun(id: string, name: string): Promise<void> {
  const wanted = name.trim() === "" ? null : parseName(name.trim());
  await change(id, (entry) => ({ name: wanted ?? defaultName(entry.record) }));
}

export const pinRun = (id: string, pinned: boolean): Promise<void> => change(id, () => ({ pinned }));

/** Marks a run as deleted: gone when the page closes, or a minute later when the shelf is opened again. */
export async function deleteRun(id: string): Promise<void> {
  if (deletedHere.size === 0) globalThis.addEventListener?.("pagehide", forgetDeleted);
  deletedHere.add(id);
  await change(id, () => ({ deletedAt: Date.now() }));
}

export async function undoDelete(id: string): Promise<void> {
  deletedHere.delete(id);
  await change(id, () => ({ deletedAt: null }));
}

/** What was deleted on this page cannot be undone any more. */
function forgetDeleted(): void {
  const ids = [...deletedHere];
  deletedHere.clear();
  globalThis.removeEventListener?.("pagehide", forgetDeleted);
  void database?.then((opened) => opened.remove(ids)).catch(() => {});
}

async function change(id: string, changeOf: (entry: ShelfEntry) => Partial<ShelfEntry>): Promise<void> {
  try {
    const opened = await connect();
    let changed: ShelfEntry | null = null;
    await opened.change(id, (stored) => {
      const entry = readEntry(stored);
      changed = entry === null ? null : { ...entry, ...changeOf(entry) };
      return changed;
    });
    tellOthers();
    if (changed === null) return await refresh();
    const { entries, state } = shelfStore.getState();
    if (state === "ready") show(entries.map((entry) => (entry.id === id ? changed! : entry)));
  } catch (error) {
    if (shelfStore.getState().state !== "unavailable")
      shelfStore.setState({ problem: `The change is not kept: ${unwritten(error)}.` });
  }
}

/**
 * The weights of a kept run, as they were trained.
 * @throws Error in one sentence where they are missing or damaged
 */
export async function weightsOf(id: string): Promise<Float32Array[]> {
  const stored = await (await connect()).weights(id);
  const whole =
    Array.isArray(stored) && stored.length > 0 && stored.every((array) => array instanceof Float32Array);
  if (!whole) throw new Error("The weights of this run are missing or damaged: train it again to have them.");
  return stored;
}
