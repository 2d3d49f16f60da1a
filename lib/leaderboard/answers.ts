// What the boards' API says of submissions, as a page reads it: even one's own server is parsed.
import * as z from "zod/mini";
import { hashSchema } from "../metrics/run-record";
import { oneOf } from "../spec/fields";
import { object, parse } from "../spec/parse";
import { boardIdSchema } from "./find-board";
import { parsePlacedEntry, type SubmissionAnswer, type SubmissionState } from "./records";

const states = [
  "received",
  "scored",
  "replaying",
  "replayed",
  "evaluated",
  "refused",
  "removed",
] as const satisfies readonly SubmissionState[];

const progressAllowed = "a number from 0 to 1, or null";
const aheadAllowed = "a whole number from 0 on, or null";
const answerSchema = object({
  id: hashSchema,
  board: boardIdSchema,
  state: z.enum(states, { error: oneOf(states) }),
  entry: z.unknown(),
  reason: z.nullable(z.string({ error: "a text or null" })),
  progress: z.nullable(
    z
      .number({ error: progressAllowed })
      .check(z.minimum(0, { error: progressAllowed }), z.maximum(1, { error: progressAllowed })),
  ),
  ahead: z.nullable(z.int({ error: aheadAllowed }).check(z.minimum(0, { error: aheadAllowed }))),
});

const entriesSchema = object({ entries: z.array(z.unknown(), { error: "a list" }) });

/** @throws ParseError naming the field, the value and what is allowed */
export function parseSubmissionAnswer(input: unknown, root = "answer"): SubmissionAnswer {
  const answer = parse(answerSchema, input, root);
  return { ...answer, entry: answer.entry === null ? null : parsePlacedEntry(answer.entry) };
}

/** Reads `GET /api/players/<player>`. @throws ParseError */
export const parsePlayerEntries = (input: unknown): SubmissionAnswer[] =>
  parse(entriesSchema, input, "answer").entries.map((entry, index) =>
    parseSubmissionAnswer(entry, `entries[${index}]`),
  );

/** Whether nothing will follow by itself any more. */
export const isSettled = ({ state }: Pick<SubmissionAnswer, "state">): boolean =>
  state === "replayed" || state === "evaluated" || state === "refused" || state === "removed";
