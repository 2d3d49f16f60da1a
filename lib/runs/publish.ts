// Publishes a run from the page: what fits into a request is sent in one, larger weights are uploaded first. Doing
// it again is safe: the same run has the same page.
import * as z from "zod/mini";
import { hashSchema } from "../metrics/run-record";
import type { PublishedRun } from "../share/published-run";
import { object, parse } from "../spec/parse";
import { askApi, type Fetch } from "./ask";
import { MAX_INLINE_WEIGHTS_BYTES, weightsContentType } from "./limits";
import { uploadWeights } from "./upload";

export interface PublishOptions {
  fetch?: Fetch;
  /** Hears the share of the weights that is sent, 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

export interface Publication {
  /** 64 hexadecimal digits. */
  id: string;
  /** The run's page, an absolute URL. */
  url: string;
  /** False where the run was published before. */
  created: boolean;
}

const answerSchema = object({ id: hashSchema, url: z.string() });

/**
 * Publishes a run.
 * @param weights as `published.weights` describes them
 * @throws Error whose message is one sentence, the API's own where it has one; the signal's reason where it aborts
 */
export async function publishRun(
  published: PublishedRun,
  weights: Uint8Array<ArrayBuffer>,
  { fetch, onProgress = () => {}, signal }: PublishOptions = {},
): Promise<Publication> {
  const form = new FormData();
  form.append("run", new Blob([JSON.stringify(published)], { type: "application/json" }), "run.json");
  if (weights.length <= MAX_INLINE_WEIGHTS_BYTES)
    form.append("weights", new Blob([weights], { type: weightsContentType }), "weights.bin");
  else {
    const { sha256 } = published.weights;
    form.append("upload", await uploadWeights(weights, { sha256, onProgress, signal, fetch }));
  }
  const { status, body, address } = await askApi("/api/runs", { fetch, signal, body: form });
  onProgress(1);
  const { id, url } = parse(answerSchema, body, "answer");
  return { id, url: new URL(url, address).href, created: status === 201 };
}
