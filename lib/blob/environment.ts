// Which store this process talks to, decided by its environment alone. Runs on the edge too: no files here.
import { type ObjectStore, StoreError } from "./store";
import { connectStore, vercelPublicBase } from "./vercel";

export type StoreKind = "vercel" | "embedded";

/** Where the app answers for the embedded store: its API, and its objects for anyone to read. */
export const embeddedPaths = { mount: "/local-blob", api: "/local-blob/api", files: "/local-blob/files/" };

export interface OpenStore {
  kind: StoreKind;
  store: ObjectStore;
}

/**
 * Vercel Blob where BLOB_READ_WRITE_TOKEN is set. Otherwise the store inside this app, for which LOCAL_BLOB_TOKEN
 * and VERCEL_BLOB_API_URL must be set before the server starts.
 * @throws StoreError naming the variable that is missing
 */
export function openStore(): OpenStore {
  // The SDK would try eleven times, for minutes, while a request waits.
  process.env.VERCEL_BLOB_RETRIES ??= "2";
  const token = process.env.BLOB_READ_WRITE_TOKEN;
  if (token) return { kind: "vercel", store: connectStore({ token, publicBase: vercelPublicBase(token) }) };
  if (process.env.VERCEL)
    throw new StoreError(
      "BLOB_READ_WRITE_TOKEN is not set: connect a Vercel Blob store to this project, then deploy it again.",
    );
  const local = process.env.LOCAL_BLOB_TOKEN;
  if (!local || !process.env.VERCEL_BLOB_API_URL)
    throw new StoreError(
      "LOCAL_BLOB_TOKEN or VERCEL_BLOB_API_URL is not set: start the server with npm start or npm run dev.",
    );
  // A path, not a URL: whatever name a browser knows this server by, it finds the objects there.
  const { api: clientApi, files: publicBase } = embeddedPaths;
  return { kind: "embedded", store: connectStore({ token: local, publicBase, clientApi }) };
}
