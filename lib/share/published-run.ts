// A published run: the record of a run and the weights that it ended with. Its name is the hash of its content, so
// that a page that is there can only ever say what it said when it was made.
import * as z from "zod/mini";
import { hashSchema, parseRunRecord, type RunRecord } from "../metrics/run-record";
import { canonical } from "../spec/experiment";
import { object, parse } from "../spec/parse";

/** How the weights of a published run are written; see weights.ts. */
export const weightEncodings = ["int8", "float32"] as const;
export type WeightEncoding = (typeof weightEncodings)[number];

/** The largest weights that can be published. */
export const MAX_WEIGHTS_BYTES = 32 * 1024 * 1024;

export interface WeightsDescription {
  encoding: WeightEncoding;
  sizeBytes: number;
  /** Of the encoded bytes. */
  sha256: string;
  /** On the test file, with the weights as they are encoded; measured where they were published. */
  testAccuracy: number;
}

export interface PublishedRun {
  version: 1;
  run: RunRecord;
  weights: WeightsDescription;
}

const sizeAllowed = `a whole number from 1 to ${MAX_WEIGHTS_BYTES}`;
const shareAllowed = "a number from 0 to 1";
const publishedSchema = object({
  version: z.literal(1, { error: "1" }),
  run: z.unknown(),
  weights: object({
    encoding: z.enum(weightEncodings, { error: '"int8" or "float32"' }),
    sizeBytes: z
      .int({ error: sizeAllowed })
      .check(z.minimum(1, { error: sizeAllowed }), z.maximum(MAX_WEIGHTS_BYTES, { error: sizeAllowed })),
    sha256: hashSchema,
    testAccuracy: z
      .number({ error: shareAllowed })
      .check(z.minimum(0, { error: shareAllowed }), z.maximum(1, { error: shareAllowed })),
  }),
});

/** Reads a published run from anything. @throws ParseError naming the field, the value and what is allowed */
export function parsePublishedRun(input: unknown): PublishedRun {
  const { version, run, weights } = parse(publishedSchema, input, "run");
  return { version, run: parseRunRecord(run), weights };
}

/** The text that names the run and that is stored: keys in one order, the experiment in its canonical form. */
export function canonicalRun(published: PublishedRun): string {
  const { version, run, weights } = parsePublishedRun(published);
  return JSON.stringify({
    version,
    run: { ...run, experiment: JSON.parse(canonical(run.experiment)) },
    weights,
  });
}

/** A run's name from a path or a field. @throws ParseError */
export const parseRunId = (input: unknown): string => parse(hashSchema, input, "id");
