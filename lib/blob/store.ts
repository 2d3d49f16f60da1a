// The ObjectStore port: immutable named bytes behind a few calls. Whoever stores something (data sets, runs,
// boards) knows this and nothing else about where it goes.

/** The store did not do what was asked; the message is one sentence. */
export class StoreError extends Error {
  override name = "StoreError";
}

/** A name that no object can have. */
export class ObjectNameError extends StoreError {
  override name = "ObjectNameError";
}

export interface ObjectInfo {
  name: string;
  sizeBytes: number;
  uploadedAt: Date;
  /** Differs whenever the bytes do; each store has its own way to make it. */
  etag: string;
}

export interface PutOptions {
  /** E.g. "application/json". */
  contentType: string;
  /** False: the object is left as it is where the name is taken. */
  overwrite: boolean;
  /** How long browsers and CDNs may keep it; `forever` where the name says what is in it. At least a minute. */
  maxAgeSeconds: number;
}

/** What a browser may put by itself, past this server. */
export interface UploadLimits {
  contentType: string;
  maximumBytes: number;
  maxAgeSeconds: number;
  /** From now on. */
  validForMs: number;
}

export interface UploadGrant {
  /** For the SDK's client; good for the one name alone. */
  token: string;
  /** Where the SDK's client must speak to, a path on this server; null where it knows by itself. */
  apiUrl: string | null;
}

export interface Page {
  objects: ObjectInfo[];
  /** Where the next page begins; null on the last one. */
  cursor: string | null;
}

/** One year, the longest time that HTTP caches honour. */
export const forever = 31_536_000;

/**
 * All calls reject with a StoreError where the store cannot be reached or refuses. Puts and lists cost money on a
 * hosted store and an overwritten object may be stale for a minute: prefer immutable, sortable names.
 */
export interface ObjectStore {
  /**
   * Stores all of the bytes or nothing. Of any number of concurrent puts of one name without `overwrite`, exactly
   * one wins.
   * @returns whether these bytes were stored; false where the name was taken
   */
  put(name: string, bytes: Uint8Array<ArrayBuffer> | string, options: PutOptions): Promise<boolean>;
  /** Null where there is no such object. */
  head(name: string): Promise<ObjectInfo | null>;
  /** The bytes, or null where there is no such object. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * The objects whose name begins with `prefix`, in the order of their names.
   * @param options.limit at most 1000, which is the default
   */
  list(prefix: string, options?: { limit?: number; cursor?: string }): Promise<Page>;
  /** Names that are not there are passed over. */
  delete(names: readonly string[]): Promise<void>;
  /** Allows whoever gets the token to put this one object, where the name is free. Asks the store nothing. */
  grantUpload(name: string, limits: UploadLimits): Promise<UploadGrant>;
  /** Where a browser finds the object: an absolute URL, or a path on this server. */
  publicUrl(name: string): string;
}

export const MAX_NAME_LENGTH = 200;

const allowed =
  "1 to 200 of a–z, 0–9 and . _ - in parts separated by single slashes, none of which begins or ends with a dot";

/**
 * Names are paths of lower-case parts, so that they mean the same in a URL, on a disk that does not tell cases
 * apart, and in a hosted store; none can leave its folder.
 * @throws ObjectNameError
 */
export function checkName(name: string): string {
  const part = /^(?!\.)[a-z0-9._-]+(?<!\.)$/;
  if (name.length > MAX_NAME_LENGTH || !name.split("/").every((text) => part.test(text)))
    throw new ObjectNameError(`The object name ${JSON.stringify(name.slice(0, 60))} must be ${allowed}.`);
  return name;
}

/** Checks the beginning of a name, which may end anywhere. @throws ObjectNameError */
export function checkPrefix(prefix: string): string {
  if (prefix !== "") checkName(prefix.replace(/[/.]$/, ""));
  return prefix;
}
