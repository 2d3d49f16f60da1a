// GET /api/submissions/<id>: where a submission stands. It follows from which of its objects are there.
import type { OpenStore } from "../blob/environment";
import { ApiError, respond } from "../http";
import { hashSchema } from "../metrics/run-record";
import { createRecent } from "../runs/recent";
import { parse } from "../spec/parse";
import { listingOf } from "./board";
import { boards } from "./find-board";
import { whyHidden } from "./moderation";
import { idIn, names } from "./names";
import { placesOf } from "./ranking";
import { readStored } from "./read-stored";
import {
  type Entry,
  type PlacedEntry,
  parseReceived,
  parseResult,
  parseVerdict,
  publicEntry,
  type SubmissionAnswer,
  type SubmissionState,
} from "./records";
import type { Replays } from "./replays";
import type { Lists } from "./top-list";

interface StatusParts {
  open(): OpenStore;
  lists: Lists;
  secret(): string;
  replays: Pick<Replays, "wake" | "progressOf" | "aheadOf">;
}

/** Objects in memory, as what they take in the store. */
const REMEMBERED_BYTES = 4_000_000;
/** A player's submissions that are told of. */
const LATEST = 20;

export function createStatus({ open, lists, secret, replays }: StatusParts) {
  const recent = createRecent<unknown>(REMEMBERED_BYTES);

  /** What is immutable is read once. */
  const read = <T>(name: string, parser: (bytes: Uint8Array<ArrayBuffer>) => T): Promise<T | null> =>
    recent.get(name, async () => {
      let size = 0;
      const value = await readStored(open().store, name, (bytes) => {
        size = bytes.length;
        return parser(bytes);
      });
      return value === null ? null : { value, size };
    }) as Promise<T | null>;

  /** The entry as the board shows it, or as it was scored where the board does not. */
  async function place(entry: Entry): Promise<PlacedEntry> {
    const board = boards[entry.board];
    const top = await lists.read(listingOf(board, entry.deviceClass));
    const placed = top === null ? undefined : placesOf(board, top).find(({ id }) => id === entry.id);
    return placed ?? { ...entry, rank: null };
  }

  async function readSubmission(id: string): Promise<SubmissionAnswer | null> {
    const received = await read(names.submission(id), parseReceived);
    if (received === null) return null;
    const said = (state: SubmissionState, parts: Partial<SubmissionAnswer> = {}): SubmissionAnswer => ({
      ...{ id, board: received.board, state, entry: null, reason: null, progress: null, ahead: null },
      ...parts,
    });
    const result = await read(names.result(id), parseResult);
    if (result === null) {
      replays.wake();
      return said("received");
    }
    if (result.outcome === "refused") return said("refused", { reason: result.reason });
    const hidden = await whyHidden(open().store, secret(), id);
    const entry = publicEntry(result.entry);
    if (hidden !== null) return said("removed", { entry: { ...entry, rank: null }, reason: hidden });
    const verdict = await read(names.verdict(id), parseVerdict);
    const placed = await place(entry);
    if (verdict?.outcome === "identical") {
      // Settled, but the board has still to hear of it: a place that is told now would be the former one.
      const isMoved = placed.rank === null || placed.proof === "replayed";
      return isMoved
        ? said("replayed", { entry: { ...placed, proof: "replayed" } })
        : said("replaying", { entry: placed, progress: 1 });
    }
    if (entry.proof === "evaluated") return said("evaluated", { entry: placed, reason: entry.reason });
    const progress = replays.progressOf(id);
    if (progress !== null) return said("replaying", { entry: placed, progress });
    // It waits: whoever asks also sees to it that somebody works.
    replays.wake();
    return said("scored", { entry: placed, ahead: replays.aheadOf(id) });
  }

  /** A player's latest submissions, the latest first. @param player the full mark */
  async function ofPlayer(player: string): Promise<SubmissionAnswer[]> {
    const { objects } = await open().store.list(names.ofPlayer(player), { limit: LATEST });
    // One that was sent again after it had broken off has two names.
    const ids = new Set(objects.map(({ name }) => idIn(name)));
    const all = await Promise.all([...ids].map(readSubmission));
    return all.filter((submission) => submission !== null);
  }

  return {
    readSubmission,
    /** @throws ParseError, ApiError 404 */
    async answer(id: string): Promise<Response> {
      const found = await readSubmission(parse(hashSchema, id, "id"));
      if (found === null) throw new ApiError(404, "not_found", `There is no submission ${id}.`, "id");
      return respond(found);
    },
    /** @throws ParseError */
    async answerPlayer(player: string): Promise<Response> {
      return respond({ entries: await ofPlayer(parse(hashSchema, player, "player")) });
    },
  };
}
