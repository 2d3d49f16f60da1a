// The manifest of a data set: where its shards are and how to know that they are whole. It is made by
// `npm run data`, served by /api/datasets/<id>, and must agree with the catalog's entry.
import * as z from "zod/mini";
import type { DatasetDefinition } from "../spec/define";
import { sizeOf } from "../spec/ops";
import { object, ParseError, parse } from "../spec/parse";
import type { Split } from "../spec/samples";

export const splits = ["train", "test"] as const satisfies readonly Split[];

/** The test images whose bytes the manifest itself holds, to be shown before any shard is there. */
export const PREVIEW_IMAGES = 9;

/** A stored object: gzip of bytes that only count if they have this hash. */
export interface StoredFile {
  /** In the object store. */
  name: string;
  /** Where a browser finds it: absolute, or a path on this server. Set by the API; not stored. */
  url?: string;
  /** As stored, compressed. */
  sizeBytes: number;
  /** Of the uncompressed bytes, in hexadecimal. */
  sha256: string;
}

export interface ShardFile extends StoredFile {
  /** Images in it. */
  count: number;
}

export interface SplitFiles {
  count: number;
  /** One byte for each image: its class number. */
  labels: StoredFile;
  /** Row-major bytes of the images, `shardSize` in each but the last. */
  shards: ShardFile[];
}

export interface Manifest extends Record<Split, SplitFiles> {
  id: string;
  revision: number;
  shape: number[];
  /** The byte that means 1.0. */
  scale: number;
  classNames: string[];
  source: string;
  licence: string;
  shardSize: number;
  /** Bytes of the first test images, row-major, in base64. */
  preview: string;
}

const text = z.string({ error: "a text" }).check(z.minLength(1, { error: "a text" }));
const countAllowed = "a whole number from 0 to 1000000000";
const count = z
  .int({ error: countAllowed })
  .check(z.minimum(0, { error: countAllowed }), z.maximum(1e9, { error: countAllowed }));
const hashAllowed = "64 hexadecimal digits";
const urlAllowed = "an http address or a path that begins with /";

const fileShape = {
  name: text,
  url: z.optional(
    z.string({ error: urlAllowed }).check(z.regex(/^(https?:\/\/|\/(?!\/))/, { error: urlAllowed })),
  ),
  sizeBytes: count,
  sha256: z.string({ error: hashAllowed }).check(z.regex(/^[0-9a-f]{64}$/, { error: hashAllowed })),
};
const splitFiles = object({
  count,
  labels: object(fileShape),
  shards: z.array(object({ ...fileShape, count }), { error: "a list of shards" }),
});
const base64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const previewAllowed = `${PREVIEW_IMAGES} images in base64`;
const manifestSchema = object({
  id: text,
  revision: count,
  shape: z.array(count, { error: "a list of sizes" }),
  scale: count,
  classNames: z.array(text, { error: "a list of names" }),
  source: text,
  licence: text,
  shardSize: count,
  preview: z.string({ error: previewAllowed }).check(z.regex(base64, { error: previewAllowed })),
  train: splitFiles,
  test: splitFiles,
});

const sum = (counts: readonly number[]) => counts.reduce((total, part) => total + part, 0);

/** Images of a file that the catalog knows. */
export const imagesIn = (definition: DatasetDefinition, split: Split): number =>
  sum(definition.counts[split]);

/** Images in each shard of a file. */
export function shardCounts(definition: DatasetDefinition, split: Split): number[] {
  const images = imagesIn(definition, split);
  const shards = Math.ceil(images / definition.shardSize);
  return Array.from({ length: shards }, (_, shard) =>
    Math.min(definition.shardSize, images - shard * definition.shardSize),
  );
}

/**
 * Reads a manifest and holds it against the catalog: whoever has parsed it can rely on counts, shapes and order.
 * @throws ParseError naming the field, the value and what is allowed
 */
export function parseManifest(input: unknown, definition: DatasetDefinition): Manifest {
  const manifest: Manifest = parse(manifestSchema, input, "manifest");
  const agree = (field: string, value: unknown, expected: unknown) => {
    const allowed = JSON.stringify(expected);
    if (JSON.stringify(value) !== allowed) throw new ParseError(field, value, allowed);
  };
  const { id, revision, shape, scale, classNames, shardSize } = definition;
  for (const [field, expected] of Object.entries({ id, revision, shape, scale, classNames, shardSize }))
    agree(field, manifest[field as keyof Manifest], expected);
  for (const split of splits) {
    const counts = shardCounts(definition, split);
    agree(`${split}.count`, manifest[split].count, imagesIn(definition, split));
    agree(`${split}.shards.length`, manifest[split].shards.length, counts.length);
    for (const [i, shard] of manifest[split].shards.entries())
      agree(`${split}.shards[${i}].count`, shard.count, counts[i]);
  }
  if (decodePreview(manifest).length !== PREVIEW_IMAGES * sizeOf(shape))
    throw new ParseError("preview", manifest.preview, previewAllowed);
  return manifest;
}

/** The bytes of the first test images, row-major. */
export function decodePreview({ preview }: Pick<Manifest, "preview">): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(preview), (character) => character.charCodeAt(0));
}

/** Every stored object of a data set, in the order in which it is needed. */
export const filesOf = (manifest: Manifest): StoredFile[] =>
  splits.flatMap((split) => [manifest[split].labels, ...manifest[split].shards]);

/** The folder in the object store that holds this revision and nothing else. */
export const folderOf = ({ id, revision }: DatasetDefinition): string => `datasets/${id}/${revision}/`;

export const manifestName = (definition: DatasetDefinition): string => `${folderOf(definition)}manifest.json`;

/** Where this app answers with the manifest; the revision keeps browsers from using a former one. */
export const manifestPath = ({ id, revision }: DatasetDefinition): string =>
  `/api/datasets/${id}?revision=${revision}`;
