import { beforeAll, describe, expect, test } from "vitest";
import { createLoader } from "../datasets/loader";
import { filesOf } from "../datasets/manifest";
import {
  createCaches,
  createServer,
  manifestUrl,
  origin,
  packMnist,
  type RealData,
  urlOf,
} from "../datasets/testing/server";
import { mnist } from "../spec/datasets/mnist";
import { type Kept, keepDataset, keptOf } from "./keep-data";

let data: RealData;
beforeAll(async () => {
  data = await packMnist();
});

/** Fetches MNIST ahead from a server that is real but for what a test changes. */
function keep(
  server: ReturnType<typeof createServer>,
  caches: CacheStorage,
  { quiet = async () => {}, signal = new AbortController().signal, onProgress = (_: Kept) => {} } = {},
): Promise<Kept> {
  const fetch = (url: string, init: RequestInit = {}) => server.fetch(url, init);
  return keepDataset(mnist, { caches, fetch, origin, quiet, signal, onProgress });
}

const offline = async () => {
  throw new TypeError("Failed to fetch");
};

describe("a data set that is fetched ahead", () => {
  test("is where the loader finds it: every image can be read without a network", async () => {
    const caches = createCaches();
    const kept = await keep(createServer(data), caches);
    const files = filesOf(data.manifest);
    expect(kept.done).toBe(files.length);
    expect(kept.sizeBytes).toBe(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
    // The list itself is answered by the service worker, from the cache that it was put in.
    const list = await (await caches.open("descent-lists")).match(manifestUrl);
    const loader = createLoader(mnist, {
      caches,
      origin,
      fetch: async (url) => (url === manifestUrl ? list!.clone() : offline()),
      delay: async () => {},
    });
    expect((await loader.labels("test")).length).toBe(10_000);
    expect((await loader.images("train", 59)).length).toBe(784_000);
    expect((await loader.images("test", 9)).length).toBe(784_000);
  });

  test("is fetched once: what is here stays, and only what is missing comes", async () => {
    const caches = createCaches();
    await keep(createServer(data), caches);
    const server = createServer(data);
    await (await caches.open("descent-mnist-1")).delete(urlOf("train-7"));
    const kept = await keep(server, caches);
    expect(server.urls()).toEqual(["train-7"]);
    expect(kept.done).toBe(kept.total);
  });

  test("comes one file after the other, and none while something else needs the line", async () => {
    const server = createServer(data);
    let asked = 0;
    let letGo = () => {};
    const quiet = () => {
      asked += 1;
      return asked < 5 ? Promise.resolve() : new Promise<void>((resolve) => (letGo = resolve));
    };
    const stop = new AbortController();
    const keeping = keep(server, createCaches(), { quiet, signal: stop.signal });
    await expect.poll(() => asked).toBe(5);
    expect(server.requests).toHaveLength(1 + 3);
    stop.abort();
    letGo();
    expect((await keeping).done).toBe(3);
    expect(server.requests).toHaveLength(1 + 3);
  });

  test("leaves out what came cut short, and says that it is not whole", async () => {
    const server = createServer(data);
    const bytes = data.stored.get(urlOf("train-3"))!;
    server.always(urlOf("train-3"), () => new Response(bytes.subarray(0, 1000)));
    const caches = createCaches();
    const kept = await keep(server, caches);
    expect(kept.total - kept.done).toBe(1);
    expect(await keptOf(mnist, { caches, origin, fetch: offline })).toEqual(kept);
  });

  test("ends where a file cannot be had; what came before it stays", async () => {
    const server = createServer(data);
    server.always(urlOf("train-2"), () => new Response("", { status: 503 }));
    const caches = createCaches();
    await expect(keep(server, caches)).rejects.toThrow("A file of MNIST digits did not come.");
    expect((await keptOf(mnist, { caches, origin, fetch: offline }))?.done).toBe(3);
  });

  test("tells how far it is, in files and bytes", async () => {
    const told: Kept[] = [];
    await keep(createServer(data), createCaches(), { onProgress: (kept) => told.push(kept) });
    expect(told[0]).toMatchObject({ done: 0, sizeBytes: 0 });
    expect(told.at(-1)!.sizeBytes).toBe(told[0]!.totalBytes);
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
  });

  test("is not there before anybody fetched it", async () => {
    expect(await keptOf(mnist, { caches: createCaches(), origin, fetch: offline })).toBeNull();
  });
});
