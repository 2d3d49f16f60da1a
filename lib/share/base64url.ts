// Bytes as text that needs no escaping in a URL: base64 with - and _ for + and /, and without padding (RFC 4648 §5).
import { strFromU8, strToU8 } from "fflate";

export const encodeBase64url = (bytes: Uint8Array): string =>
  btoa(strFromU8(bytes, true)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** @returns null where the text is no base64url */
export function decodeBase64url(text: string): Uint8Array | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  return strToU8(atob(text.replaceAll("-", "+").replaceAll("_", "/")), true);
}
