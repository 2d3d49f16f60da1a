import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { mnist } from "../spec/datasets/mnist";
import { createLoader, type LoaderOptions } from "./loader";
import { mnistFromDisk } from "./testing";
import {
  createCaches,
  createServer,
  equal,
  flipped,
  manifestUrl,
  origin,
  packMnist,
  type RealData,
  settled,
  urlOf,
} from "./testing/server";

const disk = mnistFromDisk();
let data: RealData;
let server: ReturnType<typeof createServer>;

beforeAll(async () => {
  data = await packMnist();
}, 60_000);
beforeEach(() => {
  server = createServer(data);
});

const load = (options: LoaderOptions = {}) =>
  createLoader(mnist, {
    fetch: server.fetch,
    caches: null,
    origin,
    random: () => 0.5,
    delay: async () => {},
    ...options,
  });

describe("order", () => {
  /** Answers shards only when told to, and remembers how many were open at once. */
  function hold(shards: readonly number[]) {
    const open = new Map<number, () => void>();
    for (const shard of shards)
      server.always(urlOf(`train-${shard}`), async () => {
        await new Promise<void>((release) => open.set(shard, release));
        return new Response(data.stored.get(urlOf(`train-${shard}`))!);
      });
    const release = (shard: number) => {
      open.get(shard)!();
      open.delete(shard);
    };
    return { open: () => [...open.keys()], release };
  }

  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const trainShards = (shards: readonly number[]) =>
    shards.map((shard) => ({ split: "train", shard }) as const);

  test("the first shard comes alone; then four at a time, in the order given", async () => {
    const line = hold(range(0, 20));
    const loader = load();
    loader.prefetch(trainShards([...range(12, 20), ...range(0, 12)]));
    await vi.waitFor(() => expect(line.open()).toEqual([12]));
    await settled();
    expect(line.open()).toEqual([12]);
    line.release(12);
    await vi.waitFor(() => expect(line.open()).toEqual([13, 14, 15, 16]));
    line.release(14);
    await vi.waitFor(() => expect(line.open()).toEqual([13, 15, 16, 17]));
    for (const shard of [13, 15, 16, 17]) line.release(shard);
    await vi.waitFor(() => expect(line.open()).toEqual([18, 19, 0, 1]));
    expect(equal(await loader.images("train", 14), await disk.images("train", 14))).toBe(true);
    loader.dispose();
  });

  test("who waits for a shard goes ahead of what is only expected", async () => {
    const line = hold(range(0, 12));
    const loader = load();
    loader.prefetch(trainShards(range(0, 10)));
    await vi.waitFor(() => expect(line.open()).toEqual([0]));
    // Does not wait for the first one either.
    const eleven = loader.images("train", 11);
    await vi.waitFor(() => expect(line.open()).toEqual([0, 11]));
    line.release(0);
    await vi.waitFor(() => expect(line.open()).toEqual([11, 1, 2, 3]));
    const waiting = [loader.images("train", 8), loader.images("train", 9)];
    line.release(11);
    line.release(2);
    await vi.waitFor(() => expect(line.open()).toEqual([1, 3, 8, 9]));
    line.release(8);
    line.release(9);
    expect((await Promise.all([eleven, ...waiting])).map((bytes) => bytes.length)).toEqual([
      784_000, 784_000, 784_000,
    ]);
    loader.dispose();
  });
});

