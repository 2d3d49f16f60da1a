// A link's text made shorter: raw DEFLATE (RFC 1951) written as base64url. Reading it is safe with any input: it
// stops where a link's text cannot be that long, so that a few bytes cannot ask for megabytes.
import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import { decodeBase64url, encodeBase64url } from "./base64url";

/** The longest text that is unpacked, in characters. */
export const MAX_TEXT_LENGTH = 32_768;

/** How much is unpacked at a time: DEFLATE makes at most 1032 bytes of one, so this gives no more than 264 KB. */
const PIECE_BYTES = 256;

/**
 * A program that finds links in a text takes a - or _ at the end for punctuation and leaves it out. This character
 * after it is not data: base64url never has one more than a multiple of four, and only ends so at such a multiple.
 */
const GUARD = "0";

/** @param text characters below U+0080 */
export function compress(text: string): string {
  const packed = encodeBase64url(deflateSync(strToU8(text, true), { level: 9 }));
  return /[-_]$/.test(packed) ? packed + GUARD : packed;
}

/** @returns null for what `compress` does not write: no base64url, cut short, too long, or with something after it */
export function decompress(packed: string): string | null {
  const isGuarded = packed.length % 4 === 1 && packed.endsWith(GUARD);
  const bytes = decodeBase64url(isGuarded ? packed.slice(0, -1) : packed);
  if (bytes === null || bytes.length === 0) return null;
  const text = inflate(bytes);
  if (text === null) return null;
  // The decoder passes over what follows the last block. Where the last byte can go, there was something.
  return inflate(bytes.subarray(0, -1)) === null ? text : null;
}

/** @returns null where the bytes are no DEFLATE stream, or one of more than `MAX_TEXT_LENGTH` bytes */
function inflate(bytes: Uint8Array): string | null {
  let text = "";
  const stream = new Inflate((piece) => {
    text += strFromU8(piece, true);
    if (text.length > MAX_TEXT_LENGTH) throw new RangeError("The text is too long.");
  });
  try {
    for (let start = 0; start < bytes.length; start += PIECE_BYTES)
      stream.push(bytes.subarray(start, start + PIECE_BYTES), start + PIECE_BYTES >= bytes.length);
  } catch {
    return null;
  }
  return text;
}
