// The cached top of each list, so that reading a board is reading one object. Never the truth: it is made of the names in
// the store, again with every change, and each version is an object of its own. Putting version n + 1 where the name is
// free is the compare-and-swap.
import type { OpenStore } from "../blob/environment";
import { forever, type ObjectStore } from "../blob/store";
import { ParseError } from "../spec/parse";
import { readHidden } from "./moderation";
import { idIn, names, type RankedProof, versionIn } from "./names";
import { parseEntry, parseTopList, type RankedEntry, TOP_SIZE, type TopList } from "./records";

export interface Change {
  /** An entry that was just put, which a listing may not tell of for a minute. */
  added?: RankedEntry;
  /** The id of one that was just taken away. */
  removed?: string;
}

export interface Lists {
  /** Makes the next version. Calls that come meanwhile are dealt with together. */
  update(listing: string, change?: Change): Promise<TopList>;
  /** The latest version; null where there is no entry yet. Never an older one than was seen here before. */
  read(listing: string): Promise<TopList | null>;
}

interface ListsParts {
  open(): OpenStore;
  secret(): string;
  now?(): number;
}

const TRIES = 6;
/** Versions that are kept, for readers that have just found their names. */
const KEPT_VERSIONS = 5;
/** Entries that are read at once. */
const READS_AT_ONCE = 16;

const options = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };

const submittedTime = ({ submittedAt }: { submittedAt: string }): number => Date.parse(submittedAt);

/** The order of a list: by the board's key, then who was first. */
export const byRank = (a: RankedEntry, b: RankedEntry): number =>
  compare(a.sortKey, b.sortKey) || submittedTime(a) - submittedTime(b) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const entryName = (listing: string, proof: RankedProof, entry: RankedEntry): string =>
  names.entry(listing, proof, entry.sortKey, submittedTime(entry), entry.id);

async function readEntry(store: ObjectStore, name: string): Promise<RankedEntry | null> {
  const bytes = await store.read(name);
  try {
    return bytes && parseEntry(bytes);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    console.error(`The stored entry ${name} is damaged: ${error.message}`);
    return null;
  }
}

/** A few at a time. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += READS_AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + READS_AT_ONCE).map(work))));
  return results;
}

export function createLists({ open, secret, now = Date.now }: ListsParts): Lists {
  const seen = new Map<string, TopList>();
  const waiting = new Map<string, { changes: Change[]; done: Promise<TopList> }>();
  const running = new Map<string, Promise<unknown>>();

  async function readVersion(listing: string, version: number): Promise<TopList | null> {
    const bytes = await open().store.read(names.list(listing, version));
    if (bytes === null) return null;
    try {
      return parseTopList(bytes);
    } catch (error) {
      // What is damaged is passed over, and made anew from the names.
      if (!(error instanceof ParseError)) throw error;
      console.error(`Version ${version} of the list ${listing} is damaged: ${error.message}`);
      return { version, updatedAt: new Date(now()).toISOString(), replayed: [], evaluated: [] };
    }
  }

  function remember(listing: string, top: TopList): TopList {
    const known = seen.get(listing);
    if (known !== undefined && known.version >= top.version) return known;
    seen.set(listing, top);
    return top;
  }

  async function latest(listing: string): Promise<TopList | null> {
    const { objects } = await open().store.list(names.lists(listing), { limit: 1 });
    const known = seen.get(listing) ?? null;
    if (objects.length === 0) return known;
    const version = versionIn(objects[0]!.name);
    if (known !== null && known.version >= version) return known;
    const top = await readVersion(listing, version);
    return top === null ? known : remember(listing, top);
  }

  /** The entries of one order, as the names, the former version and what was just added tell. */
  async function gather(
    listing: string,
    proof: RankedProof,
    former: readonly RankedEntry[],
    added: readonly RankedEntry[],
    gone: ReadonlySet<string>,
  ): Promise<RankedEntry[]> {
    const { store } = open();
    const { objects } = await store.list(names.ranked(listing, proof), { limit: TOP_SIZE });
    const listed = new Map(objects.map(({ name }) => [idIn(name), name]));
    const known = new Map([...former, ...added].map((entry) => [entry.id, entry]));
    const unknown = [...listed].filter(([id]) => !known.has(id) && !gone.has(id));
    const read = await inTurns(unknown, ([, name]) => readEntry(store, name));
    // A listing may be a minute old: what it does not name is asked for by name before it is dropped.
    const unlisted = former.filter(
      ({ id }) => !listed.has(id) && !gone.has(id) && !added.some((a) => a.id === id),
    );
    const last = objects.length === TOP_SIZE ? objects.at(-1)!.name : null;
    const missing = unlisted.filter((entry) => last === null || entryName(listing, proof, entry) <= last);
    const there = await inTurns(missing, (entry) => store.head(entryName(listing, proof, entry)));
    for (const [i, entry] of missing.entries()) if (there[i] === null) known.delete(entry.id);
    const all = [...known.values(), ...read.filter((entry) => entry !== null)];
    return all
      .filter(({ id }) => !gone.has(id))
      .sort(byRank)
      .slice(0, TOP_SIZE);
  }

  async function rebuild(listing: string, changes: readonly Change[]): Promise<TopList> {
    const { store } = open();
    const hidden = await readHidden(store, secret());
    for (const { removed } of changes) if (removed !== undefined) hidden.add(removed);
    const added = changes.flatMap((change) => change.added ?? []);
    let former = await latest(listing);
    for (let tries = 0; tries < TRIES; tries++) {
      const replayed = await gather(
        listing,
        "replayed",
        former?.replayed ?? [],
        added.filter(({ proof }) => proof === "replayed"),
        hidden,
      );
      const gone = new Set([...hidden, ...replayed.map(({ id }) => id)]);
      const evaluated = await gather(
        listing,
        "evaluated",
        former?.evaluated ?? [],
        added.filter(({ proof }) => proof !== "replayed"),
        gone,
      );
      const version = (former?.version ?? 0) + 1;
      const top = { version, updatedAt: new Date(now()).toISOString(), replayed, evaluated };
      if (await store.put(names.list(listing, version), JSON.stringify(top), options)) {
        // Deleting costs nothing, and what is left over costs next to nothing.
        const old = version - KEPT_VERSIONS;
        if (old > 0) await store.delete([names.list(listing, old)]).catch(() => {});
        return remember(listing, top);
      }
      // Somebody was faster. By name, as a listing may not tell of it yet.
      const taken = await readVersion(listing, version);
      if (taken !== null) former = remember(listing, taken);
    }
    throw new Error(`The list ${listing} changed ${TRIES} times while it was made anew.`);
  }

  function update(listing: string, change: Change = {}): Promise<TopList> {
    const next = waiting.get(listing);
    if (next !== undefined) {
      next.changes.push(change);
      return next.done;
    }
    const changes = [change];
    const done = (running.get(listing) ?? Promise.resolve()).then(() => {
      waiting.delete(listing);
      return rebuild(listing, changes);
    });
    waiting.set(listing, { changes, done });
    running.set(
      listing,
      done.catch(() => {}),
    );
    return done;
  }

  return {
    update,
    async read(listing) {
      const top = await latest(listing);
      if (top !== null) return top;
      const named = await Promise.all(
        (["replayed", "evaluated"] as const).map((proof) =>
          open().store.list(names.ranked(listing, proof), { limit: 1 }),
        ),
      );
      return named.some(({ objects }) => objects.length > 0) ? update(listing) : null;
    },
  };
}
