// multipart/form-data (RFC 7578), read strictly: each part once, by a name that is expected, to its end. The
// runtimes' own `formData()` differ in what they forgive, and some never answer where a body breaks off.
import { ApiError } from "../http";

const CR = 13;
const LF = 10;
const DASH = 45;
const MAX_HEADER_BYTES = 1000;

const broken = (message: string) => new ApiError(400, "invalid_multipart", message);

/** The boundary that a Content-Type names. @throws ApiError 415 where it is not multipart/form-data with one */
export function boundaryOf(contentType: string | null): string {
  const found = contentType?.match(
    /^multipart\/form-data\s*;\s*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'+./-]{1,70}))\s*$/i,
  );
  const boundary = found?.[1] ?? found?.[2];
  if (boundary !== undefined) return boundary;
  const message = "Content-Type must be multipart/form-data with a boundary.";
  throw new ApiError(415, "unsupported_media_type", message, "Content-Type");
}

function startsWith(bytes: Uint8Array, wanted: Uint8Array, at: number): boolean {
  if (at + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
  return true;
}

/** @returns where `wanted` begins, or -1 */
function find(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(wanted[0]!, from); at !== -1; at = bytes.indexOf(wanted[0]!, at + 1))
    if (startsWith(bytes, wanted, at)) return at;
  return -1;
}

function nameIn(header: Uint8Array, allowed: readonly string[]): string {
  const text = new TextDecoder().decode(header);
  const name = text.match(/^content-disposition:\s*form-data\s*;\s*name="([^"\r\n]*)"/im)?.[1];
  if (name !== undefined && allowed.includes(name)) return name;
  throw broken(`Each part of the body must be named one of ${allowed.join(", ")}.`);
}

/**
 * The parts of a body by their names.
 * @param allowed the names that there are; each may come once
 * @returns views of `bytes`, nothing is copied
 * @throws ApiError 400 naming what is wrong
 */
export function readParts(
  bytes: Uint8Array<ArrayBuffer>,
  boundary: string,
  allowed: readonly string[],
): Map<string, Uint8Array<ArrayBuffer>> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const [delimiter, blankLine] = [encode(`\r\n--${boundary}`), encode("\r\n\r\n")];
  const parts = new Map<string, Uint8Array<ArrayBuffer>>();
  // The first delimiter needs no line before it.
  if (!startsWith(bytes, delimiter.subarray(2), 0))
    throw broken("The body does not begin with its boundary.");
  let at = delimiter.length - 2;
  while (bytes[at] === CR && bytes[at + 1] === LF) {
    // From the line break on, so that a part without any header has its blank line too.
    const headerEnd = find(bytes.subarray(0, at + MAX_HEADER_BYTES), blankLine, at);
    if (headerEnd === -1) throw broken("A part of the body has no end of its header.");
    const name = nameIn(bytes.subarray(at + 2, headerEnd), allowed);
    if (parts.has(name)) throw broken(`The part ${name} of the body must come once.`);
    const start = headerEnd + blankLine.length;
    const end = find(bytes, delimiter, start);
    if (end === -1) throw broken(`The part ${name} of the body has no end.`);
    parts.set(name, bytes.subarray(start, end));
    at = end + delimiter.length;
  }
  const closed = bytes[at] === DASH && bytes[at + 1] === DASH;
  const rest = bytes.subarray(at + 2);
  if (!closed || !(rest.length === 0 || (rest.length === 2 && rest[0] === CR && rest[1] === LF)))
    throw broken("The body does not end with its boundary.");
  return parts;
}
