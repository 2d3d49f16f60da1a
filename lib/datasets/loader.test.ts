import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { mnist } from "../spec/datasets/mnist";
import { createLoader, type LoaderOptions } from "./loader";
import { splits } from "./manifest";
import { DataError } from "./source";
import { mnistFromDisk } from "./testing";
import {
  type Answer,
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
let delays: number[];

beforeAll(async () => {
  data = await packMnist();
}, 60_000);
beforeEach(() => {
  server = createServer(data);
  delays = [];
});
afterEach(() => void vi.unstubAllGlobals());

const load = (options: LoaderOptions = {}) =>
  createLoader(mnist, {
    fetch: server.fetch,
    caches: null,
    origin,
    random: () => 0.5,
    delay: async (ms) => void delays.push(ms),
    ...options,
  });

describe("what it gives", () => {
  test("is byte for byte what the original files hold", async () => {
    const loader = load();
    for (const split of splits)
      expect(equal(await loader.labels(split), await disk.labels(split))).toBe(true);
    for (const [split, shard] of [
      ["train", 0],
      ["train", 59],
      ["test", 9],
    ] as const)
      expect(equal(await loader.images(split, shard), await disk.images(split, shard))).toBe(true);
    expect(loader.refused).toBe(0);
  });

  test("is checked on pages without crypto.subtle too", async () => {
    vi.stubGlobal("crypto", {});
    const url = urlOf("train-3");
    server.next(url, () => new Response(new Uint8Array(gzipSync(new Uint8Array(784_000)))));
    const loader = load();
    expect(equal(await loader.images("train", 3), await disk.images("train", 3))).toBe(true);
    expect(loader.refused).toBe(1);
  });

  test("labels and the manifest are fetched once, however often they are asked for", async () => {
    const loader = load();
    await Promise.all([loader.labels("test"), loader.labels("test"), loader.images("test", 0)]);
    await loader.labels("test");
    expect(server.urls().sort()).toEqual([manifestUrl, "test-0", "test-labels"]);
  });

  test("two who ask for one shard at the same time share one transfer", async () => {
    const loader = load();
    const [a, b] = await Promise.all([loader.images("train", 1), loader.images("train", 1)]);
    expect(a).toBe(b);
    expect(server.urls().filter((url) => url === "train-1")).toHaveLength(1);
  });

  test("a shard that the data set does not have is refused without a request", async () => {
    await expect(load().images("train", 60)).rejects.toThrow("MNIST digits has no training shard 60.");
    expect(server.requests).toEqual([]);
  });
});

describe("damage", () => {
  const damages: [string, (good: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>][] = [
    ["a flipped byte in the middle", (good) => flipped(good, good.length >> 1)],
    ["a flipped byte in the header", (good) => flipped(good, 1)],
    ["a flipped pixel in intact gzip", (good) => new Uint8Array(gzipSync(flipped(unpacked(good), 400)))],
    ["a missing end", (good) => good.slice(0, good.length - 1000)],
    ["too many bytes", (good) => new Uint8Array(gzipSync(Buffer.concat([unpacked(good), Buffer.alloc(9)])))],
    ["too few bytes", (good) => new Uint8Array(gzipSync(unpacked(good).slice(9)))],
    ["no bytes", () => new Uint8Array()],
  ];
  const unpacked = (compressed: Uint8Array) => new Uint8Array(gunzipSync(compressed));

  test.each(damages)("%s is noticed, and the shard fetched again past the caches", async (_, damage) => {
    const url = urlOf("train-12");
    server.next(url, () => new Response(damage(data.stored.get(url)!)));
    const caches = createCaches();
    const loader = load({ caches });
    expect(equal(await loader.images("train", 12), await disk.images("train", 12))).toBe(true);
    expect(loader.refused).toBe(1);
    expect(server.requests.filter((request) => request.url === url).map(({ cache }) => cache)).toEqual([
      "default",
      "reload",
    ]);
    // Only the good bytes are kept for the next visit.
    await settled();
    const kept = await caches.entries.get("descent-mnist-1")!.get(url)!.arrayBuffer();
    expect(equal(new Uint8Array(kept), data.stored.get(url)!)).toBe(true);
  });

  test("that does not go away is said after four tries, and asking again tries again", async () => {
    const url = urlOf("test-4");
    const damaged: Answer = () => new Response(flipped(data.stored.get(url)!, 5000));
    server.next(url, damaged, damaged, damaged, damaged);
    const loader = load();
    const failed = loader.images("test", 4);
    await expect(failed).rejects.toBeInstanceOf(DataError);
    await expect(failed).rejects.toThrow(
      /^Test shard 4 of MNIST digits could not be loaded in 4 tries: it came damaged: /,
    );
    expect(loader.refused).toBe(4);
    expect(equal(await loader.images("test", 4), await disk.images("test", 4))).toBe(true);
  });
});

describe("failures", () => {
  test("a 404 is said at once, with the shard and the status; asking again tries again", async () => {
    server.next(urlOf("train-7"), () => new Response(null, { status: 404 }));
    const loader = load();
    const failed = loader.images("train", 7);
    await expect(failed).rejects.toBeInstanceOf(DataError);
    await expect(failed).rejects.toThrow(
      "Training shard 7 of MNIST digits could not be loaded: the server answered 404.",
    );
    expect(delays).toEqual([]);
    expect(equal(await loader.images("train", 7), await disk.images("train", 7))).toBe(true);
  });

  test("the network's are tried again after growing pauses with jitter", async () => {
    const broken: Answer = () => Promise.reject(new TypeError("Failed to fetch"));
    server.next(urlOf("train-0"), broken, () => new Response(null, { status: 503 }), broken);
    const values = [0, 0.5, 0.9];
    const loader = load({ random: () => values.shift()! });
    expect((await loader.images("train", 0)).length).toBe(784_000);
    expect(delays).toEqual([250, 1000, 2800]);
  });

  test("four in a row are said, with the last reason", async () => {
    server.always(urlOf("train-0"), () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(load().images("train", 0)).rejects.toThrow(
      "Training shard 0 of MNIST digits could not be loaded in 4 tries: the network failed (Failed to fetch).",
    );
    expect(server.urls().filter((url) => url === "train-0")).toHaveLength(4);
  });

  test("a transfer that stalls is given up and begun again", async () => {
    const stalling: Answer = ({ signal }) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(new Uint8Array(100));
            signal!.addEventListener("abort", () => controller.error(signal!.reason));
          },
        }),
      );
    server.next(urlOf("train-0"), stalling);
    expect((await load({ stallMs: 30 }).images("train", 0)).length).toBe(784_000);
    expect(delays).toHaveLength(1);
  });

  test("of the manifest repeat what the server says, and fail nobody for good", async () => {
    const error = { code: "data_missing", message: "The data has not been built: run npm run data." };
    const missing: Answer = () => Response.json({ error }, { status: 503 });
    server.next(manifestUrl, missing, missing, missing, missing);
    const loader = load();
    loader.prefetch([{ split: "train", shard: 12 }]);
    await expect(loader.labels("train")).rejects.toThrow(
      "The list of the shards of MNIST digits could not be loaded in 4 tries: the server answered 503 (The data has not been built: run npm run data).",
    );
    expect((await loader.labels("train")).length).toBe(60_000);
    expect((await loader.images("train", 12)).length).toBe(784_000);
  });

  test("a manifest of another revision is not used", async () => {
    server.next(manifestUrl, () => Response.json({ ...data.manifest, revision: 2 }));
    const loader = load();
    await expect(loader.images("train", 0)).rejects.toThrow(/reload it. revision is 2; it must be 1./);
    server.next(manifestUrl, () => new Response("<html>"));
    await expect(loader.manifest()).rejects.toThrow(/reload it. It is not JSON./);
  });

  test("of a prefetch are silent until somebody asks, who then gets a new try", async () => {
    server.next(urlOf("train-1"), () => new Response(null, { status: 403 }));
    const loader = load();
    loader.prefetch([0, 1, 2].map((shard) => ({ split: "train", shard })));
    await loader.images("train", 0);
    await loader.images("train", 2);
    expect(equal(await loader.images("train", 1), await disk.images("train", 1))).toBe(true);
    expect(server.urls().filter((url) => url === "train-1")).toHaveLength(2);
  });

  test("after dispose everything that is waited for is rejected, and nothing more is fetched", async () => {
    const never: Answer = ({ signal }) =>
      new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason)));
    for (let shard = 0; shard < 6; shard++) server.always(urlOf(`train-${shard}`), never);
    const loader = load();
    const waiting = [0, 1, 2, 3, 4, 5].map((shard) => loader.images("train", shard));
    await vi.waitFor(() => expect(server.urls()).toContain("train-3"));
    loader.dispose();
    for (const result of await Promise.allSettled(waiting))
      expect(result).toMatchObject({ status: "rejected", reason: expect.any(DataError) });
    const before = server.requests.length;
    loader.prefetch([{ split: "test", shard: 0 }]);
    await expect(loader.images("train", 9)).rejects.toThrow("Loading of MNIST digits was stopped.");
    expect(server.requests.length).toBe(before);
  });
});
