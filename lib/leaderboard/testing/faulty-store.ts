// For tests only: a store that fails, or tells what was true a minute ago.
import { type ObjectStore, StoreError } from "../../blob/store";

const calls = ["put", "head", "read", "list", "delete"] as const;

/** What a test may set at any time. */
export interface Faults {
  /** Every call fails. */
  down: boolean;
  /** Listings are as they were when this was set; null for as they are. */
  staleSince: number | null;
  /** The calls, counted from 1 on, that fail once they are done, so that nobody knows whether they were. */
  lost(call: number): boolean;
}

/** @param store what works well */
export function createFaultyStore(store: ObjectStore) {
  const faults: Faults = { down: false, staleSince: null, lost: () => false };
  const counts: Record<(typeof calls)[number], number> = { put: 0, head: 0, read: 0, list: 0, delete: 0 };
  /** When each object was put, in the order of puts. */
  const putAt = new Map<string, number>();
  let clock = 0;
  let called = 0;
  const faulty = { ...store };
  for (const call of calls)
    faulty[call] = (async (...args: unknown[]) => {
      if (faults.down) throw new StoreError("The object store could not be reached: it is down.");
      counts[call] += 1;
      const result = await (store[call] as (...all: unknown[]) => Promise<unknown>)(...args);
      if (call === "put" && result === true) putAt.set(args[0] as string, ++clock);
      if (faults.lost(++called))
        throw new StoreError("The object store could not be reached: the connection broke.");
      const since = faults.staleSince;
      if (call !== "list" || since === null) return result;
      const page = result as Awaited<ReturnType<ObjectStore["list"]>>;
      return { ...page, objects: page.objects.filter(({ name }) => (putAt.get(name) ?? 0) <= since) };
    }) as never;
  return {
    store: faulty as ObjectStore,
    faults,
    counts,
    /** Calls so far. */
    called: () => called,
    /** Now, as `staleSince` counts it. */
    now: () => clock,
    reset() {
      for (const call of calls) counts[call] = 0;
    },
  };
}
