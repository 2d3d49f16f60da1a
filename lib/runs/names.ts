// Where the parts of published runs lie in the store. Every name is immutable: it says what is in the object, or is
// drawn at random for one upload.
import * as z from "zod/mini";
import { parse } from "../spec/parse";

export const runName = (id: string) => `runs/${id}.json`;

/** Weights that this server has checked and stored itself. */
export const weightsName = (sha256: string) => `weights/${sha256}`;

/**
 * A name for weights that a browser uploads by itself. Nobody has checked yet what will be there, so that it is
 * drawn: a name that could be foretold could be taken by somebody's garbage first.
 */
export function drawUploadName(sha256: string): string {
  const nonce = crypto.getRandomValues(new Uint8Array(16));
  return `uploads/${sha256}-${Array.from(nonce, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** The name of uploaded weights. @throws ParseError where it is none, or not of these weights */
export function parseUploadName(input: unknown, sha256: string): string {
  const error = "the name that POST /api/runs/uploads gave for these weights";
  const schema = z
    .string({ error })
    .check(z.regex(new RegExp(`^uploads/${sha256}-[0-9a-f]{32}$`), { error }));
  return parse(schema, input, "upload");
}

/** Whether a name is one that weights with this hash may have. */
export const isNameOf = (name: string, sha256: string): boolean =>
  name === weightsName(sha256) || new RegExp(`^uploads/${sha256}-[0-9a-f]{32}$`).test(name);
