// A Field is one editable value of an experiment: its bounds, default, label and parser, written once.
// The form draws it, the parser checks it, the lessons and locks name it.
import * as z from "zod/mini";

interface FieldBase<T> {
  label: string;
  default: T;
  /** One sentence for whoever taps the label. */
  help?: string;
  /** What is allowed, as the end of "it must be …". */
  allowed: string;
  schema: z.ZodMiniType<T>;
}

export interface NumberField extends FieldBase<number> {
  type: "number";
  min: number;
  max: number;
  /** What one press of an arrow adds; fields that span decades multiply by ten instead. */
  step: number;
  integer: boolean;
  logarithmic: boolean;
}

export interface ChoiceField<T extends string = string> extends FieldBase<T> {
  type: "choice";
  options: readonly { value: T; label: string }[];
}

export interface BooleanField extends FieldBase<boolean> {
  type: "boolean";
}

/** A layer within a layer; its own fields are beside its kind. */
export type NestedLayer = { kind: string; [field: string]: unknown };

export interface LayersField extends FieldBase<NestedLayer[]> {
  type: "layers";
}

export type Field = NumberField | ChoiceField | BooleanField | LayersField;
export type Fields = Readonly<Record<string, Field>>;
/** The values that a set of fields describes, e.g. `{ units: number; activation: Activation }`. */
export type Values<F extends Fields> = { -readonly [K in keyof F]: z.output<F[K]["schema"]> };

interface NumberOptions {
  default: number;
  min: number;
  max: number;
  step?: number;
  integer?: boolean;
  logarithmic?: boolean;
  help?: string;
}

/** A number between `min` and `max`, both included; whole if `integer`. */
export function number(label: string, options: NumberOptions): NumberField {
  const { min, max, integer = false, logarithmic = false, step = integer ? 1 : 0.01 } = options;
  const allowed = `a ${integer ? "whole " : ""}number from ${min} to ${max}`;
  const base = integer ? z.int({ error: allowed }) : z.number({ error: allowed });
  const schema = base.check(z.minimum(min, { error: allowed }), z.maximum(max, { error: allowed }));
  return { type: "number", label, ...options, step, integer, logarithmic, allowed, schema };
}

/** One of a fixed list of words; `labels` holds what the form shows where the word itself is not enough. */
export function choice<const T extends string>(
  label: string,
  options: { default: NoInfer<T>; values: readonly T[]; labels?: Partial<Record<T, string>>; help?: string },
): ChoiceField<T> {
  const allowed = oneOf(options.values);
  return {
    type: "choice",
    label,
    default: options.default,
    help: options.help,
    options: options.values.map((value) => ({ value, label: options.labels?.[value] ?? value })),
    allowed,
    schema: z.enum(options.values, { error: allowed }) as unknown as z.ZodMiniType<T>,
  };
}

/** A switch. */
export function boolean(label: string, options: { default: boolean; help?: string }): BooleanField {
  const allowed = "true or false";
  return { type: "boolean", label, ...options, allowed, schema: z.boolean({ error: allowed }) };
}

/** A list of layers within a layer; `schema` reads them. */
export const layerList = (label: string, options: Omit<LayersField, "type" | "label">): LayersField => ({
  type: "layers",
  label,
  ...options,
});

/** The fields' defaults. */
export function defaults<F extends Fields>(fields: F): Values<F> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.default]),
  ) as Values<F>;
}

/** The fields' parsers by name; a field that is left out takes its default. */
export function shapeOf(fields: Fields): Record<string, z.ZodMiniType> {
  const parsers = Object.entries(fields).map(([name, { schema, default: fallback }]) => [
    name,
    z._default(schema as z.ZodMiniType, fallback),
  ]);
  return Object.fromEntries(parsers);
}

/** "a, b or c" for messages. */
export function oneOf(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`);
  return quoted.length < 2
    ? (quoted[0] ?? "nothing")
    : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}
