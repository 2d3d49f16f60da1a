// Entries of a catalog as text, by what the catalog says of their fields: `dense-10-softmax_dropout-.5`. Entries are
// separated by _, an entry's kind and values by -. A value that is the field's default is an empty place, and empty
// places at the end are left out. A field of layers has their number in its place, and the layers follow as entries
// of their own: `residual-2_conv2d-8_conv2d-8_flatten`.
//
// Values have no names here, only places. So the order of a definition's fields, their defaults and the words of a
// choice are part of every link that was ever made: add fields at the end, and change none of the rest.
import type { Field, Fields, NestedLayer } from "../spec/fields";
import * as layers from "../spec/layers/registry";
import { ParseError, show } from "../spec/parse";
import { readNumber, readWord, writeNumber, writeWord } from "./words";

export type Catalog = Readonly<Record<string, { fields: Fields }>>;

/** More layers within layers than a spec may have are refused before anything else looks at them. */
const MAX_DEPTH = 8;

/** @throws ParseError that quotes the part of the code that cannot be read */
export function refuse(part: string, allowed: string): never {
  throw new ParseError("code", part, allowed, `code has ${show(part)}; it must be ${allowed}.`);
}

export const writeEntries = (catalog: Catalog, entries: readonly NestedLayer[]): string =>
  entries.flatMap((entry) => writeEntry(catalog, entry)).join("_");

/** The entry's own text, then that of the layers within it. */
function writeEntry(catalog: Catalog, { kind, ...values }: NestedLayer): string[] {
  const inner: string[] = [];
  const places = writePlaces(catalog[kind]!.fields, values, inner);
  return [[writeWord(kind), ...places].join("-"), ...inner];
}

/**
 * Values in the order of their fields.
 * @param inner takes the entries of layers among the values
 */
export function writePlaces(fields: Fields, values: object, inner: string[] = []): string[] {
  const places = Object.entries(fields).map(([name, field]) => {
    const value = (values as Record<string, unknown>)[name];
    return value === undefined || value === field.default ? "" : writeValue(field, value, inner);
  });
  return places.slice(0, places.findLastIndex((place) => place !== "") + 1);
}

function writeValue(field: Field, value: unknown, inner: string[]): string {
  if (field.type === "number") return writeNumber(value as number);
  if (field.type === "choice") return writeWord(value as string);
  if (field.type === "boolean") return value ? "1" : "0";
  const list = value as NestedLayer[];
  if (writeEntries(layers, list) === writeEntries(layers, field.default)) return "";
  inner.push(...list.flatMap((layer) => writeEntry(layers, layer)));
  return String(list.length);
}

/** @returns what `parseExperiment` takes. @throws ParseError */
export function readEntries(catalog: Catalog, text: string): unknown[] {
  const parts = new Parts(text.split("_"));
  const entries: unknown[] = [];
  while (!parts.isEmpty) entries.push(readEntry(catalog, parts, 0));
  return entries;
}

/** Entries that are read one after the other. */
class Parts {
  private next = 0;
  constructor(private readonly texts: readonly string[]) {}
  get isEmpty(): boolean {
    return this.next === this.texts.length;
  }
  take(): string {
    return this.texts[this.next++]!;
  }
}

function readEntry(catalog: Catalog, parts: Parts, depth: number): NestedLayer {
  const text = parts.take();
  const [word, ...places] = text.split("-") as [string, ...string[]];
  const kind = readWord(word) ?? word;
  // A kind that is not there is left to the spec, which names those that are.
  if (!Object.hasOwn(catalog, kind)) return { kind };
  return { ...readPlaces(catalog[kind]!.fields, places, text, parts, depth), kind };
}

/**
 * Values by the names of their fields; what is left out has its default. Text that is no value of its field comes
 * back as it is, for the spec to refuse by name.
 * @param text what a refusal quotes
 * @throws ParseError
 */
export function readPlaces(
  fields: Fields,
  places: readonly string[],
  text: string,
  parts = new Parts([]),
  depth = 0,
): Record<string, unknown> {
  const names = Object.keys(fields);
  if (places.length > names.length) refuse(text, `a name and at most ${names.length} values`);
  const values = places.map((place, i): [string, unknown] => [
    names[i]!,
    place === "" ? undefined : readValue(fields[names[i]!]!, place, text, parts, depth),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function readValue(field: Field, place: string, text: string, parts: Parts, depth: number): unknown {
  if (field.type === "number") return readNumber(place) ?? place;
  if (field.type === "choice") return readWord(place) ?? place;
  if (field.type === "boolean") return place === "1" ? true : place === "0" ? false : place;
  const count = /^\d{1,3}$/.test(place)
    ? Number(place)
    : refuse(text, "a block with the number of its layers");
  if (depth === MAX_DEPTH) refuse(text, `within at most ${MAX_DEPTH} blocks`);
  const inner: unknown[] = [];
  while (inner.length < count && !parts.isEmpty) inner.push(readEntry(layers, parts, depth + 1));
  return inner.length === count ? inner : refuse(text, `followed by ${count} layers`);
}
