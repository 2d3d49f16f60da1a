// GET /api/leaderboard?board=&limit=&cursor=&device=: a board's places. What is a little old is
// answered at once and asked for again meanwhile; what is older waits for the store, though not long; and when the store
// is down the last good answer stays.
import * as z from "zod/mini";
import { deviceClasses } from "../metrics/run-record";
import { oneOf } from "../spec/fields";
import { object, ParseError, parse } from "../spec/parse";
import { boardIdSchema, type Listing, listings } from "./find-board";
import { placesOf } from "./ranking";
import type { LeaderboardAnswer, PlacedEntry } from "./records";
import type { Lists } from "./top-list";

const MOST = 100;
const USUAL = 50;
/** So long a board is taken as it was. */
const FRESH_MS = 2_000;
/** What is older than that is worth a wait, but not a long one. */
const STALE_MS = 5_000;
const PATIENCE_MS = 1_000;
const cacheControl = "public, max-age=0, s-maxage=5, stale-while-revalidate=86400, stale-if-error=86400";

const limitAllowed = `a whole number from 1 to ${MOST}`;
const cursorAllowed = "the nextCursor of an answer";
const querySchema = object({
  board: boardIdSchema,
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/, { error: limitAllowed }))),
  cursor: z.optional(z.string().check(z.regex(/^[1-9]\d{0,3}$/, { error: cursorAllowed }))),
  device: z.optional(z.enum(deviceClasses, { error: oneOf(deviceClasses) })),
});

interface Asked {
  listing: Listing;
  from: number;
  limit: number;
}

function parseQuery(url: string): Asked {
  const query = Object.fromEntries(new URL(url).searchParams);
  const { board, limit, cursor, device } = parse(querySchema, query, "request");
  const ofBoard = listings.filter((listing) => listing.board.id === board);
  if (device !== undefined && ofBoard[0]!.deviceClass === null)
    throw new ParseError("device", device, `left out: the board ${board} does not tell devices apart`);
  const listing = ofBoard.find(({ deviceClass }) => deviceClass === (device ?? "computer")) ?? ofBoard[0]!;
  return { listing, from: Number(cursor ?? 0), limit: Number(limit ?? USUAL) };
}

interface Known {
  places: PlacedEntry[];
  updatedAt: string;
  version: number;
  /** Pages as they are sent, so that they are written as text once, not for each reader. */
  bodies: Map<string, Uint8Array<ArrayBuffer>>;
}

interface Board {
  known: Known | null;
  knownAt: number;
  askedAt: number;
  asking: Promise<Known> | null;
}

/** @param now milliseconds */
export function createBoardAnswer(lists: Lists, now: () => number = Date.now) {
  const boards = new Map<string, Board>();

  async function ask({ name, board }: Listing, former: Known | null): Promise<Known> {
    const top = await lists.read(name);
    if (former !== null && (top === null || top.version === former.version)) return former;
    const places = top === null ? [] : placesOf(board, top);
    const updatedAt = top?.updatedAt ?? new Date(now()).toISOString();
    return { places, updatedAt, version: top?.version ?? 0, bodies: new Map() };
  }

  function boardOf(listing: Listing): Promise<Known> {
    const board = boards.get(listing.name) ?? { known: null, knownAt: 0, askedAt: 0, asking: null };
    boards.set(listing.name, board);
    if (board.asking === null && (board.known === null || now() - board.askedAt >= FRESH_MS)) {
      board.askedAt = now();
      const asking = ask(listing, board.known);
      board.asking = asking;
      asking
        .then((known) => {
          board.known = known;
          board.knownAt = now();
        })
        // Who waits is told; who has the last good answer keeps it.
        .catch((error) => console.error(`The board ${listing.name} could not be read:`, error))
        .finally(() => {
          board.asking = null;
        });
    }
    const { known, asking, knownAt } = board;
    if (known === null) return asking!;
    if (asking === null || now() - knownAt < STALE_MS) return Promise.resolve(known);
    const given = new Promise<Known>((resolve) => setTimeout(resolve, PATIENCE_MS, known));
    return Promise.race([asking.catch(() => known), given]);
  }

  function bodyOf(
    { listing, from, limit }: Asked,
    { places, updatedAt, bodies }: Known,
  ): Uint8Array<ArrayBuffer> {
    const key = `${from} ${limit}`;
    const made = bodies.get(key);
    if (made !== undefined) return made;
    const end = from + limit;
    const answer: LeaderboardAnswer = {
      board: listing.board.id,
      device: listing.deviceClass,
      entries: places.slice(from, end),
      nextCursor: end < places.length ? String(end) : null,
      updatedAt,
    };
    const body = new TextEncoder().encode(JSON.stringify(answer));
    bodies.set(key, body);
    return body;
  }

  /** @throws ParseError 422, StoreError 503 where the store is down and nothing is known yet */
  return async function answer(request: Request): Promise<Response> {
    const asked = parseQuery(request.url);
    const known = await boardOf(asked.listing);
    const etag = `"${known.version}-${asked.from}-${asked.limit}"`;
    const headers = { ETag: etag, "Cache-Control": cacheControl };
    if (request.headers.get("if-none-match")?.replace(/^W\//, "") === etag)
      return new Response(null, { status: 304, headers });
    return new Response(bodyOf(asked, known), {
      headers: { ...headers, "Content-Type": "application/json" },
    });
  };
}
