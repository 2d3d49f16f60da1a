// What only this server knows: LEADERBOARD_SECRET signs tokens and operators' notes and draws the hidden set. Each use
// has a purpose of its own, so that what is signed for one is nothing for another.
import { ApiError } from "../http";

export type SecretPurpose = "token" | "hidden-set" | "fingerprint" | "moderation";

const SHORTEST = 16;

/** @throws ApiError 503 where it is not set or too short to be one */
export function readSecret(): string {
  const secret = process.env.LEADERBOARD_SECRET ?? "";
  if (secret.length >= SHORTEST) return secret;
  throw new ApiError(
    503,
    "no_secret",
    `LEADERBOARD_SECRET must have at least ${SHORTEST} characters: set it, then start the server again.`,
  );
}

/** HMAC-SHA-256 of a text for one purpose. @returns 32 bytes */
export async function hmac(
  secret: string,
  purpose: SecretPurpose,
  text: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const encode = (part: string) => new TextEncoder().encode(part);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encode(secret), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encode(`descent ${purpose}\n${text}`)));
}
