// A data set straight from the object store, for servers: manifest and shards, each checked by its hash, kept once read.
import type { DatasetDefinition } from "../spec/define";
import { sizeOf } from "../spec/ops";
import type { Split } from "../spec/samples";
import { DamagedError, decode } from "./decode";
import { type Manifest, manifestName, parseManifest, type StoredFile } from "./manifest";
import { DataError, type DatasetSource } from "./source";

/** @param read gives a stored object's bytes, null where there is none */
export function sourceInStore(
  definition: DatasetDefinition,
  read: (name: string) => Promise<Uint8Array<ArrayBuffer> | null>,
): DatasetSource {
  const kept = new Map<string, Promise<unknown>>();

  /** What was made before, or is made now; failures are forgotten, so that asking again tries again. */
  function once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const known = kept.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const made = make();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  }

  async function load(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await read(name);
    if (bytes === null) throw new DataError(`${definition.label}: ${name} is not in the store.`);
    return bytes;
  }

  const manifest = (): Promise<Manifest> =>
    once("manifest", async () => {
      const text = new TextDecoder().decode(await load(manifestName(definition)));
      return parseManifest(JSON.parse(text), definition);
    });

  const unpacked = ({ name, sha256 }: StoredFile, size: number) =>
    once(name, async () => {
      const stored = await load(name);
      return decode(stored, size, sha256).catch((error) => {
        throw error instanceof DamagedError
          ? new DataError(`${definition.label}: ${name} is damaged: ${error.message}.`)
          : error;
      });
    });

  return {
    async labels(split: Split) {
      const { labels, count } = (await manifest())[split];
      return unpacked(labels, count);
    },
    async images(split: Split, shard: number) {
      const file = (await manifest())[split].shards[shard];
      if (file === undefined) throw new DataError(`${definition.label} has no shard ${shard} of ${split}.`);
      return unpacked(file, file.count * sizeOf(definition.shape));
    },
    prefetch() {},
  };
}
