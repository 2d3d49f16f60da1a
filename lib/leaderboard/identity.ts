// Whose signature it is: raw public keys and signatures as base64url, checked by the platform's own cryptography.
import { decodeBase64url, encodeBase64url } from "../share/base64url";
import type { KeyAlgorithm } from "./submission";

interface Scheme {
  keyBytes: number;
  importAs: AlgorithmIdentifier | EcKeyImportParams;
  verifyAs: AlgorithmIdentifier | EcdsaParams;
}

const schemes: Record<KeyAlgorithm, Scheme> = {
  Ed25519: { keyBytes: 32, importAs: "Ed25519", verifyAs: "Ed25519" },
  "P-256": {
    keyBytes: 65,
    importAs: { name: "ECDSA", namedCurve: "P-256" },
    verifyAs: { name: "ECDSA", hash: "SHA-256" },
  },
};

const SIGNATURE_BYTES = 64;

/** So many bytes in the one way to write them: a key written in two ways would be two players. */
function bytesOf(text: string, length: number): Uint8Array<ArrayBuffer> | null {
  const bytes = decodeBase64url(text);
  return bytes?.length === length && encodeBase64url(bytes) === text ? bytes.slice() : null;
}

/** Whether a text was signed with this key; false, too, for what is no key or no signature. */
export async function verifySignature(
  algorithm: KeyAlgorithm,
  key: string,
  signature: string,
  text: string,
): Promise<boolean> {
  const { keyBytes, importAs, verifyAs } = schemes[algorithm];
  const [keyRaw, signatureRaw] = [bytesOf(key, keyBytes), bytesOf(signature, SIGNATURE_BYTES)];
  if (keyRaw === null || signatureRaw === null) return false;
  try {
    const imported = await crypto.subtle.importKey("raw", keyRaw, importAs, false, ["verify"]);
    const bytes = new TextEncoder().encode(text);
    return await crypto.subtle.verify(verifyAs, imported, signatureRaw, bytes);
  } catch {
    // Not every 65 bytes are a point of the curve.
    return false;
  }
}
