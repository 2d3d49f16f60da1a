// What is kept of a submission, in three immutable objects one after the other: what was received, what scoring gave,
// what training again gave. Where it stands follows from which of them are there.
import * as z from "zod/mini";
import type { DeviceClass } from "../metrics/run-record";
import { deviceClasses, hashSchema } from "../metrics/run-record";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { object, ParseError, parse } from "../spec/parse";
import { type BoardId, boardIdSchema } from "./find-board";

export interface Received {
  version: 1;
  id: string;
  board: BoardId;
  /** The player's name, as it is shown. */
  name: string;
  /** The player's full mark, 64 hexadecimal digits. */
  player: string;
  /** The published run that was submitted. */
  run: string;
  weightsHash: string;
  /** Milliseconds since 1970. */
  receivedAt: number;
}

export type Proof = "replayed" | "evaluated" | "pending";

/** An entry of a board, as anybody may read it. */
export interface Entry {
  id: string;
  board: BoardId;
  /** The player's name. */
  player: string;
  /** Keeps equal names apart: the first digits of the player's full mark. */
  mark: string;
  /** What the board ranks by: the hidden set's accuracy, or seconds on the board `speedrun`. */
  score: number;
  hiddenAccuracy: number;
  cleanAccuracy: number;
  parameters: number;
  /** The engine's name, as the run says it. */
  engine: string;
  deviceClass: DeviceClass;
  /** "pending" waits for being trained again; "evaluated" stays so, for the reason beside it. */
  proof: Proof;
  /** Why it stays "evaluated", in one sentence; null where it does not. */
  reason: string | null;
  /** What is improbable about it, in one sentence; null where nothing is. */
  flagged: string | null;
  experiment: ExperimentSpec;
  /** The published run. */
  run: string;
  /** Accuracy after each epoch, of validation where there is one; at most 24 of them. */
  curve: number[];
  /** ISO 8601, UTC. */
  submittedAt: string;
}

/** An entry as it is kept: with what ranks it and tells it from others. */
export interface RankedEntry extends Entry {
  /** See BoardDefinition. */
  sortKey: string;
  /** See fingerprint.ts. */
  fingerprint: string;
}

export type Result =
  | { version: 1; outcome: "scored"; entry: RankedEntry; scoredAt: number }
  | {
      version: 1;
      outcome: "refused";
      /** "copied" where it is another's network, "disqualified" where the board's rule keeps it out. */
      code: "copied" | "disqualified";
      /** One sentence. */
      reason: string;
      /** The submission that was there first, where it is a copy. */
      copyOf: string | null;
      scoredAt: number;
    };

export interface Verdict {
  version: 1;
  /** "failed" where it could not be trained again for a reason that lies in the experiment. */
  outcome: "identical" | "different" | "failed";
  /** What came out; null where nothing did. */
  hash: string | null;
  /** One sentence; null where the weights are identical. */
  reason: string | null;
  elapsedMs: number;
  at: number;
}

/** How many of each order the cached top of a list holds. */
export const TOP_SIZE = 300;

/** The best of a list with all that is shown of them, and who knows since when. Never the truth: names are. */
export interface TopList {
  version: number;
  /** ISO 8601, UTC. */
  updatedAt: string;
  /** Both in the order of their names, at most TOP_SIZE each. */
  replayed: RankedEntry[];
  evaluated: RankedEntry[];
}

/** An entry with its place, as the API answers it. */
export interface PlacedEntry extends Entry {
  /** Null where it has none: it is not on the board, or too far down to be counted. */
  rank: number | null;
}

/** `GET /api/leaderboard`. */
export interface LeaderboardAnswer {
  board: BoardId;
  /** On boards that tell devices apart; else null. */
  device: DeviceClass | null;
  entries: PlacedEntry[];
  nextCursor: string | null;
  updatedAt: string;
}

export type SubmissionState =
  | "received"
  | "scored"
  | "replaying"
  | "replayed"
  | "evaluated"
  | "refused"
  | "removed";

/** `GET /api/submissions/<id>`. */
export interface SubmissionAnswer {
  id: string;
  board: BoardId;
  state: SubmissionState;
  /** Null until it is scored, and where it was refused. */
  entry: PlacedEntry | null;
  /** Why it was refused or removed, or stays as it is, in one sentence. */
  reason: string | null;
  /** Of training it again, 0 to 1; null where that is not under way. */
  progress: number | null;
  /** How many are trained again before this one; null where it does not wait. */
  ahead: number | null;
}

