import { beforeAll, expect, test } from "vitest";
import { mnist } from "../spec/datasets/mnist";
import { createLoader, type LoaderOptions } from "./loader";
import { QuickFirst } from "./quick-first";
import { DataError, type DataProgress } from "./source";
import { mnistFromDisk } from "./testing";
import {
  createCaches,
  createServer,
  equal,
  origin,
  packMnist,
  type RealData,
  settled,
} from "./testing/server";

const disk = mnistFromDisk();
let data: RealData;
beforeAll(async () => {
  data = await packMnist();
}, 60_000);

const shards = Array.from({ length: 20 }, (_, shard) => ({ split: "train", shard }) as const);

/** A loader that saves data, of a server of its own. */
function visit(options: LoaderOptions = {}) {
  const server = createServer(data);
  let asked = 0;
  const quick = new QuickFirst((asks) => {
    if (asks) asked += 1;
  });
  quick.begin();
  const loader = createLoader(mnist, { fetch: server.fetch, caches: null, origin, quick, ...options });
  const bytesOfShards = () =>
    server.urls().reduce((sum, name) => sum + (data.stored.get(`${origin}/files/${name}`)?.length ?? 0), 0);
  return { server, quick, loader, asked: () => asked, bytesOfShards };
}

async function idle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await settled();
}

test("a megabyte comes at once, then it is asked, once, and nothing more comes", async () => {
  const { loader, asked, bytesOfShards } = visit();
  await loader.images("train", 0);
  loader.prefetch(shards);
  await expect.poll(asked).toBe(1);
  await idle();
  expect(bytesOfShards()).toBeGreaterThan(600_000);
  expect(bytesOfShards()).toBeLessThanOrEqual(1_000_000);
  expect(asked()).toBe(1);
});

test("what was waited for comes once it is allowed, and nothing is asked again", async () => {
  const { server, loader, quick, asked } = visit();
  await loader.images("train", 0);
  loader.prefetch(shards);
  const late = loader.images("train", 19);
  await expect.poll(asked).toBe(1);
  quick.allow();
  expect(equal(await late, await disk.images("train", 19))).toBe(true);
  const requested = () => new Set(server.urls().filter((name) => /^train-\d+$/.test(name))).size;
  await expect.poll(requested, { timeout: 10_000 }).toBe(20);
  quick.begin();
  const all = shards.map(({ shard }) => loader.images("train", shard));
  expect(await Promise.all(all)).toHaveLength(20);
  expect(asked()).toBe(1);
});

test("how much there is to come is known while it is asked", async () => {
  let last: DataProgress | null = null;
  const { loader, asked } = visit({
    onProgress: (progress) => {
      last = progress;
    },
  });
  await loader.images("train", 0);
  loader.prefetch(shards);
  await expect.poll(asked).toBe(1);
  await idle();
  const total = shards.reduce((sum, { shard }) => sum + data.manifest.train.shards[shard]!.sizeBytes, 0);
  expect(last!.totalBytes).toBe(total);
  expect(last!.loadedBytes).toBeLessThan(1_000_000);
});

test("what this browser has already is never asked about", async () => {
  const caches = createCaches();
  const before = visit({ caches });
  before.quick.allow();
  await Promise.all(shards.map(({ shard }) => before.loader.images("train", shard)));
  await idle();
  const after = visit({ caches });
  await Promise.all(shards.map(({ shard }) => after.loader.images("train", shard)));
  expect(after.asked()).toBe(0);
});

test("who does not save data is not asked", async () => {
  const quick = new QuickFirst(() => expect.unreachable());
  const loader = createLoader(mnist, { fetch: createServer(data).fetch, caches: null, origin, quick });
  await Promise.all(shards.map(({ shard }) => loader.images("train", shard)));
});

test("a loader that is ended lets nobody wait for an answer", async () => {
  const { loader, asked } = visit();
  await loader.images("train", 0);
  loader.prefetch(shards);
  await expect.poll(asked).toBe(1);
  const late = loader.images("train", 19);
  loader.dispose();
  await expect(late).rejects.toThrow(DataError);
});
