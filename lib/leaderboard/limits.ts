// How much may come in: from one player, in all, and while much waits. What is counted is counted by names in the
// store, so that it holds for every process together; what only protects a process is kept in its memory.
import type { ObjectStore } from "../blob/store";
import { ApiError } from "../http";
import { idIn, names, playerTime } from "./names";

export interface SubmissionLimits {
  /** New submissions of one player within an hour. */
  perHour: number;
  /** Submissions that one process takes within a minute. */
  perMinute: number;
  /** Submissions that may wait for being scored or trained again; at most 1000. */
  waiting: number;
}

export const standardLimits: SubmissionLimits = { perHour: 12, perMinute: 300, waiting: 1000 };

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** How long the number of those that wait is remembered. */
const WAITING_KNOWN_MS = 5_000;
const WAITING_RETRY_SECONDS = 60;

const tooMany = (message: string, retryAfterMs: number) =>
  new ApiError(429, "too_many", message, undefined, Math.max(1, Math.ceil(retryAfterMs / 1000)));

/**
 * Counts what one process takes within a minute.
 * @returns is called for each; throws ApiError 429 where there were too many before it
 */
export function createWindow(perMinute: number, now: () => number, what: string): () => void {
  let times: number[] = [];
  return () => {
    const time = now();
    times = times.filter((before) => before > time - MINUTE_MS);
    if (times.length >= perMinute)
      throw tooMany(
        `Too many ${what} arrive at the moment; try again in a minute.`,
        times[0]! + MINUTE_MS - time,
      );
    times.push(time);
  };
}

/** @returns lets submissions in, as long as there are not too many */
export function createLimits(limits: SubmissionLimits, now: () => number) {
  const take = createWindow(limits.perMinute, now, "submissions");
  /** Those on their way that no name tells of yet, by player. */
  const underWay = new Map<string, Set<string>>();
  let waiting: { count: Promise<number>; until: number } | null = null;

  function countWaiting(store: ObjectStore): Promise<number> {
    if (waiting !== null && now() < waiting.until) return waiting.count;
    const listed = store.list(names.queue, { limit: limits.waiting });
    const known = { count: listed.then(({ objects }) => objects.length), until: now() + WAITING_KNOWN_MS };
    waiting = known;
    known.count.catch(() => {
      if (waiting === known) waiting = null;
    });
    return known.count;
  }

  /** @param before the player's other submissions that were under way when this one came */
  async function requireFewOf(store: ObjectStore, player: string, id: string, before: ReadonlySet<string>) {
    const { objects } = await store.list(names.ofPlayer(player), { limit: limits.perHour });
    const since = now() - HOUR_MS;
    const times = new Map([...before].map((other) => [other, now()]));
    for (const { name } of objects) if (playerTime(name) > since) times.set(idIn(name), playerTime(name));
    times.delete(id);
    if (times.size < limits.perHour) return;
    const oldest = Math.min(...times.values());
    throw tooMany(
      `A player can send at most ${limits.perHour} submissions within an hour; try again later.`,
      oldest + HOUR_MS - now(),
    );
  }

  /**
   * Does the work of storing a submission, if there is room for it. Costs a `list` of the player's submissions, and
   * one of those that wait unless that was asked in the last five seconds.
   * @throws ApiError 429; StoreError
   */
  return async function admit<T>(
    store: ObjectStore,
    { player, id }: { player: string; id: string },
    work: () => Promise<T>,
  ): Promise<T> {
    take();
    const own = underWay.get(player) ?? new Set();
    const before = new Set(own);
    const isFirst = !own.has(id);
    underWay.set(player, own.add(id));
    try {
      const [, count] = await Promise.all([requireFewOf(store, player, id, before), countWaiting(store)]);
      if (count >= limits.waiting)
        throw tooMany(
          `${count} submissions wait at the moment; try again in a minute.`,
          WAITING_RETRY_SECONDS * 1000,
        );
      return await work();
    } finally {
      if (isFirst) own.delete(id);
      if (own.size === 0) underWay.delete(player);
    }
  };
}
