// What somebody says against an entry. Known to the page and to the server alike; both make the same text to sign.
import * as z from "zod/mini";
import { hashSchema } from "../metrics/run-record";
import { readJson } from "../runs/body";
import { oneOf } from "../spec/fields";
import { object, parse } from "../spec/parse";
import { type KeyAlgorithm, playerSchema, signatureSchema, tokenSchema, workSchema } from "./submission";

/** Each with what it is called on the page. */
export const reportReasons = {
  name: "The name or the title is offensive",
  impersonation: "It passes for somebody else",
  copied: "It is somebody else's network",
  cheating: "The score cannot be right",
  other: "Something else",
} as const;

export type ReportReason = keyof typeof reportReasons;

export const MAX_NOTE_LENGTH = 300;

export interface Report {
  version: 1;
  reason: ReportReason;
  /** In the reporter's own words, for the operator alone; empty where there are none. */
  note: string;
  player: { algorithm: KeyAlgorithm; key: string };
  /** As `GET /api/challenge` gave it, for the entry's board. */
  token: string;
  /** The solution of the token's proof of work. */
  work: number;
  /** Of `reportText`, base64url, 64 bytes. */
  signature: string;
}

const reasons = Object.keys(reportReasons) as [ReportReason, ...ReportReason[]];
const noteAllowed = `a text of at most ${MAX_NOTE_LENGTH} characters`;
const reasonSchema = z.enum(reasons, { error: oneOf(reasons) });
const noteSchema = z
  .string({ error: noteAllowed })
  .check(z.maxLength(MAX_NOTE_LENGTH, { error: noteAllowed }));

const reportSchema = object({
  version: z.literal(1, { error: "1" }),
  reason: reasonSchema,
  note: noteSchema,
  player: object({ algorithm: playerSchema.shape.algorithm, key: playerSchema.shape.key }),
  token: tokenSchema,
  work: workSchema,
  signature: signatureSchema,
});

/** Reads a report from anything. @throws ParseError naming the field, the value and what is allowed */
export const parseReport = (input: unknown): Report => parse(reportSchema, input, "report");

/** What a player signs, of one kind a line as in submission.ts. */
export const reportText = (
  id: string,
  { reason, note, token }: Pick<Report, "reason" | "note" | "token">,
): string => ["descent report 1", id, reason, note.replaceAll("\n", " "), token].join("\n");

/** A report as it is kept. */
export interface StoredReport {
  version: 1;
  /** The entry's. */
  id: string;
  reason: ReportReason;
  note: string;
  /** The reporter's full mark. */
  player: string;
  /** Milliseconds since 1970. */
  reportedAt: number;
}

const storedSchema = object({
  version: z.literal(1, { error: "1" }),
  id: hashSchema,
  reason: reasonSchema,
  note: noteSchema,
  player: hashSchema,
  reportedAt: z.int(),
});

/** Reads what the store gave. @throws ParseError or ApiError where it is damaged */
export const parseStoredReport = (bytes: Uint8Array<ArrayBuffer>): StoredReport =>
  parse(storedSchema, readJson(bytes, "report"), "report");
