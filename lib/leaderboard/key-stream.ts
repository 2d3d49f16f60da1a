// Numbers drawn by the secret: AES in counter mode, because a generator with a seed of 32 bits could be searched.
import { hmac, type SecretPurpose } from "./secret";

/**
 * Bytes that only the secret can foretell.
 * @param text what they are for; another text gives others
 */
export async function keyStream(
  secret: string,
  purpose: SecretPurpose,
  text: string,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey("raw", await hmac(secret, purpose, text), "AES-CTR", false, [
    "encrypt",
  ]);
  const algorithm = { name: "AES-CTR", counter: new Uint8Array(16), length: 64 };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, key, new Uint8Array(length)));
}
