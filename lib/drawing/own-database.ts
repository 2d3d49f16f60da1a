// Where a person's own digits lie in this browser: strokes and a label each, in a database of their own. What comes out is
// unknown until it is parsed; idb is downloaded with the first use.
import type { DBSchema, IDBPDatabase } from "idb";
import * as z from "zod/mini";
import { object, parse } from "../spec/parse";
import { strokesSchema } from "./sheet";

const DATABASE = "descent-drawings";

interface Schema extends DBSchema {
  digits: { key: string; value: unknown };
}

const schema = object({
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  label: z.string().check(z.minLength(1), z.maxLength(20)),
  addedAt: z.number().check(z.minimum(0)),
  strokes: strokesSchema,
});

/** A digit that somebody drew, with what they say that it is. */
export interface OwnDigit {
  id: string;
  /** A class name of a data set. */
  label: string;
  /** Milliseconds since 1970. */
  addedAt: number;
  strokes: readonly (readonly number[])[];
}

/** @throws ParseError for what is no such digit */
export const parseDigit = (input: unknown): OwnDigit => parse(schema, input, "digit");

/** Null for what is damaged or none of ours. */
function readDigit(stored: unknown): OwnDigit | null {
  try {
    return parseDigit(stored);
  } catch {
    return null;
  }
}

async function withDatabase<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const { openDB } = await import("idb");
  const database = await openDB<Schema>(DATABASE, 1, {
    upgrade: (fresh) => void fresh.createObjectStore("digits", { keyPath: "id" }),
  });
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** The digits in the order in which they were added. @throws whatever the browser has against it */
export const readDigits = (): Promise<OwnDigit[]> =>
  withDatabase(async (database) => {
    const stored = await database.getAll("digits");
    return stored
      .map(readDigit)
      .filter((digit) => digit !== null)
      .sort((a, b) => a.addedAt - b.addedAt);
  });

/** @throws as `readDigits`, e.g. QuotaExceededError */
export const writeDigit = (digit: OwnDigit): Promise<unknown> =>
  withDatabase((database) => database.put("digits", digit));

/** @throws as `readDigits` */
export const deleteDigit = (id: string): Promise<void> =>
  withDatabase((database) => database.delete("digits", id));
