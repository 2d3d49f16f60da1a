// Cuts a data set into gzip shards and stores them, the manifest last: a data set is there when its manifest is.
// Names say what is in them, so a run that was killed is completed and a second one has nothing to do.
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { forever, type ObjectStore } from "../../lib/blob/store";
import {
  filesOf,
  folderOf,
  imagesIn,
  type Manifest,
  manifestName,
  PREVIEW_IMAGES,
  parseManifest,
  type SplitFiles,
  type StoredFile,
  shardCounts,
  splits,
} from "../../lib/datasets/manifest";
import type { DatasetDefinition } from "../../lib/spec/define";
import { sizeOf } from "../../lib/spec/ops";
import type { Split } from "../../lib/spec/samples";
import { DataBuildError, type DatasetBuilder, type SplitBytes } from "./builder";

const gzipped = promisify(gzip);
/** Above it, zlib takes many times as long for less than one part in a hundred. */
const GZIP_LEVEL = 7;
/** Puts at the same time; they wait for a network or a disk. */
const CONCURRENCY = 4;

export interface BuildProgress {
  doneObjects: number;
  totalObjects: number;
  /** Written in this run, compressed. */
  storedBytes: number;
}

export interface BuildResult {
  manifest: Manifest;
  /** Objects written in this run; 0 where everything was there. */
  storedObjects: number;
}

async function listSizes(store: ObjectStore, folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  let cursor: string | undefined;
  do {
    const page = await store.list(folder, { cursor });
    for (const { name, sizeBytes } of page.objects) sizes.set(name, sizeBytes);
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return sizes;
}

/** The stored manifest, or null where there is none. @throws DataBuildError if it does not fit the catalog */
async function readManifest(store: ObjectStore, definition: DatasetDefinition): Promise<Manifest | null> {
  const bytes = await store.read(manifestName(definition));
  if (bytes === null) return null;
  try {
    return parseManifest(JSON.parse(new TextDecoder().decode(bytes)), definition);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataBuildError(
      `The stored manifest of ${definition.label} does not fit the catalog (${reason.replace(/\.$/, "")}); raise the revision in lib/spec/datasets, or delete ${folderOf(definition)} from the store.`,
    );
  }
}

function checkAgainstCatalog(definition: DatasetDefinition, split: Split, bytes: SplitBytes): void {
  const images = imagesIn(definition, split);
  const expected = images * sizeOf(definition.shape);
  if (bytes.images.length !== expected)
    throw new DataBuildError(
      `The ${split} images of ${definition.label} have ${bytes.images.length} bytes; they must have ${expected}.`,
    );
  const counts = definition.classNames.map(() => 0);
  for (const label of bytes.labels) counts[label] = (counts[label] ?? 0) + 1;
  if (counts.join() !== definition.counts[split].join())
    throw new DataBuildError(
      `The ${split} labels of ${definition.label} count ${counts.join(", ")}; they must count ${definition.counts[split].join(", ")}.`,
    );
}

/** Runs the tasks in order, some at a time, and gives their results in order. */
async function runTasks<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async () => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await tasks[index]!();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return results;
}

/**
 * Brings a data set into the store, unless it is there.
 * @throws DataBuildError if the originals, the catalog and the store do not agree
 */
export async function storeDataset(
  { definition, read }: DatasetBuilder,
  store: ObjectStore,
  onProgress: (progress: BuildProgress) => void = () => {},
): Promise<BuildResult> {
  const folder = folderOf(definition);
  const sizes = await listSizes(store, folder);
  const known = sizes.has(manifestName(definition)) ? await readManifest(store, definition) : null;
  if (known && filesOf(known).every(({ name, sizeBytes }) => sizes.get(name) === sizeBytes))
    return { manifest: known, storedObjects: 0 };

  const bytes = await read();
  for (const split of splits) checkAgainstCatalog(definition, split, bytes[split]);
  const progress = { doneObjects: 0, totalObjects: 0, storedBytes: 0 };
  let storedObjects = 0;

  async function storeFile(label: string, raw: Uint8Array): Promise<StoredFile> {
    const sha256 = createHash("sha256").update(raw).digest("hex");
    const name = `${folder}${label}-${sha256.slice(0, 8)}.bin.gz`;
    let sizeBytes = sizes.get(name);
    if (sizeBytes === undefined) {
      const body = new Uint8Array(await gzipped(raw, { level: GZIP_LEVEL }));
      const put = { contentType: "application/gzip", overwrite: false, maxAgeSeconds: forever };
      const won = await store.put(name, body, put);
      // Lost to another run of this command, whose compression may differ by a few bytes.
      sizeBytes = won ? body.length : (await store.head(name))!.sizeBytes;
      if (won) storedObjects++;
      progress.storedBytes += body.length;
    }
    progress.doneObjects++;
    onProgress({ ...progress });
    return { name, sizeBytes, sha256 };
  }

  const rowBytes = sizeOf(definition.shape);
  const shardBytes = definition.shardSize * rowBytes;
  const tasksOf = (split: Split) => [
    () => storeFile(`${split}-labels`, bytes[split].labels),
    ...shardCounts(definition, split).map((_, shard) => () => {
      const raw = bytes[split].images.subarray(shard * shardBytes, (shard + 1) * shardBytes);
      return storeFile(`${split}-${String(shard).padStart(3, "0")}`, raw);
    }),
  ];
  const tasks = { train: tasksOf("train"), test: tasksOf("test") };
  progress.totalObjects = tasks.train.length + tasks.test.length + 1;
  const files = await runTasks([...tasks.train, ...tasks.test]);

  const filesOfSplit = (split: Split, [labels, ...shards]: StoredFile[]): SplitFiles => ({
    count: imagesIn(definition, split),
    labels: labels!,
    shards: shardCounts(definition, split).map((count, i) => ({ ...shards[i]!, count })),
  });
  const { id, revision, shape, scale, classNames, source, licence, shardSize } = definition;
  const preview = Buffer.from(bytes.test.images.subarray(0, PREVIEW_IMAGES * rowBytes)).toString("base64");
  const train = filesOfSplit("train", files.slice(0, tasks.train.length));
  const test = filesOfSplit("test", files.slice(tasks.train.length));
  const about = { id, revision, shape, scale, classNames, source, licence, shardSize };
  const manifest = parseManifest({ ...about, preview, train, test }, definition);

  const text = JSON.stringify(manifest);
  const put = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };
  const won = await store.put(manifestName(definition), text, put);
  if (won) storedObjects++;
  else if (JSON.stringify(await readManifest(store, definition)) !== text)
    throw new DataBuildError(
      `The store holds other bytes of ${definition.label} under revision ${revision}; raise the revision in lib/spec/datasets, or delete ${folder} from the store.`,
    );
  progress.doneObjects++;
  onProgress({ ...progress });
  return { manifest, storedObjects };
}
