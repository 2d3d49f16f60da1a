// Shards kept in Cache Storage between visits, as compressed as they came. It only ever saves time: without it,
// full or broken, everything works the same.
import type { DatasetDefinition } from "../spec/define";

export interface ShardCache {
  /** Addresses of what is kept. */
  kept(): Promise<ReadonlySet<string>>;
  get(url: string): Promise<Uint8Array<ArrayBuffer> | null>;
  put(url: string, compressed: Uint8Array<ArrayBuffer>): Promise<void>;
  evict(url: string): Promise<void>;
}

/** The browser's, or null where the page may not have one (plain http, some private windows and frames). */
export function browserCaches(): CacheStorage | null {
  try {
    return globalThis.caches ?? null;
  } catch {
    return null;
  }
}

/** One revision's cache; those of its other revisions are deleted when it is first used. */
export function openShardCache(
  storage: CacheStorage | null,
  { id, revision }: DatasetDefinition,
): ShardCache {
  const family = `descent-${id}-`;
  const name = family + revision;
  let opening: Promise<Cache> | undefined;

  async function open(available: CacheStorage): Promise<Cache> {
    for (const other of await available.keys())
      if (other.startsWith(family) && other !== name) await available.delete(other);
    return available.open(name);
  }

  async function tried<T>(use: (cache: Cache) => Promise<T>): Promise<T | null> {
    if (storage === null) return null;
    try {
      opening ??= open(storage);
      return await use(await opening);
    } catch {
      return null;
    }
  }

  return {
    kept: async () => new Set((await tried((cache) => cache.keys()))?.map((request) => request.url)),
    get: (url) =>
      tried(async (cache) => {
        const response = await cache.match(url);
        return response ? new Uint8Array(await response.arrayBuffer()) : null;
      }),
    async put(url, compressed) {
      await tried((cache) => cache.put(url, new Response(compressed)));
    },
    async evict(url) {
      await tried((cache) => cache.delete(url));
    },
  };
}
