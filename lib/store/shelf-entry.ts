// A kept run as the shelf lists it: what it is called, when it was kept, and its record. Its weights lie apart. Pure:
// what is read is parsed, in which order it stands, and what has to go when there is no more room.
import * as z from "zod/mini";
import { parseRunRecord, type RunRecord } from "../metrics/run-record";
import { titleOf } from "../spec/describe";
import { object, parse } from "../spec/parse";

export interface ShelfEntry {
  id: string;
  name: string;
  /** Pinned runs stand first and never make room for others. */
  pinned: boolean;
  /** Milliseconds since 1970, as `deletedAt`. */
  keptAt: number;
  /** When it was deleted; null for a run that is there. It is gone for good once that cannot be undone. */
  deletedAt: number | null;
  weightsBytes: number;
  record: RunRecord;
}

export const MAX_ENTRIES = 60;
/** For the weights of all runs together. */
export const MAX_SHELF_BYTES = 200e6;
export const MAX_NAME = 120;

const nameAllowed = `a text of 1 to ${MAX_NAME} characters`;
const nameSchema = z
  .string({ error: nameAllowed })
  .check(z.minLength(1, { error: nameAllowed }), z.maxLength(MAX_NAME, { error: nameAllowed }));
const whenAllowed = "milliseconds since 1970";
const when = z.number({ error: whenAllowed }).check(z.minimum(0, { error: whenAllowed }));

const entrySchema = object({
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  name: nameSchema,
  pinned: z.boolean(),
  keptAt: when,
  deletedAt: z.nullable(when),
  weightsBytes: z.number().check(z.minimum(0)),
  record: z.unknown(),
});

/** An entry as it was stored; null where it is damaged or none of ours. */
export function readEntry(input: unknown): ShelfEntry | null {
  try {
    const { record, ...rest } = parse(entrySchema, input, "entry");
    return { ...rest, record: parseRunRecord(record) };
  } catch {
    return null;
  }
}

/** @throws ParseError for a name that is too long */
export const parseName = (name: string): string => parse(nameSchema, name, "name");

/** Named by its end and its weights: the same run has the same one, however often it is kept. */
export const idOf = ({ environment }: RunRecord): string =>
  `${environment.finishedAt}-${environment.weightsHash.slice(0, 16)}`;

/** What a run is called until somebody names it. */
export const defaultName = ({ experiment }: RunRecord): string => titleOf(experiment).slice(0, MAX_NAME);

/** The name, with a number behind it where others have it: "First run 2". */
export function uniqueName(name: string, others: readonly ShelfEntry[]): string {
  const taken = new Set(others.filter(({ deletedAt }) => deletedAt === null).map((other) => other.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) {
    const numbered = `${name.slice(0, MAX_NAME - 4)} ${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}

/** Pinned runs first, then the newest. */
export const inOrder = (entries: readonly ShelfEntry[]): ShelfEntry[] =>
  entries.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.keptAt - a.keptAt);

/** Runs that may make room, in the order in which they go: deleted ones, then the oldest. */
export const dispensable = (entries: readonly ShelfEntry[]): ShelfEntry[] =>
  entries
    .filter(({ pinned, deletedAt }) => !pinned || deletedAt !== null)
    .toSorted((a, b) => Number(a.deletedAt === null) - Number(b.deletedAt === null) || a.keptAt - b.keptAt);

/**
 * What has to go so that one more run of `weightsBytes` fits within the shelf's limits.
 * @returns null where it does not fit even without all that may go
 */
export function toMakeRoom(entries: readonly ShelfEntry[], weightsBytes: number): ShelfEntry[] | null {
  let count = entries.length + 1;
  let bytes = entries.reduce((sum, entry) => sum + entry.weightsBytes, weightsBytes);
  const candidates = dispensable(entries);
  const gone: ShelfEntry[] = [];
  while (count > MAX_ENTRIES || bytes > MAX_SHELF_BYTES) {
    const next = candidates.shift();
    if (next === undefined) return null;
    gone.push(next);
    count -= 1;
    bytes -= next.weightsBytes;
  }
  return gone;
}
