// For tests only: a server of real MNIST shards and a Cache Storage, both in memory and both able to misbehave.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { mnist } from "../../spec/datasets/mnist";
import type { Split } from "../../spec/samples";
import { type Manifest, manifestPath, PREVIEW_IMAGES, type StoredFile, shardCounts } from "../manifest";
import { mnistFromDisk } from "../testing";

export const origin = "http://playground.test";
export const manifestUrl = origin + manifestPath(mnist);
export const urlOf = (name: string) => `${origin}/files/${name}`;
export const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
export const flipped = (bytes: Uint8Array<ArrayBuffer>, at: number) =>
  bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
/** Resolves when everything that was ready to go on has gone on. */
export const settled = () => new Promise((done) => setTimeout(done, 0));

export interface RealData {
  manifest: Manifest;
  /** Compressed files by URL, with the labels as `train-labels` and the shards as `train-0` and so on. */
  stored: Map<string, Uint8Array<ArrayBuffer>>;
}

/** All of MNIST, compressed as fast as possible. */
export async function packMnist(): Promise<RealData> {
  const disk = mnistFromDisk();
  const stored: RealData["stored"] = new Map();
  const pack = (name: string, raw: Uint8Array): StoredFile => {
    const compressed = new Uint8Array(gzipSync(raw, { level: 1 }));
    stored.set(urlOf(name), compressed);
    const sha256 = createHash("sha256").update(raw).digest("hex");
    return { name, url: `/files/${name}`, sizeBytes: compressed.length, sha256 };
  };
  const packSplit = async (split: Split) => {
    const labels = await disk.labels(split);
    const shards = shardCounts(mnist, split).map(async (count, shard) => ({
      ...pack(`${split}-${shard}`, await disk.images(split, shard)),
      count,
    }));
    return {
      count: labels.length,
      labels: pack(`${split}-labels`, labels),
      shards: await Promise.all(shards),
    };
  };
  const { id, revision, scale, source, licence, shardSize } = mnist;
  const images = await disk.images("test", 0);
  const preview = Buffer.from(images.subarray(0, PREVIEW_IMAGES * 784)).toString("base64");
  const [train, test] = [await packSplit("train"), await packSplit("test")];
  const [shape, classNames] = [[...mnist.shape], [...mnist.classNames]];
  const about = { id, revision, shape, scale, classNames, source, licence, shardSize };
  return { manifest: { ...about, preview, train, test }, stored };
}

export type Answer = (init: RequestInit) => Response | Promise<Response>;

/** A server of the data, whose answers can be replaced. */
export function createServer({ manifest, stored }: RealData) {
  const requests: { url: string; cache?: RequestCache }[] = [];
  const replaced = new Map<string, Answer[]>();
  const always = new Map<string, Answer>();
  return {
    requests,
    /** What was requested, files by their name alone. */
    urls: () => requests.map(({ url }) => url.replace(urlOf(""), "")),
    /** Answers the next requests for this URL, one each; the real thing comes after them. */
    next: (url: string, ...answers: Answer[]) => replaced.set(url, answers),
    always: (url: string, answer: Answer) => always.set(url, answer),
    async fetch(url: string, init: RequestInit): Promise<Response> {
      requests.push({ url, cache: init.cache });
      const answer = replaced.get(url)?.shift() ?? always.get(url);
      if (answer) return answer(init);
      if (url === manifestUrl) return Response.json(manifest);
      const bytes = stored.get(url);
      return bytes ? new Response(bytes) : new Response("nothing", { status: 404 });
    },
  };
}

/** Cache Storage as the standard says, in memory. */
export function createCaches(): CacheStorage & { entries: Map<string, Map<string, Response>> } {
  const entries = new Map<string, Map<string, Response>>();
  const cacheOf = (name: string) => {
    const cache = entries.get(name) ?? new Map<string, Response>();
    entries.set(name, cache);
    return {
      match: async (url: string) => cache.get(url)?.clone(),
      put: async (url: string, response: Response) => void cache.set(url, response),
      delete: async (url: string) => cache.delete(url),
      keys: async () => [...cache.keys()].map((url) => ({ url })),
    };
  };
  const storage = {
    entries,
    open: async (name: string) => cacheOf(name),
    keys: async () => [...entries.keys()],
    delete: async (name: string) => entries.delete(name),
  };
  return storage as unknown as ReturnType<typeof createCaches>;
}
