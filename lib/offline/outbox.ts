// Submissions that wait for a network, with the weights they are about: in IndexedDB, in a database of its own, so that
// they outlast the page. What comes out is unknown until it is parsed.
import type { DBSchema, IDBPDatabase } from "idb";
import * as z from "zod/mini";
import { type BoardId, boardIdSchema } from "../leaderboard/find-board";
import { parseRunRecord, type RunRecord } from "../metrics/run-record";
import { object, parse } from "../spec/parse";
import { readStored, writeStored } from "../store/storage";

export interface Waiting {
  /** The same run to the same board is the same submission. */
  id: string;
  board: BoardId;
  /** As chosen; null for the generated one. */
  name: string | null;
  record: RunRecord;
  weights: readonly Float32Array[];
  /** Milliseconds since 1970. */
  addedAt: number;
  /** Why the server did not take it, in one sentence; null while it is still to be sent. */
  problem: string | null;
}

const DATABASE = "descent-outbox";
/** Says without opening the database that there is something in it: most pages need not look. */
const KEY = "descent.outbox";

interface Schema extends DBSchema {
  waiting: { key: string; value: unknown };
}

const schema = object({
  id: z.string().check(z.maxLength(200)),
  board: boardIdSchema,
  name: z.nullable(z.string().check(z.maxLength(200))),
  record: z.unknown(),
  weights: z.array(z.instanceof(Float32Array)).check(z.minLength(1)),
  addedAt: z.number(),
  problem: z.nullable(z.string()),
});

/** Null for what cannot be sent any more. */
function readWaiting(stored: unknown): Waiting | null {
  try {
    const waiting = parse(schema, stored, "submission");
    return { ...waiting, record: parseRunRecord(waiting.record) };
  } catch {
    return null;
  }
}

async function withDatabase<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const { openDB } = await import("idb");
  const database = await openDB<Schema>(DATABASE, 1, {
    upgrade: (fresh) => void fresh.createObjectStore("waiting"),
  });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** True where something may be waiting. */
export const mayWait = (): boolean => readStored(KEY, z.boolean(), false);

/** Keeps a submission until it can be sent; one that waits already is replaced. @throws where nothing can be kept */
export async function putAside(waiting: Waiting): Promise<void> {
  await withDatabase((database) => database.put("waiting", waiting, waiting.id));
  writeStored(KEY, true);
}

/** What waits, in the order in which it came; what cannot be read is deleted. @throws where nothing can be read */
export const listWaiting = (): Promise<Waiting[]> =>
  withDatabase(async (database) => {
    const found: Waiting[] = [];
    for (const key of await database.getAllKeys("waiting")) {
      const waiting = readWaiting(await database.get("waiting", key));
      if (waiting === null) await database.delete("waiting", key);
      else found.push(waiting);
    }
    if (found.length === 0) writeStored(KEY, false);
    return found.sort((a, b) => a.addedAt - b.addedAt);
  });

/** It was sent, or nobody wants it sent any more. */
export const takeOut = (id: string): Promise<void> =>
  withDatabase(async (database) => {
    await database.delete("waiting", id);
    if ((await database.count("waiting")) === 0) writeStored(KEY, false);
  });
