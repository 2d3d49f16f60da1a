// Answers with a data set's manifest, every object with the address at which this server's browsers find it.
import * as z from "zod/mini";
import type { OpenStore } from "@/lib/blob/environment";
import { type Manifest, manifestName, parseManifest, splits } from "@/lib/datasets/manifest";
import { ApiError, respond } from "@/lib/http";
import * as datasets from "@/lib/spec/datasets/registry";
import type { DatasetDefinition } from "@/lib/spec/define";
import { type DatasetId, datasetIds } from "@/lib/spec/experiment";
import { oneOf } from "@/lib/spec/fields";
import { object, ParseError, parse } from "@/lib/spec/parse";

const revisions = (id: string) =>
  Object.hasOwn(datasets, id) ? String(datasets[id as DatasetId].revision) : "";

/** The request's parameters; whatever is not there is a 404 that names what is. */
function parseParameters(id: string, revision: string | null): DatasetDefinition {
  const schema = object({
    id: z.enum(datasetIds, { error: oneOf(datasetIds) }),
    revision: z.nullable(z.literal(revisions(id), { error: revisions(id) })),
  });
  try {
    return datasets[parse(schema, { id, revision }, "request").id];
  } catch (error) {
    if (error instanceof ParseError) throw new ApiError(404, "not_found", error.message, error.field);
    throw error;
  }
}

async function readManifest(definition: DatasetDefinition, { kind, store }: OpenStore): Promise<Manifest> {
  const unavailable = (code: string, problem: string) => {
    const command = kind === "vercel" ? "npm run data -- --upload" : "npm run data";
    return new ApiError(503, code, `The data of ${definition.label} ${problem}: run ${command}.`);
  };
  const bytes = await store.read(manifestName(definition));
  if (bytes === null) throw unavailable("data_missing", "has not been built");
  let manifest: Manifest;
  try {
    manifest = parseManifest(JSON.parse(new TextDecoder().decode(bytes)), definition);
  } catch {
    // The command says what is wrong with it.
    throw unavailable("data_invalid", "does not fit this version of the app");
  }
  const located = <T extends { name: string }>(file: T) => ({ ...file, url: store.publicUrl(file.name) });
  for (const split of splits) {
    const { count, labels, shards } = manifest[split];
    manifest[split] = { count, labels: located(labels), shards: shards.map(located) };
  }
  return manifest;
}

/** @param open gives the store; asked only when a manifest is not in memory yet */
export function createDatasetAnswer(open: () => OpenStore) {
  const manifests = new Map<string, Promise<Manifest>>();

  /**
   * @param id as it stands in the path
   * @throws ApiError 404 for what is not in the catalog, 503 where the data is not in the store
   */
  return async function answer(request: Request, id: string): Promise<Response> {
    const revision = new URL(request.url).searchParams.get("revision");
    const definition = parseParameters(id, revision);
    let manifest = manifests.get(definition.id);
    if (manifest === undefined) {
      manifest = (async () => readManifest(definition, open()))();
      manifests.set(definition.id, manifest);
      // A failure is told to those who wait, then forgotten: the next request tries again.
      manifest.catch(() => manifests.delete(definition.id));
    }
    // With its revision in the address the answer stays true; without, it changes when the catalog does.
    const cacheControl =
      revision === null
        ? "public, max-age=60"
        : "public, max-age=300, s-maxage=86400, stale-while-revalidate=604800";
    return respond(await manifest, { cacheControl });
  };
}
