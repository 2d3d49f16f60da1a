// Sweeps and their results as they are stored: whatever is read has been through here.
import * as z from "zod/mini";
import { parseExperiment, trainingFields } from "../spec/experiment";
import { object, ParseError, parse } from "../spec/parse";
import { MAX_CELLS } from "./cells";
import { readPath } from "./path";
import { trainingsOf } from "./plan";
import type { CellResult, SweepSpec } from "./sweep";

const MAX_AXES = 3;
const MAX_VALUES = 64;
const MAX_RANGES = 8;

const textOf = (most: number) => {
  const error = `a text of 1 to ${most} characters`;
  return z.string({ error }).check(z.minLength(1, { error }), z.maxLength(most, { error }));
};
const countOf = (least: number, most: number) => {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).check(z.minimum(least, { error }), z.maximum(most, { error }));
};
const listOf = <T>(items: z.ZodMiniType<T>, least: number, most: number) => {
  const error = `a list of ${least} to ${most}`;
  return z.array(items, { error }).check(z.minLength(least, { error }), z.maxLength(most, { error }));
};

const pathAllowed = 'a path such as "optimizer.learningRate"';
const field = z
  .string({ error: pathAllowed })
  .check(z.refine((text) => readPath(text) !== null, { error: pathAllowed }));
const label = textOf(80);
const finite = z.number({ error: "a finite number" });
const title = textOf(120);

const gridSchema = object({
  kind: z.literal("grid"),
  title,
  base: z.unknown(),
  axes: listOf(
    object({
      field,
      label,
      // What is put at the field goes through the experiment's own parser.
      values: listOf(object({ label, value: z.unknown() }), 1, MAX_VALUES),
    }),
    1,
    MAX_AXES,
  ),
});

const rangeAllowed = "a range from less to more, over 0 where it is drawn over decades";
const epochs = trainingFields.epochs.schema;
const searchSchema = object({
  kind: z.literal("search"),
  title,
  base: z.unknown(),
  ranges: listOf(
    object({
      field,
      label,
      min: finite,
      max: finite,
      integer: z.boolean(),
      logarithmic: z.boolean(),
    }).check(
      z.refine(({ min, max, logarithmic }) => min <= max && (!logarithmic || min > 0), {
        error: rangeAllowed,
      }),
    ),
    1,
    MAX_RANGES,
  ),
  trials: countOf(1, MAX_CELLS),
  minEpochs: epochs,
  maxEpochs: epochs,
  keepOneIn: countOf(2, 10),
  seed: countOf(0, 2 ** 32 - 1),
});

const sweepAllowed = 'a sweep with "grid" or "search" as its kind';
const sweepSchema = z.discriminatedUnion("kind", [gridSchema, searchSchema], { error: sweepAllowed });

/**
 * Reads a sweep from anything.
 * @throws ParseError naming the field, the value and what is allowed
 */
export function parseSweep(input: unknown): SweepSpec {
  const { base, ...rest } = parse(sweepSchema, input, "sweep");
  const sweep = { ...rest, base: parseExperiment(base) } as SweepSpec;
  if (sweep.kind === "search" && sweep.minEpochs > sweep.maxEpochs)
    throw new ParseError("minEpochs", sweep.minEpochs, `at most maxEpochs, ${sweep.maxEpochs}`);
  const trainings = trainingsOf(sweep);
  if (trainings > MAX_CELLS)
    throw new ParseError(
      "sweep",
      trainings,
      `at most ${MAX_CELLS}`,
      `The sweep is ${trainings} trainings; it must be at most ${MAX_CELLS}.`,
    );
  return sweep;
}

const shareAllowed = "a number from 0 to 1";
const resultsSchema = listOf(
  object({
    id: textOf(40),
    score: z
      .number({ error: shareAllowed })
      .check(z.minimum(0, { error: shareAllowed }), z.maximum(1, { error: shareAllowed })),
    valLoss: z.nullable(finite),
    epochs: countOf(0, 1e6),
    elapsedMs: z
      .number({ error: "milliseconds from 0 on" })
      .check(z.minimum(0, { error: "milliseconds from 0 on" })),
    failure: z.nullable(textOf(1000)),
  }),
  0,
  MAX_CELLS,
);

/** Reads results from anything. @throws ParseError naming the field, the value and what is allowed */
export const parseResults = (input: unknown): CellResult[] => parse(resultsSchema, input, "results");
