// The one way in: whatever comes from a URL, a message, a request, a file or a store is unknown until it has
// been through `parse`, and what is wrong with it is said in one sentence.
import * as z from "zod/mini";
import { type Fields, oneOf, shapeOf } from "./fields";

// Zod would otherwise probe for `new Function`, which the Content-Security-Policy reports.
z.config({ jitless: true });

/** Bad input. `message` is one sentence that names the field, the value and what is allowed. */
export class ParseError extends Error {
  override name = "ParseError";
  constructor(
    readonly field: string,
    readonly value: unknown,
    readonly allowed: string,
    message = `${field} is ${show(value)}; it must be ${allowed}.`,
  ) {
    super(message);
  }
}

/** An object with just these fields; others are refused by name. */
export function object<S extends Readonly<Record<string, z.ZodMiniType>>>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? oneOf(Object.keys(shape)) : "an object"),
  });
}

/** `{ kind, … }` of any entry of a catalog; the kind is named where it is none of them. */
export function anyOf(catalog: Readonly<Record<string, { kind: string; fields: Fields }>>) {
  const options = Object.values(catalog).map(({ kind, fields }) =>
    object({ kind: z.literal(kind), ...shapeOf(fields) }),
  );
  return z.discriminatedUnion("kind", options as [(typeof options)[number]], {
    error: (issue) =>
      issue.code === "invalid_union"
        ? oneOf(Object.values(catalog).map(({ kind }) => kind))
        : "an object with a kind",
  });
}

/** A value written out for a message: at most 60 characters. */
export function show(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "symbol")
    return String(value);
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined;
  }
  text ??= typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function formatPath(path: readonly PropertyKey[], root: string): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text === "" ? root : text.replace(/^\./, "");
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) value = Object(value)[part as string];
  return value;
}

/**
 * Checks `input` against `schema`.
 * @param root what the whole input is called in a message, e.g. "experiment"
 * @throws ParseError on the first thing that does not fit
 */
export function parse<T>(schema: z.ZodMiniType<T>, input: unknown, root: string): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  if (issue.code === "unrecognized_keys") {
    const path = [...issue.path, issue.keys[0]!];
    const field = formatPath(path, root);
    const value = Object.getOwnPropertyDescriptor(Object(valueAt(input, issue.path)), issue.keys[0]!)?.value;
    const message = `${field} is ${show(value)}, but there is no such field; it must be ${issue.message}.`;
    throw new ParseError(field, value, issue.message, message);
  }
  throw new ParseError(formatPath(issue.path, root), valueAt(input, issue.path), issue.message);
}
