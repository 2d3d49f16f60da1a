// The only place that knows @vercel/blob: an ObjectStore over the unmodified SDK, which speaks to Vercel Blob or,
// where VERCEL_BLOB_API_URL says so, to the embedded store.
import { BlobError, BlobNotFoundError, del, head, list, put } from "@vercel/blob";
import { generateClientTokenFromReadWriteToken } from "@vercel/blob/client";
import { checkName, checkPrefix, type ObjectInfo, type ObjectStore, StoreError } from "./store";

interface Connection {
  /** vercel_blob_rw_<store id>_<secret> */
  token: string;
  /** What an object's name is appended to, to make the URL that browsers use. */
  publicBase: string;
  /** Where a browser's SDK finds the API, a path on this server; null where that is the service's own address. */
  clientApi?: string | null;
}

interface Listed {
  pathname: string;
  size: number;
  uploadedAt: Date;
  etag: string;
}

const infoOf = ({ pathname, size, uploadedAt, etag }: Listed): ObjectInfo => ({
  name: pathname,
  sizeBytes: size,
  uploadedAt,
  etag,
});

/** Where Vercel serves the public objects of the store that a token belongs to. */
export function vercelPublicBase(token: string): string {
  const storeId = token.split("_")[3];
  if (!storeId) throw new StoreError("BLOB_READ_WRITE_TOKEN must be vercel_blob_rw_<store id>_<secret>.");
  return `https://${storeId.toLowerCase()}.public.blob.vercel-storage.com/`;
}

async function asking<T>(what: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof StoreError || error instanceof BlobNotFoundError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError(`The object store could not ${what}: ${reason}`, { cause: error });
  }
}

/** An ObjectStore over the SDK. @param connection the token is passed to each call, never read from elsewhere */
export function connectStore({ token, publicBase, clientApi = null }: Connection): ObjectStore {
  async function headOrNull(name: string) {
    try {
      return await asking(`look up ${name}`, head(checkName(name), { token }));
    } catch (error) {
      if (error instanceof BlobNotFoundError) return null;
      throw error;
    }
  }

  async function download(name: string, url: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const response = await fetch(url);
    if (response.status === 404) return null;
    if (!response.ok)
      throw new StoreError(`The object store could not read ${name}: it answered ${response.status}.`);
    return new Uint8Array(await response.arrayBuffer());
  }

  return {
    async put(name, bytes, { contentType, overwrite, maxAgeSeconds }) {
      const stored = put(checkName(name), new Blob([bytes]), {
        access: "public",
        token,
        contentType,
        allowOverwrite: overwrite,
        cacheControlMaxAge: maxAgeSeconds,
      });
      try {
        await asking(`store ${name}`, stored);
        return true;
      } catch (error) {
        // The SDK has no class for this one: it arrives as a plain BlobError with the service's words.
        const cause = error instanceof StoreError ? error.cause : error;
        if (!overwrite && cause instanceof BlobError && /already exists/.test(cause.message)) return false;
        throw error;
      }
    },

    async head(name) {
      const found = await headOrNull(name);
      return found && infoOf(found);
    },

    async read(name) {
      const found = await headOrNull(name);
      return found && asking(`read ${name}`, download(name, found.url));
    },

    async list(prefix, { limit = 1000, cursor } = {}) {
      const page = await asking(
        `list ${prefix}`,
        list({ token, prefix: checkPrefix(prefix), limit, cursor }),
      );
      return { objects: page.blobs.map(infoOf), cursor: (page.hasMore && page.cursor) || null };
    },

    async delete(names) {
      if (names.length > 0) await asking("delete", del(names.map(checkName), { token }));
    },

    async grantUpload(name, { contentType, maximumBytes, maxAgeSeconds, validForMs }) {
      const granted = generateClientTokenFromReadWriteToken({
        token,
        pathname: checkName(name),
        allowedContentTypes: [contentType],
        maximumSizeInBytes: maximumBytes,
        validUntil: Date.now() + validForMs,
        addRandomSuffix: false,
        allowOverwrite: false,
        cacheControlMaxAge: maxAgeSeconds,
      });
      return { token: await asking(`allow the upload of ${name}`, granted), apiUrl: clientApi };
    },

    publicUrl: (name) => publicBase + checkName(name),
  };
}
