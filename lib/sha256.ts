// What tells bytes apart from all others, wherever they are: a page, a worker, the edge, Node.

/** SHA-256 of bytes, or of a text as UTF-8. @returns 64 hexadecimal digits */
export async function sha256Of(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  // Pages over plain http, as on a lecture hall's own network, have no crypto.subtle.
  const digest = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    : (await import("@noble/hashes/sha2.js")).sha256(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
