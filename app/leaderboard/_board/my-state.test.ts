import { expect, test } from "vitest";
import type { SubmissionAnswer } from "@/lib/leaderboard/records";
import { placedEntry } from "@/lib/leaderboard/testing/placed";
import { myState } from "./my-state";

const entry = placedEntry();
const of = (state: SubmissionAnswer["state"], changes: Partial<SubmissionAnswer> = {}) =>
  myState({
    id: entry.id,
    board: "accuracy",
    state,
    entry,
    reason: null,
    progress: null,
    ahead: null,
    ...changes,
  });

test("each state of one's own entry is a few words, with the reason where there is one", () => {
  expect(of("received").word).toBe("waits for being scored");
  expect(of("scored", { ahead: 0 }).word).toBe("waits to be trained again");
  expect(of("scored", { ahead: 3 }).word).toBe("waits to be trained again, 3 before it");
  expect(of("replaying", { progress: 0.419 }).word).toBe("trained again: 41 %");
  expect(of("replayed")).toEqual({ sign: "done", word: "replayed", why: null });
  for (const state of ["evaluated", "refused", "removed"] as const)
    expect(of(state, { reason: "For a reason." })).toMatchObject({ word: state, why: "For a reason." });
});
