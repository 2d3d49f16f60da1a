// What a publishing request may hold, known to the page and to the server alike. Vercel ends a request's body at
// 4.5 MB; everything that is sent inline stays below that together.

/** The weights that travel within the request; larger ones are uploaded to the store first. */
export const MAX_INLINE_WEIGHTS_BYTES = 4_000_000;

/** The run as JSON: a thousand epochs with every digit take less than 250 KB. */
export const MAX_RUN_BYTES = 400_000;

/** The whole request with its framing. */
export const MAX_BODY_BYTES = 4_450_000;

/** The type of encoded weights, inline and in the store. */
export const weightsContentType = "application/octet-stream";

/** How long a browser has to upload what it was allowed to: 32 MB at 0.5 Mbit/s take nine minutes. */
export const UPLOAD_VALID_MS = 15 * 60 * 1000;
