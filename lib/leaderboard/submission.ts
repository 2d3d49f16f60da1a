// What a player sends to a board: a published run with its weights as float32, and who sends it. Known to the page and
// to the server alike; both make the same text to sign and the same name.
import * as z from "zod/mini";
import { sha256Of } from "../sha256";
import { canonical, type ExperimentSpec } from "../spec/experiment";
import { object, parse } from "../spec/parse";
import { type BoardId, boardIdSchema } from "./find-board";
import { SEASON } from "./names";

/** How a browser signs; see player-key.ts. */
export const keyAlgorithms = ["Ed25519", "P-256"] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

export interface Submission {
  version: 1;
  board: BoardId;
  player: {
    /** As chosen; null for a generated one. */
    name: string | null;
    algorithm: KeyAlgorithm;
    /** The public key's raw bytes, base64url: 32 for Ed25519, 65 for P-256. */
    key: string;
  };
  /** As `GET /api/challenge` gave it. */
  token: string;
  /** The solution of the token's proof of work. */
  work: number;
  /** Of `signedText`, base64url, 64 bytes. */
  signature: string;
}

const text = (allowed: string, pattern: RegExp) =>
  z.string({ error: allowed }).check(z.regex(pattern, { error: allowed }));

const nameAllowed = "a name, or null";
const workAllowed = "a whole number from 0 to 4294967295";
export const playerSchema = object({
  name: z.nullable(z.string({ error: nameAllowed }).check(z.maxLength(200, { error: "3 to 24 characters" }))),
  algorithm: z.enum(keyAlgorithms, { error: '"Ed25519" or "P-256"' }),
  key: text("a public key's raw bytes in base64url", /^[A-Za-z0-9_-]{43,87}$/),
});
export const tokenSchema = text("a token from /api/challenge", /^[\w.~-]{20,400}$/);
export const workSchema = z
  .int({ error: workAllowed })
  .check(z.minimum(0, { error: workAllowed }), z.maximum(2 ** 32 - 1, { error: workAllowed }));
export const signatureSchema = text("64 bytes in base64url", /^[A-Za-z0-9_-]{86}$/);

const submissionSchema = object({
  version: z.literal(1, { error: "1" }),
  board: boardIdSchema,
  player: playerSchema,
  token: tokenSchema,
  work: workSchema,
  signature: signatureSchema,
});

/** Reads a submission from anything. @throws ParseError naming the field, the value and what is allowed */
export const parseSubmission = (input: unknown): Submission => parse(submissionSchema, input, "submission");

/** What a player signs. All of it is of one kind a line, so that no part can run over into the next. */
export const signedText = (parts: {
  board: BoardId;
  /** As sent; null is the empty line. */
  name: string | null;
  /** SHA-256 of the experiment's canonical text. */
  experimentHash: string;
  /** SHA-256 of the weights as float32. */
  weightsHash: string;
  /** The published run's name. */
  run: string;
  token: string;
}): string =>
  [
    "descent submission 1",
    parts.board,
    (parts.name ?? "").replaceAll("\n", " "),
    parts.experimentHash,
    parts.weightsHash,
    parts.run,
    parts.token,
  ].join("\n");

export const experimentHash = (spec: ExperimentSpec): Promise<string> => sha256Of(canonical(spec));

/** A player's full mark: the same browser is the same player. @returns 64 hexadecimal digits */
export const playerOf = (algorithm: KeyAlgorithm, key: string): Promise<string> =>
  sha256Of(`${algorithm}:${key}`);

/** As many digits of it as are shown beside a name. */
const MARK_DIGITS = 6;
export const markOf = (player: string): string => player.slice(0, MARK_DIGITS);

/** A submission's name: the same run of the same player on the same board is the same submission. */
export const submissionId = (board: BoardId, player: string, run: string): Promise<string> =>
  sha256Of(`descent submission\n${SEASON}\n${board}\n${player}\n${run}`);
