// A token's single use: whoever puts its name first has it, and may come back.
import * as z from "zod/mini";
import { forever, type ObjectStore, StoreError } from "../blob/store";
import { ApiError } from "../http";
import { hashSchema } from "../metrics/run-record";
import { readJson } from "../runs/body";
import { object, parse } from "../spec/parse";
import { names } from "./names";
import { readStored } from "./read-stored";

const claimSchema = object({ id: hashSchema, receivedAt: z.int() });

/**
 * Uses a token. Costs a `put`, and a `read` where it was used before.
 * @param id what it is used for, 64 hexadecimal digits
 * @param now milliseconds since 1970
 * @returns when it was first used for this: a request that is sent again has the time of the first one
 * @throws ApiError 409 where it was used for something else; StoreError
 */
export async function claimToken(
  store: ObjectStore,
  nonce: string,
  id: string,
  now: number,
): Promise<number> {
  const name = names.claim(nonce);
  const options = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };
  if (await store.put(name, JSON.stringify({ id, receivedAt: now }), options)) return now;
  const claim = await readStored(store, name, (bytes) =>
    parse(claimSchema, readJson(bytes, "claim"), "claim"),
  );
  if (claim === null) throw new StoreError("The store does not give what it has just said it has.");
  if (claim.id === id) return claim.receivedAt;
  const message = "token was used for something else; each can be used once: ask for a new one.";
  throw new ApiError(409, "token_used", message, "token");
}