const wholeAllowed = "a whole number from 0 on";
const whole = z.int({ error: wholeAllowed }).check(z.minimum(0, { error: wholeAllowed }));
const share = z
  .number({ error: "a number from 0 to 1" })
  .check(z.minimum(0, { error: "a number from 0 to 1" }), z.maximum(1, { error: "a number from 0 to 1" }));
const sentence = z.nullable(z.string({ error: "a text or null" }));
const text = z.string({ error: "a text" });

const receivedSchema = object({
  version: z.literal(1, { error: "1" }),
  id: hashSchema,
  board: boardIdSchema,
  name: text,
  player: hashSchema,
  run: hashSchema,
  weightsHash: hashSchema,
  receivedAt: whole,
});

const entryFields = {
  id: hashSchema,
  board: boardIdSchema,
  player: text,
  mark: z.string({ error: "6 hexadecimal digits" }).check(z.regex(/^[0-9a-f]{6}$/)),
  score: z.number({ error: "a number" }),
  hiddenAccuracy: share,
  cleanAccuracy: share,
  parameters: whole,
  engine: text,
  deviceClass: z.enum(deviceClasses, { error: '"phone", "tablet" or "computer"' }),
  proof: z.enum(["replayed", "evaluated", "pending"], { error: '"replayed", "evaluated" or "pending"' }),
  reason: sentence,
  flagged: sentence,
  experiment: z.unknown(),
  run: hashSchema,
  curve: z.array(share, { error: "a list of shares" }).check(z.maxLength(24)),
  submittedAt: text,
};
const entrySchema = object({
  ...entryFields,
  sortKey: z.string({ error: "digits and slashes" }).check(z.regex(/^[0-9/]+$/)),
  fingerprint: z.string({ error: "128 hexadecimal digits" }).check(z.regex(/^[0-9a-f]{128}$/)),
});

const placedSchema = object({ ...entryFields, rank: z.nullable(whole) });

const resultSchema = z.discriminatedUnion("outcome", [
  object({
    version: z.literal(1, { error: "1" }),
    outcome: z.literal("scored"),
    entry: entrySchema,
    scoredAt: whole,
  }),
  object({
    version: z.literal(1, { error: "1" }),
    outcome: z.literal("refused"),
    code: z.enum(["copied", "disqualified"]),
    reason: text,
    copyOf: z.nullable(hashSchema),
    scoredAt: whole,
  }),
]);

const verdictSchema = object({
  version: z.literal(1, { error: "1" }),
  outcome: z.enum(["identical", "different", "failed"]),
  hash: z.nullable(hashSchema),
  reason: sentence,
  elapsedMs: z.number({ error: "milliseconds" }),
  at: whole,
});

const listSchema = object({
  version: whole,
  updatedAt: text,
  replayed: z.array(entrySchema),
  evaluated: z.array(entrySchema),
});

/** The stored bytes' JSON, or undefined, which no schema takes. */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

const withExperiment = <E extends Entry>(entry: Omit<E, "experiment"> & { experiment: unknown }): E => {
  try {
    return { ...entry, experiment: parseExperiment(entry.experiment) } as E;
  } catch (error) {
    if (error instanceof ParseError)
      throw new ParseError(`experiment.${error.field}`, error.value, error.allowed);
    throw error;
  }
};

/** Each reads what the store gave. @throws ParseError where it is damaged */
export const parseReceived = (bytes: Uint8Array): Received =>
  parse(receivedSchema, jsonOf(bytes), "submission");
export const parseVerdict = (bytes: Uint8Array): Verdict => parse(verdictSchema, jsonOf(bytes), "verdict");
export const parseEntry = (bytes: Uint8Array): RankedEntry =>
  withExperiment<RankedEntry>(parse(entrySchema, jsonOf(bytes), "entry"));
/** An entry as the API answers it. @throws ParseError where it is none */
export const parsePlacedEntry = (input: unknown): PlacedEntry =>
  withExperiment<PlacedEntry>(parse(placedSchema, input, "entry"));
export function parseResult(bytes: Uint8Array): Result {
  const result = parse(resultSchema, jsonOf(bytes), "result");
  return result.outcome === "scored"
    ? { ...result, entry: withExperiment<RankedEntry>(result.entry) }
    : result;
}
/** Experiments are left as they are: hundreds of them take long to check, and whoever opens one does. */
export const parseTopList = (bytes: Uint8Array): TopList =>
  parse(listSchema, jsonOf(bytes), "list") as unknown as TopList;

/** What everybody may see of an entry. */
export function publicEntry({ sortKey: _, fingerprint: __, ...entry }: RankedEntry): Entry {
  return entry;
}
