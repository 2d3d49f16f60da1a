// For tests: POST /api/submissions and its reports over a store in memory, with little work to do.
import type { ObjectStore } from "../../blob/store";
import { route } from "../../http";
import { createArchive } from "../../runs/archive";
import { counting, createMemoryStore } from "../../runs/testing";
import { issueToken } from "../challenge";
import type { BoardId } from "../find-board";
import type { SubmissionLimits } from "../limits";
import { createSubmissionAnswer } from "../receive";
import { createReportAnswer } from "../reports";
import { type SubmissionParts, submissionForm } from "./players";

export const SECRET = "a secret for tests alone";

/** Zero bits of the proof of work: found at once. */
export const BITS = 2;

interface EntranceOptions {
  store?: ObjectStore;
  score?: (id: string) => Promise<unknown>;
  now?: () => number;
  limits?: SubmissionLimits;
  patienceMs?: number;
}

/** Limits that no test meets by chance. */
const unlimited: SubmissionLimits = { perHour: 1000, perMinute: 1_000_000, waiting: 1000 };

export function createBoardEntrance(options: EntranceOptions = {}) {
  const { now = Date.now, limits = unlimited, score = async () => {}, patienceMs } = options;
  const { store, calls } = counting(options.store ?? createMemoryStore());
  const open = () => ({ kind: "embedded" as const, store });
  const archive = createArchive(open);
  const secret = () => SECRET;
  const submissions = route(
    createSubmissionAnswer({ open, archive, secret, score, now, bits: BITS, limits, patienceMs }),
  );
  const reports = route(createReportAnswer({ open, secret, now, bits: BITS }));
  const origin = "http://localhost:3000";

  const token = async (board: BoardId = "accuracy", bits = BITS) =>
    (await issueToken(SECRET, board, { now: now(), bits })).token;
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    submissions(new Request(`${origin}/api/submissions`, { method: "POST", body, headers }));

  return {
    store,
    open,
    archive,
    /** Of the store, as `put leaderboard/…`. */
    calls,
    token,
    post,
    /** With a token of its own unless there is one. */
    submit: async (parts: Omit<SubmissionParts, "token" | "bits"> & { token?: string }) =>
      post(await submissionForm({ ...parts, token: parts.token ?? (await token(parts.board)), bits: BITS })),
    report: (id: string, body: unknown) =>
      reports(
        new Request(`${origin}/api/submissions/${id}/reports`, {
          method: "POST",
          body: typeof body === "string" ? body : JSON.stringify(body),
        }),
        id,
      ),
    /** Names of what is in the store. */
    kept: async (prefix = "") => (await store.list(prefix)).objects.map(({ name }) => name),
  };
}
