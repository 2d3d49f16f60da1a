// What pages and the service worker say to each other. Both sides parse what they hear: any script of the origin can post.
import * as z from "zod/mini";
import { object, parse } from "../spec/parse";

/** The one address of the service worker: another one would be another worker beside it. */
export const SERVICE_WORKER = "/sw.js";

/** The cache with the lists of the data sets' shards, as /api/datasets answers; the shards have caches of their own. */
export const LISTS_CACHE = "descent-lists";

/** The cache with the app's own files. */
export const APP_CACHE = "descent-app";

/** What a page says to a service worker. */
export type PageMessage =
  /** Something of the page needs the network for itself, or does not any more. */
  | { type: "hold"; held: boolean }
  /** A page is there: the worker may tidy up, and tells what it keeps. */
  | { type: "hello" }
  /** Somebody wants the new version now. In serwist's own words, which listens to it. */
  | { type: "SKIP_WAITING" };

/** What the service worker says to every page while it fetches, and in answer to a hello. */
export interface WorkerMessage {
  type: "kept";
  /** Files of the app that are here. */
  done: number;
  total: number;
  /** Of all its files, unpacked as they are kept. */
  sizeBytes: number;
}

const count = z.int().check(z.minimum(0));
const pageSchema = z.union([
  object({ type: z.literal("hold"), held: z.boolean() }),
  object({ type: z.literal("hello") }),
  object({ type: z.literal("SKIP_WAITING") }),
]);
const workerSchema = object({
  type: z.literal("kept"),
  done: count,
  total: count,
  sizeBytes: count,
});

function orNull<T>(schema: z.ZodMiniType<T>, data: unknown): T | null {
  try {
    return parse(schema, data, "message");
  } catch {
    return null;
  }
}

/** Null for anything else. */
export const parsePageMessage = (data: unknown): PageMessage | null => orNull(pageSchema, data);

/** Null for anything else. */
export const parseWorkerMessage = (data: unknown): WorkerMessage | null => orNull(workerSchema, data);
