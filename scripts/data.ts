// `npm run data`: builds every data set into the embedded store, or with --upload into a Vercel Blob store.
// Both go through the same SDK; the embedded store answers it from this process, on a port of its own.
import { dataFolder, embeddedBlob, localToken } from "../lib/blob/embedded";
import { embeddedPaths, openStore } from "../lib/blob/environment";
import { serve } from "../lib/blob/serve";
import { StoreError } from "../lib/blob/store";
import { filesOf } from "../lib/datasets/manifest";
import type { DatasetId } from "../lib/spec/experiment";
import { DataBuildError, type DatasetBuilder } from "./data/builder";
import * as registry from "./data/registry";
import { type BuildProgress, storeDataset } from "./data/store-dataset";

const builders: Record<DatasetId, DatasetBuilder> = registry;
const usage = "Use npm run data, or npm run data -- --upload for a Vercel Blob store.";
const sizeText = (bytes: number) =>
  bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** Prints how far it is, from the first second on: in place on a terminal, else a line every five seconds. */
function createReporter(label: string): (progress: BuildProgress) => void {
  const live = process.stdout.isTTY === true;
  const intervalMs = live ? 100 : 5000;
  let due = Date.now() + 1000;
  return ({ doneObjects, totalObjects, storedBytes }) => {
    if (Date.now() < due && (!live || doneObjects < totalObjects)) return;
    due = Date.now() + intervalMs;
    const text = `${label}: ${doneObjects} of ${totalObjects} objects, ${sizeText(storedBytes)} written`;
    process.stdout.write(live ? `\r${text}${doneObjects === totalObjects ? "\n" : ""}` : `${text}\n`);
  };
}

async function buildAll(): Promise<void> {
  const { store } = openStore();
  for (const builder of Object.values(builders)) {
    const { label } = builder.definition;
    const { manifest, storedObjects } = await storeDataset(builder, store, createReporter(label));
    const files = filesOf(manifest);
    const size = sizeText(files.reduce((sum, file) => sum + file.sizeBytes, 0));
    const change = storedObjects === 0 ? "already there" : `${storedObjects} objects written`;
    console.log(`${label}: ${files.length + 1} objects, ${size}, ${change}.`);
  }
}

async function buildEmbedded(): Promise<void> {
  // Whatever store the app uses otherwise: this command without --upload means the one on this machine.
  process.env.BLOB_READ_WRITE_TOKEN = "";
  process.env.LOCAL_BLOB_TOKEN = await localToken(dataFolder());
  const server = await serve(await embeddedBlob());
  process.env.VERCEL_BLOB_API_URL = server.origin + embeddedPaths.api;
  try {
    await buildAll();
  } finally {
    await server.close();
  }
}

async function upload(): Promise<void> {
  if (!process.env.BLOB_READ_WRITE_TOKEN)
    throw new DataBuildError(
      "BLOB_READ_WRITE_TOKEN is not set: copy it from the Vercel Blob store's page, then run the command again.",
    );
  await buildAll();
}

const [flag, ...rest] = process.argv.slice(2);
try {
  if (rest.length > 0 || (flag !== undefined && flag !== "--upload")) throw new DataBuildError(usage);
  await (flag === "--upload" ? upload() : buildEmbedded());
} catch (error) {
  if (!(error instanceof DataBuildError || error instanceof StoreError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
