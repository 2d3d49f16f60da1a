// The scripts that stand in a page's HTML, told apart by their hashes, or let in by a nonce.
import { sha256Of } from "../sha256";

const scriptElement = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;
const loaded = /\ssrc\s*=/i;
const type = /\stype\s*=\s*["']?([^"'\s>]*)/i;
/** Other types are data, which no browser runs. */
const runs = /^(?:|module|(?:text|application)\/(?:java|ecma)script)$/i;

/** The texts of the scripts within a page, in their order. @param html as a server sends it */
export const inlineScripts = (html: string): string[] =>
  [...html.matchAll(scriptElement)].flatMap(([, attributes = "", text = ""]) =>
    text === "" || loaded.test(attributes) || !runs.test(attributes.match(type)?.[1] ?? "") ? [] : [text],
  );

/** What lets a script in by its text, to the letter: `'sha256-…'`. */
export async function hashSource(text: string): Promise<string> {
  const digits = await sha256Of(text);
  const bytes = digits.match(/../g)!.map((pair) => Number.parseInt(pair, 16));
  return `'sha256-${btoa(String.fromCharCode(...bytes))}'`;
}

/** The hashes of all scripts within pages, each once. */
export async function hashSources(...pages: readonly string[]): Promise<string[]> {
  return [...new Set(await Promise.all(pages.flatMap(inlineScripts).map(hashSource)))];
}

/** What lets the scripts of one answer in: 128 random bits, as `'nonce-…'`. */
export function nonceSource(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `'nonce-${btoa(String.fromCharCode(...bytes))}'`;
}
