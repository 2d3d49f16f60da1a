// A place in an experiment as people read it: "training.batchSize", "layers[1].units". Only what is there is reached, so
// that a path from a file cannot touch anything else.

export type Path = readonly (string | number)[];

const PATH = /^[a-z]\w*(?:\[\d{1,3}\])*(?:\.[a-z]\w*(?:\[\d{1,3}\])*)*$/i;

/** The parts of a path; null where the text is none. */
export function readPath(text: string): Path | null {
  if (!PATH.test(text)) return null;
  return [...text.matchAll(/[a-z]\w*|\d+/gi)].map(([part]) => (/^\d/.test(part) ? Number(part) : part));
}

/** What is at a place, own fields only; undefined where nothing is. */
export function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** A copy with another value at a place where there is one already; the rest is shared. */
export function withValue<T>(target: T, path: Path, value: unknown): T {
  const [part, ...rest] = path;
  if (part === undefined) return value as T;
  const copy = (Array.isArray(target) ? [...target] : { ...target }) as Record<string | number, unknown>;
  copy[part] = withValue(copy[part], rest, value);
  return copy as T;
}
