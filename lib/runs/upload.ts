// The page's half of an upload: weights that are too large for a request go straight to the store, with the SDK's
// own client. Nothing of the server is imported here.
import * as z from "zod/mini";
import { object, parse } from "../spec/parse";
import { askApi, type Fetch } from "./ask";
import { weightsContentType } from "./limits";

export interface UploadOptions {
  /** Of the bytes, 64 hexadecimal digits. */
  sha256: string;
  /** Hears the share that is sent, 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
  fetch?: Fetch;
}

const text = z.string({ error: "a text" });
const grantSchema = object({ name: text, token: text, apiUrl: z.nullable(text) });

/**
 * Puts weights into the store.
 * @returns the name of the object that holds them, for POST /api/runs
 * @throws Error in one sentence, or the signal's reason
 */
export async function uploadWeights(
  bytes: Uint8Array<ArrayBuffer>,
  { sha256, onProgress = () => {}, signal, fetch }: UploadOptions,
): Promise<string> {
  const { body, address } = await askApi("/api/runs/uploads", {
    fetch,
    signal,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ sha256, sizeBytes: bytes.length }),
  });
  const { name, token, apiUrl } = parse(grantSchema, body, "upload");
  // The SDK reads its address here, as soon as it is loaded; unset, it speaks to Vercel Blob.
  if (apiUrl !== null) process.env.VERCEL_BLOB_API_URL = new URL(apiUrl, address).href;
  // Its own default is ten attempts, which take minutes.
  process.env.VERCEL_BLOB_RETRIES ??= "3";
  const { put } = await import("@vercel/blob/client");
  onProgress(0);
  try {
    await put(name, new Blob([bytes]), {
      access: "public",
      token,
      contentType: weightsContentType,
      abortSignal: signal,
      // It counts by streaming the request, for which browsers want HTTP/2; the embedded store speaks HTTP/1.1.
      onUploadProgress: apiUrl === null ? ({ loaded }) => onProgress(loaded / bytes.length) : undefined,
    });
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The weights could not be uploaded: ${reason}`, { cause });
  }
  onProgress(1);
  return name;
}
