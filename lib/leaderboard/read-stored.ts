// What the boards keep in the store, read back.
import type { ObjectStore } from "../blob/store";
import { ApiError } from "../http";

/**
 * Reads one object; null where there is none.
 * @param parse throws where the bytes are not what belongs there
 * @throws ApiError 502 where it is damaged; StoreError
 */
export async function readStored<T>(
  store: ObjectStore,
  name: string,
  parse: (bytes: Uint8Array<ArrayBuffer>) => T,
): Promise<T | null> {
  const bytes = await store.read(name);
  if (bytes === null) return null;
  try {
    return parse(bytes);
  } catch (cause) {
    console.error(`The stored ${name} is damaged:`, cause);
    throw new ApiError(502, "damaged", "What is stored of this submission is damaged and cannot be read.");
  }
}
