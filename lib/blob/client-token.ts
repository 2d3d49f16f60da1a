// What a browser shows to the embedded store: a client token as the SDK makes it from the store's own token. It
// says what may be put, and is signed, so that nothing has to be kept about it.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What one token allows. Every bound is set; where the SDK left one out, its own default is here. */
export interface UploadGrantLimits {
  name: string;
  /** Such as "image/png" or "image/*"; null allows all. */
  contentTypes: readonly string[] | null;
  maximumBytes: number;
  /** Milliseconds since 1970. */
  validUntil: number;
  overwrite: boolean;
  /** Null where the token does not say. */
  maxAgeSeconds: number | null;
}

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const decoded = (base64: string) => Buffer.from(base64, "base64").toString();

/**
 * Reads a client token.
 * @param token what came as the bearer
 * @param storeToken the store's own, `vercel_blob_rw_<store id>_<secret>`, which has signed it
 * @returns null where it is none of this store's
 * @throws RangeError naming what it asks for that the embedded store does not do
 */
export function readClientToken(token: string, storeToken: string): UploadGrantLimits | null {
  const prefix = `vercel_blob_client_${storeToken.split("_")[3]}_`;
  if (!token.startsWith(prefix)) return null;
  const [signature = "", payload = ""] = decoded(token.slice(prefix.length)).split(".");
  if (!sameSecret(signature, createHmac("sha256", storeToken).update(payload).digest("hex"))) return null;
  // Signed with our own secret: its shape is the SDK's, and what it does not say is undefined.
  const given = JSON.parse(decoded(payload)) as Record<string, unknown>;
  for (const name of ["onUploadCompleted", "ifMatch"])
    if (given[name] !== undefined) throw new RangeError(`The embedded store does not know ${name}`);
  if (given.addRandomSuffix === true)
    throw new RangeError("The embedded store adds no random suffix; choose the whole name");
  return {
    name: String(given.pathname),
    contentTypes: (given.allowedContentTypes as string[] | undefined) ?? null,
    maximumBytes: Number(given.maximumSizeInBytes ?? Number.POSITIVE_INFINITY),
    validUntil: Number(given.validUntil),
    overwrite: given.allowOverwrite === true,
    maxAgeSeconds: given.cacheControlMaxAge === undefined ? null : Number(given.cacheControlMaxAge),
  };
}

/** Why a put is not what its token allows, in the service's own words, which the SDK knows; null where it is. */
export function whyNotGranted(
  { name, contentTypes, maximumBytes, validUntil }: UploadGrantLimits,
  put: { name: string; contentType: string; sizeBytes: number | null },
): string | null {
  if (!(Date.now() < validUntil)) return "Token expired";
  if (put.name !== name) return '"pathname" does not match the token payload';
  const fits = (allowed: string) =>
    allowed === put.contentType ||
    (allowed.endsWith("/*") && put.contentType.startsWith(allowed.slice(0, -1)));
  if (contentTypes !== null && !contentTypes.some(fits))
    return `"contentType" ${put.contentType} is not allowed`;
  return put.sizeBytes !== null && put.sizeBytes > maximumBytes ? tooLong(maximumBytes) : null;
}

export const tooLong = (maximumBytes: number) =>
  `the file length cannot be greater than ${maximumBytes} bytes`;
