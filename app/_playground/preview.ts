// The few images that stand for a data set before anything of it is downloaded; they come with its manifest.
import * as z from "zod/mini";
import type { DatasetDefinition } from "@/lib/spec/define";
import { sizeOf } from "@/lib/spec/ops";
import { parse } from "@/lib/spec/parse";

export const PREVIEW_IMAGES = 9;

/** Only what the strip needs of the manifest. */
const base64 = z.string({ error: "base64" }).check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/, { error: "base64" }));
const schema = z.object({ preview: base64 }, { error: "an object" });

/**
 * The bytes of nine images, row-major.
 * @throws ParseError or Error where the manifest holds something else
 */
export function readPreview(manifest: unknown, { shape }: DatasetDefinition): Uint8Array<ArrayBuffer> {
  const { preview } = parse(schema, manifest, "manifest");
  const bytes = Uint8Array.from(atob(preview), (char) => char.charCodeAt(0));
  const expected = PREVIEW_IMAGES * sizeOf(shape);
  if (bytes.length !== expected)
    throw new Error(`The preview has ${bytes.length} bytes; it must have ${expected}.`);
  return bytes;
}

const previews = new Map<string, Promise<Uint8Array<ArrayBuffer> | null>>();

/** The preview of a data set, fetched once; null where it cannot be had: the strip stays faint then. */
export function loadPreview(dataset: DatasetDefinition): Promise<Uint8Array<ArrayBuffer> | null> {
  const known = previews.get(dataset.id);
  if (known !== undefined) return known;
  const preview = fetch(`/api/datasets/${dataset.id}`)
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.statusText))))
    .then((manifest) => readPreview(manifest, dataset))
    .catch(() => null);
  previews.set(dataset.id, preview);
  return preview;
}
