// GET /api/challenge: a token that lets one submission in, within ten minutes. It is signed and says all that there is to
// know of it, so that nothing is kept until it is used.
import { ApiError, respond } from "../http";
import { ParseError } from "../spec/parse";
import { type BoardId, parseBoardId } from "./find-board";
import { hmac } from "./secret";

/** About 65,000 hashes: a third of a second on a computer, a second or two on a phone. */
export const WORK_BITS = 16;
const VALID_MS = 10 * 60 * 1000;

interface TokenContent {
  board: BoardId;
  /** Leading zero bits that the proof of work must have. */
  bits: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** 32 hexadecimal digits. */
  nonce: string;
}

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const macOf = async (secret: string, content: string): Promise<string> =>
  toHex(await hmac(secret, "token", content));

/** Whether two texts are the same, in a time that does not tell where they differ. */
function sameText(a: string, b: string): boolean {
  let differing = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) differing |= a.charCodeAt(i) ^ b.charCodeAt(i % b.length);
  return differing === 0;
}

/** A new token: its content, readable, and the signature. */
export async function issueToken(
  secret: string,
  board: BoardId,
  { now = Date.now(), bits = WORK_BITS }: { now?: number; bits?: number } = {},
): Promise<{ token: string; bits: number; expiresAt: number }> {
  const nonce = toHex(crypto.getRandomValues(new Uint8Array(16)));
  const expiresAt = now + VALID_MS;
  const content = ["1", board, bits, expiresAt, nonce].join(".");
  return { token: `${content}.${await macOf(secret, content)}`, bits, expiresAt };
}

/**
 * Reads a token of ours.
 * @param options.board null where a token of any board will do
 * @param options.now milliseconds since 1970
 * @param options.bits as many as are asked for today: a token with fewer is refused
 * @throws ParseError where it is none or is for another board; ApiError 422 "token_expired" where it can be used no
 *   more, so that whoever sent it knows to ask for another
 */
export async function verifyToken(
  secret: string,
  token: string,
  { board, now, bits: least }: { board: BoardId | null; now: number; bits: number },
): Promise<TokenContent> {
  const expired = (message: string) => new ApiError(422, "token_expired", message, "token");
  const parts = token.split(".");
  const [version, named = "", bits, expiresAt, nonce = "", mac = ""] = parts;
  const content = parts.slice(0, 5).join(".");
  const signed = parts.length === 6 && version === "1" && sameText(mac, await macOf(secret, content));
  if (!signed) throw new ParseError("token", token, "a token from /api/challenge");
  if (board !== null && named !== board)
    throw new ParseError("token", token, `a token for the board ${board}`);
  if (Number(expiresAt) < now)
    throw expired("token is too old; it must be at most ten minutes old: ask for another.");
  if (Number(bits) < least)
    throw expired(`token asks for ${bits} bits of work; it must ask for ${least}: ask for another.`);
  return { board: parseBoardId(named), bits: Number(bits), expiresAt: Number(expiresAt), nonce };
}

interface ChallengeParts {
  secret(): string;
  now?(): number;
  bits?: number;
}

/** @throws ParseError naming the boards, ApiError 503 where the server has no secret */
export function createChallengeAnswer({ secret, now = Date.now, bits = WORK_BITS }: ChallengeParts) {
  return async function answer(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    for (const name of query.keys())
      if (name !== "board") throw new ApiError(422, "invalid", `${name} is not known; there is board.`, name);
    const board = parseBoardId(query.get("board") ?? undefined);
    const { token, expiresAt } = await issueToken(secret(), board, { now: now(), bits });
    return respond({ token, bits, expiresAt: new Date(expiresAt).toISOString() });
  };
}
