// For tests: players with real keys, and what they send to a board. All of it in Node.
import { sha256Of } from "../../sha256";
import { encodeBase64url } from "../../share/base64url";
import { canonicalRun, type PublishedRun } from "../../share/published-run";
import { atOnce } from "../../share/testing";
import type { BoardId } from "../find-board";
import { experimentHash, type KeyAlgorithm, playerOf, type Submission, signedText } from "../submission";
import { solveWork } from "../work";

export interface Player {
  algorithm: KeyAlgorithm;
  /** The public key's raw bytes, base64url. */
  key: string;
  /** The player's full mark. */
  mark: string;
  sign(text: string): Promise<string>;
}

/** Somebody with a key that nobody else has. */
export async function createPlayer(algorithm: KeyAlgorithm = "Ed25519"): Promise<Player> {
  const kind =
    algorithm === "Ed25519" ? { name: "Ed25519" } : { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const pair = (await crypto.subtle.generateKey(kind, false, ["sign", "verify"])) as CryptoKeyPair;
  const key = encodeBase64url(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));
  return {
    algorithm,
    key,
    mark: await playerOf(algorithm, key),
    async sign(text) {
      const signature = await crypto.subtle.sign(kind, pair.privateKey, new TextEncoder().encode(text));
      return encodeBase64url(new Uint8Array(signature));
    },
  };
}

export interface SubmissionParts {
  player: Player;
  board: BoardId;
  published: PublishedRun;
  weights: Uint8Array<ArrayBuffer>;
  /** As issueToken or GET /api/challenge gave it. */
  token: string;
  /** Zero bits that the proof of work is to have: the token's. */
  bits: number;
  /** Null for a generated one, which is the default. */
  name?: string | null;
}

/** A submission as the page makes it: the work done, and signed. */
export async function submissionOf(parts: SubmissionParts): Promise<Submission> {
  const { player, board, published, token, bits, name = null } = parts;
  const text = signedText({
    board,
    name,
    experimentHash: await experimentHash(published.run.experiment),
    weightsHash: published.run.environment.weightsHash,
    run: await sha256Of(canonicalRun(published)),
    token,
  });
  return {
    version: 1,
    board,
    player: { name, algorithm: player.algorithm, key: player.key },
    token,
    work: atOnce(solveWork(token, bits)),
    signature: await player.sign(text),
  };
}

const json = (value: unknown) => new Blob([typeof value === "string" ? value : JSON.stringify(value)]);

/** The form of POST /api/submissions, of whatever parts. A text is sent as it is. */
export function formWith(submission: unknown, run: unknown, weights: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  form.append("submission", json(submission), "submission.json");
  form.append("run", json(run), "run.json");
  form.append("weights", new Blob([weights]), "weights.bin");
  return form;
}

/** The form of POST /api/submissions. */
export const submissionForm = async (parts: SubmissionParts): Promise<FormData> =>
  formWith(await submissionOf(parts), parts.published, parts.weights);
