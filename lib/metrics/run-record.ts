// What is kept of a run when it is over: numbers and words alone, the same in this browser's history, in a published
// run and in a file. The weights travel beside it.
import * as z from "zod/mini";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { object, ParseError, parse } from "../spec/parse";
import type { EpochRecord } from "./history";
import { MAX_BUCKETS, type Series } from "./series";

export const deviceClasses = ["phone", "tablet", "computer"] as const;
export type DeviceClass = (typeof deviceClasses)[number];

/** Where and how a run was made. */
export interface RunEnvironment {
  engine: { id: string; name: string; device: string };
  deviceClass: DeviceClass;
  /** Training and validation in all, pauses not counted. */
  elapsedMs: number;
  /** ISO 8601, UTC. */
  finishedAt: string;
  /** SHA-256 of the weights as they were trained, as the log prints it. */
  weightsHash: string;
}

export interface Score {
  loss: number;
  /** A share, 0 to 1. */
  accuracy: number;
}

export interface RunRecord {
  version: 1;
  experiment: ExperimentSpec;
  /** On the first batch, untrained. */
  before: Score;
  /** Batch by batch, in at most 300 means each. */
  curves: { loss: Series; accuracy: Series };
  /** Training steps behind the weights: more than the epochs' where the last one was broken off. */
  steps: number;
  /** One entry an epoch that was finished, from the first. */
  history: EpochRecord[];
  test: Score;
  environment: RunEnvironment;
  /** The published run that the experiment was forked from. */
  forkedFrom: string | null;
  /** The epoch, from 1, whose weights these are; left out where they are the last one's. */
  restoredEpoch?: number;
}

const finiteAllowed = "a finite number";
const finite = z.number({ error: finiteAllowed });
const counting = (allowed: string) =>
  z.int({ error: allowed }).check(z.minimum(0, { error: allowed }), z.maximum(1e9, { error: allowed }));
const count = counting("a whole number from 0 to 1000000000");
const shareAllowed = "a number from 0 to 1";
const share = z
  .number({ error: shareAllowed })
  .check(z.minimum(0, { error: shareAllowed }), z.maximum(1, { error: shareAllowed }));
const durationAllowed = "milliseconds from 0 on";
const duration = z.number({ error: durationAllowed }).check(z.minimum(0, { error: durationAllowed }));

/** Anything of that length: whoever shows it escapes it. */
const wordsAllowed = "a text of at most 120 characters";
const words = z.string({ error: wordsAllowed }).check(z.maxLength(120, { error: wordsAllowed }));

const hashAllowed = "64 hexadecimal digits";
/** A SHA-256, which is also what names a published run. */
export const hashSchema = z
  .string({ error: hashAllowed })
  .check(z.regex(/^[0-9a-f]{64}$/, { error: hashAllowed }));

const dateAllowed = "a date and time such as 2026-11-22T08:00:00.000Z";
const finishedAt = z
  .string({ error: dateAllowed })
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, { error: dateAllowed }));

const meansAllowed = `a list of at most ${MAX_BUCKETS} numbers`;
const seriesAllowed = "a series whose buckets hold its steps";
/** A `Series` of at most 300 means. */
export const seriesSchema = object({
  steps: count,
  stride: z
    .int({ error: "a power of two" })
    .check(z.minimum(1, { error: "a power of two" }), z.maximum(2 ** 30, { error: "a power of two" })),
  means: z.array(finite, { error: meansAllowed }).check(z.maxLength(MAX_BUCKETS, { error: meansAllowed })),
}).check(
  z.refine(({ steps, stride, means }) => means.length === Math.ceil(steps / stride), {
    error: seriesAllowed,
  }),
);

const score = object({ loss: finite, accuracy: share });
const epochAllowed = "epochs from 1 on, one after the other";
const historyAllowed = "a list of 1 to 1000 epochs";
/** An `EpochRecord`. */
export const epochSchema = object({
  epoch: count,
  loss: finite,
  accuracy: share,
  valLoss: z.nullable(finite),
  valAccuracy: z.nullable(share),
  steps: count,
  elapsedMs: duration,
  msPerStep: duration,
});

const restoredAllowed = "an epoch of the history";
const engineIdAllowed = "the name of an engine, such as wasm";
const recordSchema = object({
  version: z.literal(1, { error: "1" }),
  experiment: z.unknown(),
  before: score,
  curves: object({ loss: seriesSchema, accuracy: seriesSchema }),
  steps: count,
  history: z.array(epochSchema, { error: historyAllowed }).check(
    z.minLength(1, { error: historyAllowed }),
    z.maxLength(1000, { error: historyAllowed }),
    z.refine((list) => list.every((entry, index) => entry.epoch === index + 1), { error: epochAllowed }),
  ),
  test: score,
  environment: object({
    engine: object({
      id: z
        .string({ error: engineIdAllowed })
        .check(z.regex(/^[a-z0-9-]{1,40}$/, { error: engineIdAllowed })),
      name: words,
      device: words,
    }),
    deviceClass: z.enum(deviceClasses, { error: '"phone", "tablet" or "computer"' }),
    elapsedMs: duration,
    finishedAt,
    weightsHash: hashSchema,
  }),
  forkedFrom: z.nullable(hashSchema),
  restoredEpoch: z.optional(
    z
      .int({ error: restoredAllowed })
      .check(z.minimum(1, { error: restoredAllowed }), z.maximum(1000, { error: restoredAllowed })),
  ),
}).check(
  z.refine(({ restoredEpoch, history }) => restoredEpoch === undefined || restoredEpoch <= history.length, {
    path: ["restoredEpoch"],
    error: restoredAllowed,
  }),
);

/**
 * Reads a record from anything. Its keys come back in one order, so that the same record has the same JSON.
 * @throws ParseError naming the field, the value and what is allowed
 */
export function parseRunRecord(input: unknown, root = "run"): RunRecord {
  const { experiment, ...rest } = parse(recordSchema, input, root);
  try {
    return { ...rest, experiment: parseExperiment(experiment) } as RunRecord;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const field = error.field === "experiment" ? error.field : `experiment.${error.field}`;
    throw new ParseError(field, error.value, error.allowed);
  }
}
