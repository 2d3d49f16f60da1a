// Fetches a data set ahead, into the caches that the loader reads: one file after the other, and none while something else
// needs the line. What is here already stays; bytes are checked by the loader, which knows how to replace damaged ones.
import { filesOf, type Manifest, manifestPath, parseManifest } from "../datasets/manifest";
import { openShardCache } from "../datasets/shard-cache";
import type { DatasetDefinition } from "../spec/define";
import { LISTS_CACHE } from "./messages";

/** How much of something is here. */
export interface Kept {
  /** Files. */
  done: number;
  total: number;
  /** Bytes of what is here, as stored. */
  sizeBytes: number;
  totalBytes: number;
}

export interface KeepOptions {
  caches: CacheStorage;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** What paths in the manifest are relative to. */
  origin: string;
}

export interface FetchOptions extends KeepOptions {
  /** Resolves when nothing else needs the line. */
  quiet: () => Promise<void>;
  signal: AbortSignal;
  onProgress: (kept: Kept) => void;
}

/** The list of the shards, from the cache where it is there. @throws where it cannot be had */
async function listOf(
  definition: DatasetDefinition,
  { caches, fetch, origin }: KeepOptions,
): Promise<Manifest> {
  const lists = await caches.open(LISTS_CACHE);
  const url = new URL(manifestPath(definition), origin).href;
  const present = await lists.match(url);
  if (present !== undefined) return parseManifest(await present.json(), definition);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The list of ${definition.label} did not come.`);
  const copy = response.clone();
  const manifest = parseManifest(await response.json(), definition);
  await lists.put(url, copy);
  return manifest;
}

/** Every file of a data set under its address. */
function addressed(manifest: Manifest, origin: string): Map<string, number> {
  return new Map(
    filesOf(manifest).map(({ name, url, sizeBytes }) => [new URL(url ?? name, origin).href, sizeBytes]),
  );
}

function tally(files: ReadonlyMap<string, number>, kept: ReadonlySet<string>): Kept {
  const sum = { done: 0, total: files.size, sizeBytes: 0, totalBytes: 0 };
  for (const [url, sizeBytes] of files) {
    sum.totalBytes += sizeBytes;
    if (!kept.has(url)) continue;
    sum.done += 1;
    sum.sizeBytes += sizeBytes;
  }
  return sum;
}

/** For a look at what is here alone. */
export const nothingFetched = (): Promise<Response> => Promise.reject(new Error("Nothing is fetched."));

/** What is here of a data set; null where its list is not, and cannot be fetched. Nothing but the list is. */
export async function keptOf(definition: DatasetDefinition, options: KeepOptions): Promise<Kept | null> {
  try {
    const manifest = await listOf(definition, options);
    const kept = await openShardCache(options.caches, definition).kept();
    return tally(addressed(manifest, options.origin), kept);
  } catch {
    return null;
  }
}

/**
 * Fetches what is missing of a data set.
 * @returns what is here then: all of it, unless it was stopped or the browser has no room
 * @throws whatever the network has against it
 */
export async function keepDataset(definition: DatasetDefinition, options: FetchOptions): Promise<Kept> {
  const { caches, fetch, origin, quiet, signal, onProgress } = options;
  await quiet();
  const files = addressed(await listOf(definition, options), origin);
  const cache = openShardCache(caches, definition);
  const kept = new Set(await cache.kept());
  onProgress(tally(files, kept));
  for (const [url, sizeBytes] of files) {
    if (kept.has(url)) continue;
    await quiet();
    if (signal.aborted) break;
    const response = await fetch(url, { signal, priority: "low" });
    if (!response.ok) throw new Error(`A file of ${definition.label} did not come.`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    // One that ends half-way is left out; whoever needs it asks for it again.
    if (bytes.length !== sizeBytes) continue;
    await cache.put(url, bytes);
    kept.add(url);
    onProgress(tally(files, kept));
  }
  // A full disk drops files without a word.
  const here = tally(files, await cache.kept());
  onProgress(here);
  return here;
}
