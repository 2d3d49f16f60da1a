// Streams a data set's shards into a worker: what is asked for first comes first, and only bytes whose hash is
// right are ever given out.
import type { DatasetDefinition } from "../spec/define";
import { sizeOf } from "../spec/ops";
import { ParseError } from "../spec/parse";
import type { Split } from "../spec/samples";
import { createByteProgress } from "./byte-progress";
import { DamagedError, decode } from "./decode";
import { browserNetwork, fetchBytes, type Network, retrying, TransientError } from "./download";
import { type Manifest, manifestPath, parseManifest, type StoredFile, shardCounts } from "./manifest";
import type { QuickFirst } from "./quick-first";
import { browserCaches, openShardCache } from "./shard-cache";
import { DataError, type DataProgress, type DatasetSource } from "./source";

/** Shards fetched at the same time. Until the first one is there it has the line to itself: training waits for it. */
const CONCURRENCY = 4;

export interface LoaderOptions extends Partial<Network> {
  /** Called with the bytes of everything that was asked for so far, whenever they change. */
  onProgress?: (progress: DataProgress) => void;
  /** Null works without a cache; by default the browser's. */
  caches?: CacheStorage | null;
  /** Asked before anything is downloaded, where data may have to be saved. */
  quick?: QuickFirst;
  /** What paths in the manifest are relative to; by default this page's. */
  origin?: string;
}

export interface Loader extends DatasetSource {
  /** @throws DataError */
  manifest(): Promise<Manifest>;
  /** Files that came damaged and were not used, so far. */
  readonly refused: number;
  /** Stops all transfers; whatever is waited for rejects with a DataError. */
  dispose(): void;
}

interface Job {
  split: Split;
  shard: number;
  /** Somebody waits for it now. */
  direct: boolean;
  promise: Promise<Uint8Array>;
  settle: { resolve(bytes: Uint8Array): void; reject(error: unknown): void };
}

const fileNames: Record<Split, string> = { train: "Training", test: "Test" };

/**
 * The data set as the browser has it. A shard's bytes belong to who asked for them: asking again loads them again,
 * from Cache Storage where there is one.
 */