describe("Cache Storage", () => {
  test("serves the second visit without the network", async () => {
    const caches = createCaches();
    const first = load({ caches });
    await first.labels("train");
    await first.images("train", 12);
    await settled();
    server.requests.length = 0;
    const second = load({ caches });
    expect(equal(await second.labels("train"), await disk.labels("train"))).toBe(true);
    expect(equal(await second.images("train", 12), await disk.images("train", 12))).toBe(true);
    expect(server.urls()).toEqual([manifestUrl]);
  });

  test("that went bad is emptied of it and filled anew", async () => {
    const caches = createCaches();
    const url = urlOf("train-12");
    const cache = await caches.open("descent-mnist-1");
    await cache.put(url, new Response(flipped(data.stored.get(url)!, 9000)));
    const loader = load({ caches });
    expect(equal(await loader.images("train", 12), await disk.images("train", 12))).toBe(true);
    expect(loader.refused).toBe(1);
    expect(server.requests.filter((request) => request.url === url)).toEqual([{ url, cache: "reload" }]);
    await settled();
    const kept = await (await cache.match(url))!.arrayBuffer();
    expect(equal(new Uint8Array(kept), data.stored.get(url)!)).toBe(true);
  });

  test("of former revisions is deleted, that of others is left", async () => {
    const caches = createCaches();
    for (const name of ["descent-mnist-0", "descent-digits-1", "someone-else"]) await caches.open(name);
    await load({ caches }).images("train", 0);
    expect([...caches.entries.keys()].sort()).toEqual([
      "descent-digits-1",
      "descent-mnist-1",
      "someone-else",
    ]);
  });

  test("that throws, or is full, changes nothing", async () => {
    const refuse = () => Promise.reject(new DOMException("Not allowed", "SecurityError"));
    const broken = { open: refuse, keys: refuse, delete: refuse } as unknown as CacheStorage;
    expect((await load({ caches: broken }).images("train", 0)).length).toBe(784_000);
    const full = createCaches();
    const cache = await full.open("descent-mnist-1");
    full.open = async () => ({ ...cache, put: refuse });
    expect((await load({ caches: full }).images("train", 0)).length).toBe(784_000);
  });
});

describe("progress", () => {
  const track = () => {
    const seen: { loadedBytes: number; totalBytes: number }[] = [];
    return { seen, onProgress: (progress: (typeof seen)[number]) => void seen.push(progress) };
  };

  test("counts the compressed bytes of everything that was asked for, from nothing to all", async () => {
    const { seen, onProgress } = track();
    const loader = load({ onProgress });
    await loader.labels("train");
    loader.prefetch([1, 2].map((shard) => ({ split: "train", shard })));
    await Promise.all([loader.images("train", 1), loader.images("train", 2)]);
    const total = [
      data.manifest.train.labels,
      data.manifest.train.shards[1]!,
      data.manifest.train.shards[2]!,
    ].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    expect(seen[0]).toEqual({ loadedBytes: 0, totalBytes: data.manifest.train.labels.sizeBytes });
    expect(seen.at(-1)).toEqual({ loadedBytes: total, totalBytes: total });
    const loaded = seen.map(({ loadedBytes }) => loadedBytes);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect(new Set(loaded).size).toBeGreaterThan(3);
  });

  test("starts a file over when its transfer does, and never counts it twice", async () => {
    const url = urlOf("test-0");
    const size = data.manifest.test.shards[0]!.sizeBytes;
    server.next(url, () => new Response(data.stored.get(url)!.slice(0, 50_000)));
    const { seen, onProgress } = track();
    const loader = load({ onProgress });
    await loader.images("test", 0);
    const loaded = seen.map(({ loadedBytes }) => loadedBytes);
    expect(loaded.indexOf(50_000)).toBeGreaterThan(0);
    expect(loaded.slice(loaded.indexOf(50_000))).toContain(0);
    expect(seen.at(-1)).toEqual({ loadedBytes: size, totalBytes: size });
    await loader.images("test", 0);
    expect(seen.at(-1)).toEqual({ loadedBytes: size, totalBytes: size });
    expect(Math.max(...seen.map(({ totalBytes }) => totalBytes))).toBe(size);
  });

  test("counts what comes from the cache as loaded", async () => {
    const caches = createCaches();
    await load({ caches }).images("train", 5);
    await settled();
    const { seen, onProgress } = track();
    await load({ caches, onProgress }).images("train", 5);
    const size = data.manifest.train.shards[5]!.sizeBytes;
    expect(seen).toEqual([
      { loadedBytes: 0, totalBytes: size },
      { loadedBytes: size, totalBytes: size },
    ]);
  });
});
