import { describe, expect, test } from "vitest";
import type { PlacedEntry, SubmissionAnswer } from "@/lib/leaderboard/records";
import { placedEntry } from "@/lib/leaderboard/testing/placed";
import { announcementOf, stagesOf } from "./stages";
import type { Submitting } from "./submit-flow";

const begun: Submitting = {
  board: "accuracy",
  step: { step: "preparing" },
  answer: null,
  problem: null,
  over: false,
  waits: false,
};

function answered(state: SubmissionAnswer["state"], changes: Partial<SubmissionAnswer> = {}): Submitting {
  const entry: PlacedEntry = placedEntry({ rank: 11, proof: "pending" });
  const answer = {
    id: entry.id,
    board: "accuracy",
    state,
    entry,
    reason: null,
    progress: null,
    ahead: null,
  } as const;
  return { ...begun, step: null, answer: { ...answer, ...changes } };
}

const signs = (submitting: Submitting) => stagesOf(submitting).map(({ sign }) => sign);
const last = (submitting: Submitting) => stagesOf(submitting).at(-1)!;

describe("the stages of a submission", () => {
  test("come one after the other", () => {
    expect(signs(begun)).toEqual(["now", "wait", "wait"]);
    expect(signs({ ...begun, step: { step: "sending", sizeBytes: 437_544 } })).toEqual([
      "now",
      "wait",
      "wait",
    ]);
    expect(signs(answered("received", { entry: null }))).toEqual(["done", "now", "wait"]);
    expect(signs(answered("scored", { ahead: 2 }))).toEqual(["done", "done", "now"]);
    expect(signs(answered("replaying", { progress: 0.419 }))).toEqual(["done", "done", "now"]);
    expect(signs(answered("replayed"))).toEqual(["done", "done", "done"]);
  });

  test("say the score, the clean accuracy and the place", () => {
    expect(stagesOf(answered("scored", { ahead: 0 }))[1]!.text).toBe(
      "Hidden set: 94.52 % · clean test images: 97.29 % · place 11",
    );
    const unplaced = answered("scored", { entry: placedEntry({ rank: null, proof: "pending" }) });
    expect(stagesOf(unplaced)[1]!.text).toBe("Hidden set: 94.52 % · clean test images: 97.29 %");
  });

  test("say a speedrun's time beside what the network reads", () => {
    const entry = placedEntry({ board: "speedrun", score: 3.512, rank: 1 });
    expect(stagesOf(answered("evaluated", { board: "speedrun", entry }))[1]!.text).toBe(
      "Attested time: 3.51 s · hidden set: 94.52 % · clean test images: 97.29 % · place 1",
    );
  });

  test("say how far training again is, or how many come before", () => {
    expect(last(answered("scored", { ahead: 2 })).text).toBe("2 before it");
    expect(last(answered("scored", { ahead: 0 })).text).toBe("it is next");
    expect(last(answered("replaying", { progress: 0.419 }))).toMatchObject({ text: "41 %", progress: 0.419 });
  });

  test("say why one stays evaluated, was removed or was refused, in full", () => {
    const reason = "It was stopped within an epoch: only whole epochs can be trained again to the bit.";
    expect(last(answered("evaluated", { reason }))).toMatchObject({
      sign: "stays",
      text: `It stays evaluated. ${reason}`,
    });
    expect(last(answered("removed", { reason }))).toMatchObject({ sign: "bad", text: `Removed: ${reason}` });
    const refused = answered("refused", { entry: null, reason });
    expect(signs(refused)).toEqual(["done", "bad"]);
    expect(last(refused).text).toBe(`Refused: ${reason}`);
    const atOnce = { ...begun, step: null, over: true, problem: { why: reason, final: true, ofName: false } };
    expect(last(atOnce).text).toBe(`Refused: ${reason}`);
  });

  test("say what is waited for, and that the same is sent again", () => {
    const step = { step: "waiting", why: "The store is down.", seconds: 5 } as const;
    expect(stagesOf({ ...begun, step })[0]!.text).toBe(
      "The store is down. The same is sent again in 5 seconds.",
    );
  });

  test("say that it waits for a network", () => {
    const waiting = { ...begun, step: null, over: true, waits: true };
    expect(signs(waiting)).toEqual(["now", "wait", "wait"]);
    expect(stagesOf(waiting)[0]!.text).toBe(
      "There is no network. It is kept in this browser, and sent when there is one.",
    );
  });

  test("are told once each: numbers that change are not told", () => {
    const at = (progress: number) => announcementOf(answered("replaying", { progress }));
    expect(at(0.1)).toBe(at(0.9));
    expect(announcementOf(begun)).toBe("Sending …");
    expect(announcementOf(answered("replayed"))).toContain("the same weights to the last bit");
  });
});
