// For tests: somebody who sends what nobody honest would, and the entrance that must refuse it.
import { expect } from "vitest";
import { experimentOf, type Publishable, publishable } from "../../runs/testing";
import type { BoardId } from "../find-board";
import { BITS, createBoardEntrance } from "./entrance";
import { createPlayer, formWith, type Player, submissionOf } from "./players";

export interface Forged extends Partial<Publishable> {
  player?: Player;
  token?: string;
  board?: BoardId;
}

interface Refused {
  status: number;
  code: string;
  message: string;
  field?: string;
}

/** An entrance with one honest submission, Bob's, and Mallory before it. */
export async function createForgery() {
  const clock = { now: 1_790_000_000_000 };
  const entrance = createBoardEntrance({ now: () => clock.now });
  const one = await publishable(experimentOf(1));
  const [mallory, bob] = [await createPlayer(), await createPlayer("P-256")];
  const usedToken = await entrance.token();
  const honest = await entrance.submit({ player: bob, board: "accuracy", ...one, token: usedToken });
  expect(honest.status).toBe(201);
  const before = await entrance.kept();
  let sent = 0;

  /** A submission that is signed as it should be, of whatever is in it. */
  async function signed({ player = mallory, board = "accuracy", token, ...parts }: Forged) {
    const own = { ...one, ...parts };
    const use = token ?? (await entrance.token(board));
    return { ...own, submission: await submissionOf({ player, board, ...own, token: use, bits: BITS }) };
  }

  return {
    ...{ clock, entrance, one, bob, usedToken, signed },
    sent: () => sent,

    /** Sends it, and expects a 4xx with one sentence. @param about names it where it fails */
    async refused(body: BodyInit, about: unknown, headers: Record<string, string> = {}): Promise<Refused> {
      sent++;
      const response = await entrance.post(body, headers);
      const text = await response.text();
      expect(response.status, `${about}: ${text}`).toBeGreaterThanOrEqual(400);
      expect(response.status, `${about}: ${text}`).toBeLessThan(500);
      const { error } = JSON.parse(text);
      expect(error.message, String(about)).toMatch(/^[^\n]+\.$/);
      expect(error.message).not.toMatch(/\bat .*:\d+|Error:|undefined/);
      return { status: response.status, ...error };
    },

    async formOf(forged: Forged): Promise<FormData> {
      const { submission, published, weights } = await signed(forged);
      return formWith(submission, published, weights);
    },

    /** Whatever was sent, the store is as it was. */
    async expectUntouched(): Promise<void> {
      expect(await entrance.kept()).toEqual(before);
    },
  };
}
