// POST /api/runs/uploads: lets a browser upload weights that are too large for a request to this server. It gets a
// token that is good for one new object of a given size, for a quarter of an hour.
import * as z from "zod/mini";
import type { OpenStore } from "../blob/environment";
import { forever } from "../blob/store";
import { ApiError, respond } from "../http";
import { hashSchema } from "../metrics/run-record";
import { MAX_WEIGHTS_BYTES } from "../share/published-run";
import { object, parse } from "../spec/parse";
import { readBody, readJson } from "./body";
import { requireOwnOrigin } from "./host";
import { UPLOAD_VALID_MS, weightsContentType } from "./limits";
import { drawUploadName } from "./names";

const MAX_REQUEST_BYTES = 1000;

const sizeAllowed = `a whole number from 1 to ${MAX_WEIGHTS_BYTES}`;
const requestSchema = object({
  /** Of the weights as they are encoded. */
  sha256: hashSchema,
  sizeBytes: z
    .int({ error: sizeAllowed })
    .check(z.minimum(1, { error: sizeAllowed }), z.maximum(MAX_WEIGHTS_BYTES, { error: sizeAllowed })),
});

/**
 * Answers 201 with `{name, token, apiUrl}`: what the SDK's client needs to put the weights. Costs the store nothing.
 * @throws ApiError 400, 403, 413, 415 or 422, in one sentence
 */
export function createUploadAnswer(open: () => OpenStore) {
  return async function answer(request: Request): Promise<Response> {
    requireOwnOrigin(request);
    if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
      const message = "Content-Type must be application/json.";
      throw new ApiError(415, "unsupported_media_type", message, "Content-Type");
    }
    const input = readJson(await readBody(request, MAX_REQUEST_BYTES), "upload");
    const { sha256, sizeBytes } = parse(requestSchema, input, "upload");
    const name = drawUploadName(sha256);
    const grant = await open().store.grantUpload(name, {
      contentType: weightsContentType,
      maximumBytes: sizeBytes,
      maxAgeSeconds: forever,
      validForMs: UPLOAD_VALID_MS,
    });
    return respond({ name, ...grant }, { status: 201 });
  };
}
