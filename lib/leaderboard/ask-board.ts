// A board as a page reads it: the API's answer, checked. An entry that cannot be read is left out and the others stay,
// as where a page is older than the server that it asks.
import * as z from "zod/mini";
import { type DeviceClass, deviceClasses } from "../metrics/run-record";
import { askApi, type Fetch } from "../runs/ask";
import { ParseError, parse } from "../spec/parse";
import { type BoardId, boardIdSchema } from "./find-board";
import { type LeaderboardAnswer, type PlacedEntry, parsePlacedEntry } from "./records";

/** A board, and the class of devices where it tells them apart. */
export interface AskedBoard {
  board: BoardId;
  device: DeviceClass | null;
}

interface Asking {
  /** How many entries. */
  limit?: number;
  /** Where the answer before this one ended. */
  cursor?: string | null;
  signal?: AbortSignal;
  fetch?: Fetch;
}

/** The most that one answer holds. */
export const MOST_ENTRIES = 100;

const answerSchema = z.object({
  board: boardIdSchema,
  device: z.nullable(z.enum(deviceClasses)),
  entries: z.array(z.unknown()),
  nextCursor: z.nullable(z.string()),
  updatedAt: z.string(),
});

function readable(input: unknown): PlacedEntry[] {
  try {
    return [parsePlacedEntry(input)];
  } catch (error) {
    if (error instanceof ParseError) return [];
    throw error;
  }
}

/** Reads the body of an answer. @throws ParseError where it is none at all */
export function parseBoardAnswer(body: unknown): LeaderboardAnswer {
  const answer = parse(answerSchema, body, "leaderboard");
  return { ...answer, entries: answer.entries.flatMap(readable) };
}

/**
 * Asks this server for a part of a board.
 * @throws Error in one sentence, or the signal's reason where it was aborted
 */
export async function askBoard(
  { board, device }: AskedBoard,
  { limit = 50, cursor = null, signal, fetch }: Asking = {},
): Promise<LeaderboardAnswer> {
  const query = new URLSearchParams({ board, limit: String(limit) });
  if (device !== null) query.set("device", device);
  if (cursor !== null) query.set("cursor", cursor);
  const { body } = await askApi(`/api/leaderboard?${query}`, { method: "GET", signal, fetch });
  try {
    return parseBoardAnswer(body);
  } catch (cause) {
    throw new Error("What the server answered is no board: reload the page, then try again.", { cause });
  }
}