export function createLoader(definition: DatasetDefinition, options: LoaderOptions = {}): Loader {
  const { onProgress = () => {}, caches = browserCaches(), origin = globalThis.location?.origin } = options;
  const network: Network = {
    fetch: options.fetch ?? browserNetwork.fetch,
    delay: options.delay ?? browserNetwork.delay,
    random: options.random ?? browserNetwork.random,
    stallMs: options.stallMs ?? browserNetwork.stallMs,
  };
  const cache = openShardCache(caches, definition);
  const progress = createByteProgress(onProgress);
  const controller = new AbortController();
  const { signal } = controller;
  const rowBytes = sizeOf(definition.shape);
  const ended = new Promise<void>((end) => signal.addEventListener("abort", () => end(), { once: true }));
  const absolute = (url: string) => new URL(url, origin).href;

  const manifests = new Map<number, Promise<Manifest>>();
  const labels = new Map<Split, Promise<Uint8Array>>();
  const jobs = new Map<string, Job>();
  const queue: Job[] = [];
  let active = 0;
  let delivered = 0;
  let refused = 0;

  /** Keeps a promise for those who ask later, unless it fails: then the next one tries anew. */
  function kept<K, T>(promises: Map<K, Promise<T>>, key: K, load: () => Promise<T>): Promise<T> {
    const found = promises.get(key);
    if (found) return found;
    const promise = load();
    promises.set(key, promise);
    promise.catch(() => promises.delete(key));
    return promise;
  }

  async function loadManifest(): Promise<Manifest> {
    const what = `The list of the shards of ${definition.label}`;
    const url = absolute(manifestPath(definition));
    const bytes = await retrying(what, { network, signal }, () =>
      fetchBytes(what, url, { network, signal, cache: "default" }),
    );
    try {
      return parseManifest(JSON.parse(new TextDecoder().decode(bytes)), definition);
    } catch (error) {
      const reason = error instanceof ParseError ? error.message : "It is not JSON.";
      throw new DataError(`${what} does not fit this page; reload it. ${reason}`);
    }
  }

  async function loadFile(what: string, file: StoredFile, size: number): Promise<Uint8Array> {
    const url = absolute(file.url ?? file.name);
    let mode: RequestCache = "default";
    const check = async (compressed: Uint8Array<ArrayBuffer>) => {
      try {
        return await decode(compressed, size, file.sha256);
      } catch (error) {
        if (!(error instanceof DamagedError)) throw new TransientError("it could not be checked");
        refused++;
        // Whatever cache the damage sits in, the next try goes past it.
        mode = "reload";
        throw new TransientError(`it came damaged: ${error.message}`);
      }
    };
    progress.ask(file);
    const stored = await cache.get(url);
    if (stored !== null) {
      const bytes = await check(stored).catch(() => null);
      if (bytes !== null) {
        progress.report(file, file.sizeBytes);
        return bytes;
      }
      await cache.evict(url);
    }
    await Promise.race([options.quick?.take(file.sizeBytes), ended]);
    return retrying(what, { network, signal }, async () => {
      const onBytes = (loaded: number) => progress.report(file, loaded);
      const compressed = await fetchBytes(what, url, { network, signal, cache: mode, onBytes });
      const bytes = await check(compressed);
      progress.report(file, file.sizeBytes);
      void cache.put(url, compressed);
      return bytes;
    });
  }

  const getManifest = () => kept(manifests, definition.revision, loadManifest);

  const keyOf = ({ split, shard }: Pick<Job, "split" | "shard">) => `${split} ${shard}`;
  function forget(job: Job): void {
    if (jobs.get(keyOf(job)) === job) jobs.delete(keyOf(job));
  }
  function fail(job: Job, error: unknown): void {
    forget(job);
    job.settle.reject(error);
  }

  async function loadShard({ split, shard }: Job): Promise<Uint8Array> {
    const files = await getManifest().catch((error) => {
      // Without it none of the others can come either.
      for (const other of queue.splice(0)) fail(other, error);
      throw error;
    });
    const what = `${fileNames[split]} shard ${shard} of ${definition.label}`;
    const { count } = files[split].shards[shard]!;
    return loadFile(what, files[split].shards[shard]!, count * rowBytes);
  }

  function start(job: Job): void {
    active++;
    loadShard(job)
      .then(
        (bytes) => {
          delivered++;
          job.settle.resolve(bytes);
        },
        (error) => fail(job, error),
      )
      .finally(() => {
        active--;
        pump();
      });
  }

  function pump(): void {
    while (queue.length > 0 && !signal.aborted) {
      const limit = queue[0]!.direct || delivered > 0 ? CONCURRENCY : 1;
      if (active >= limit) return;
      start(queue.shift()!);
    }
  }

  function jobFor(split: Split, shard: number): Job {
    const found = jobs.get(keyOf({ split, shard }));
    if (found) return found;
    let settle!: Job["settle"];
    const promise = new Promise<Uint8Array>((resolve, reject) => {
      settle = { resolve, reject };
    });
    // A shard that nobody waits for yet fails silently; who then asks for it tries anew.
    promise.catch(() => {});
    const job = { split, shard, direct: false, promise, settle };
    jobs.set(keyOf(job), job);
    queue.push(job);
    getManifest().then(
      (files) => progress.ask(files[split].shards[shard]!),
      () => {},
    );
    return job;
  }

  function dispose(): void {
    controller.abort();
    const stopped = new DataError(`Loading of ${definition.label} was stopped.`);
    for (const job of queue.splice(0)) fail(job, stopped);
  }

  return {
    manifest: getManifest,
    get refused() {
      return refused;
    },
    labels: (split) =>
      kept(labels, split, async () => {
        const file = (await getManifest())[split];
        return loadFile(`${fileNames[split]} labels of ${definition.label}`, file.labels, file.count);
      }),
    async images(split, shard) {
      if (signal.aborted) throw new DataError(`Loading of ${definition.label} was stopped.`);
      if (shardCounts(definition, split)[shard] === undefined)
        throw new DataError(`${definition.label} has no ${fileNames[split].toLowerCase()} shard ${shard}.`);
      const job = jobFor(split, shard);
      const place = queue.indexOf(job);
      if (place >= 0) {
        queue.splice(place, 1);
        // After those that were asked for before it, ahead of all that is only expected.
        const waiting = queue.findIndex((other) => !other.direct);
        queue.splice(waiting < 0 ? queue.length : waiting, 0, job);
      }
      job.direct = true;
      pump();
      const bytes = await job.promise;
      forget(job);
      return bytes;
    },
    prefetch(shards) {
      if (signal.aborted) return;
      for (const { split, shard } of shards)
        if (shardCounts(definition, split)[shard] !== undefined) jobFor(split, shard);
      pump();
    },
    dispose,
  };
}
