// What a submission and a report have in common: a token of ours, some work, and a player's signature.
import { ApiError } from "../http";
import { ParseError } from "../spec/parse";
import { verifyToken } from "./challenge";
import type { BoardId } from "./find-board";
import { verifySignature } from "./identity";
import { type KeyAlgorithm, playerOf } from "./submission";
import { checkWork } from "./work";

export interface Signed {
  player: { algorithm: KeyAlgorithm; key: string };
  token: string;
  work: number;
  signature: string;
}

/**
 * Checks who sends something, the cheapest first.
 * @param expected.board null where a token of any board will do
 * @param expected.text what must have been signed
 * @param expected.bits the least that a token must ask for
 * @returns the player's full mark, and the token's nonce and board
 * @throws ParseError or ApiError 422, 403
 */
export async function checkEntrance(
  { player: { algorithm, key }, token, work, signature }: Signed,
  {
    secret,
    text,
    ...expected
  }: { secret: string; board: BoardId | null; text: string; now: number; bits: number },
): Promise<{ player: string; nonce: string; board: BoardId }> {
  const { bits, nonce, board } = await verifyToken(secret, token, expected);
  if (!checkWork(token, bits, work))
    throw new ParseError("work", work, `a solution of ${bits} bits for this token`);
  if (!(await verifySignature(algorithm, key, signature, text)))
    throw new ApiError(
      403,
      "wrong_signature",
      "signature is not this player's of what was sent.",
      "signature",
    );
  return { player: await playerOf(algorithm, key), nonce, board };
}
