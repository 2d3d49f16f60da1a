// Where one of the player's own submissions stands, in a few words.
import type { SubmissionAnswer } from "@/lib/leaderboard/records";

export interface MyState {
  sign: "done" | "wait" | "stays" | "bad";
  word: string;
  /** Why, in one sentence; null where the word says it all. */
  why: string | null;
}

export function myState({ state, reason, progress, ahead }: SubmissionAnswer): MyState {
  if (state === "received") return { sign: "wait", word: "waits for being scored", why: null };
  if (state === "refused") return { sign: "bad", word: "refused", why: reason };
  if (state === "removed") return { sign: "bad", word: "removed", why: reason };
  if (state === "replayed") return { sign: "done", word: "replayed", why: null };
  if (state === "evaluated") return { sign: "stays", word: "evaluated", why: reason };
  if (state === "replaying")
    return { sign: "wait", word: `trained again: ${Math.floor(100 * (progress ?? 0))} %`, why: null };
  const before = ahead === null || ahead === 0 ? "" : `, ${ahead} before it`;
  return { sign: "wait", word: `waits to be trained again${before}`, why: null };
}
