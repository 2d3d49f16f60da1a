// POST /api/submissions: the entrance to the boards. A form with the parts `submission`, `run` (a published run as JSON)
// and `weights` (float32). What is cheap to check is checked first; nothing is stored before everything has been, and
// what is stored twice is stored once, so that whoever did not hear an answer may send the same again.
import type { OpenStore } from "../blob/environment";
import { forever, StoreError } from "../blob/store";
import { ApiError, respond } from "../http";
import type { Archive } from "../runs/archive";
import { readBody, readJson } from "../runs/body";
import { checkBytes, checkRun } from "../runs/check";
import { requireOwnOrigin } from "../runs/host";
import { MAX_BODY_BYTES, MAX_INLINE_WEIGHTS_BYTES, MAX_RUN_BYTES } from "../runs/limits";
import { boundaryOf, readParts } from "../runs/multipart";
import { type PublishedRun, parsePublishedRun } from "../share/published-run";
import { ParseError } from "../spec/parse";
import { whyNotAdmitted } from "./admission";
import { WORK_BITS } from "./challenge";
import { claimToken } from "./claim";
import { checkEntrance } from "./entrance";
import { generatedName } from "./generated-name";
import { createLimits, type SubmissionLimits, standardLimits } from "./limits";
import { names } from "./names";
import { parsePlayerName } from "./player-name";
import { readStored } from "./read-stored";
import {
  parseReceived,
  parseResult,
  publicEntry,
  type Received,
  type Result,
  type SubmissionAnswer,
} from "./records";
import { experimentHash, parseSubmission, type Submission, signedText, submissionId } from "./submission";

const MAX_SUBMISSION_BYTES = 4_000;
/** A submission whose scoring takes longer is answered as received, and scored all the same. */
const PATIENCE_MS = 8_000;
const immutable = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };

interface ReceiveParts {
  open(): OpenStore;
  archive: Archive;
  secret(): string;
  /** Has a submission scored; what came of it is read from the store. The signal says that nobody waits any more. */
  score(id: string, signal: AbortSignal): Promise<unknown>;
  now?(): number;
  /** Of the proof of work, at least. */
  bits?: number;
  limits?: SubmissionLimits;
  /** How long an answer waits for being scored. */
  patienceMs?: number;
}

interface Read {
  submission: Submission;
  published: PublishedRun;
  weights: Uint8Array<ArrayBuffer>;
}

async function readForm(request: Request): Promise<Read> {
  const boundary = boundaryOf(request.headers.get("content-type"));
  const parts = readParts(await readBody(request, MAX_BODY_BYTES), boundary, [
    "submission",
    "run",
    "weights",
  ]);
  const part = (name: string, most: number) => {
    const bytes = parts.get(name);
    if (bytes === undefined)
      throw new ApiError(422, "invalid", `${name} is missing; it must be a part.`, name);
    if (bytes.length <= most) return bytes;
    const message = `${name} has ${bytes.length} bytes; it must have at most ${most}.`;
    throw new ApiError(413, "too_large", message, name);
  };
  const [submission, run, weights] = [
    part("submission", MAX_SUBMISSION_BYTES),
    part("run", MAX_RUN_BYTES),
    part("weights", MAX_INLINE_WEIGHTS_BYTES),
  ];
  return {
    submission: parseSubmission(readJson(submission, "submission")),
    published: parsePublishedRun(readJson(run, "run")),
    weights,
  };
}

async function checkCompetes({ submission, published, weights }: Read): Promise<void> {
  const { encoding } = published.weights;
  if (encoding !== "float32") throw new ParseError("run.weights.encoding", encoding, '"float32"');
  const program = checkRun(published);
  const why = whyNotAdmitted(submission.board, published.run, program);
  if (why !== null) throw new ApiError(422, "not_admitted", why, "run");
  await checkBytes(weights, published, program, "weights");
}

/** As it is answered the first time and ever after: without a rank, which others may change. */
function answerOf({ id, board }: Received, result: Result | null): SubmissionAnswer {
  if (result?.outcome === "refused")
    throw new ApiError(result.code === "copied" ? 409 : 422, result.code, result.reason, "weights");
  const entry = result === null ? null : { ...publicEntry(result.entry), rank: null };
  const state = entry === null ? "received" : "scored";
  return { id, board, state, entry, reason: entry?.reason ?? null, progress: null, ahead: null };
}

/**
 * Answers 201 with a SubmissionAnswer, and 200 with the same where it was sent before.
 * @throws ApiError 400, 403, 409, 413, 415, 422, 429, ParseError, StoreError, in one sentence
 */
export function createSubmissionAnswer(parts: ReceiveParts) {
  const { open, archive, secret, score, now = Date.now } = parts;
  const { bits = WORK_BITS, limits = standardLimits, patienceMs = PATIENCE_MS } = parts;
  const admit = createLimits(limits, now);

  /** What is in the store, or is put there: last the submission itself, which counts only then. */
  async function keep(read: Read, player: string, nonce: string, name: string): Promise<[Received, boolean]> {
    const { store } = open();
    const { submission, published, weights } = read;
    const { weightsHash } = published.run.environment;
    const { board } = submission;
    const run = await archive.idOf(published);
    const id = await submissionId(board, player, run);
    const known = await readStored(store, names.submission(id), parseReceived);
    if (known !== null) return [known, false];
    return admit(store, { player, id }, async () => {
      const receivedAt = await claimToken(store, nonce, id, now());
      const received: Received = { version: 1, id, board, name, player, run, weightsHash, receivedAt };
      // A copy of its own: what is stored must not hold on to the whole request.
      await archive.keep(published, weights.slice());
      await store.put(names.queued(receivedAt, id), "{}", immutable);
      await store.put(names.playerSubmission(player, receivedAt, id), "{}", immutable);
      if (await store.put(names.submission(id), JSON.stringify(received), immutable)) return [received, true];
      // Another request with the same was faster.
      const first = await readStored(store, names.submission(id), parseReceived);
      if (first === null) throw new StoreError("The store does not give what it has just said it has.");
      return [first, false];
    });
  }

  async function waitForScore(id: string): Promise<void> {
    const signal = AbortSignal.timeout(patienceMs);
    const tooLong = new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve());
    });
    const scored = score(id, signal).catch((error) => {
      if (!signal.aborted) console.error(`Scoring ${id} could not be asked for:`, error);
    });
    await Promise.race([scored, tooLong]);
  }

  return async function answer(request: Request): Promise<Response> {
    requireOwnOrigin(request, "Submissions are sent from this site's own pages.");
    const read = await readForm(request);
    const { submission, published } = read;
    const { board, player: sender, token } = submission;
    const { experiment, environment } = published.run;
    const text = signedText({
      board,
      name: sender.name,
      experimentHash: await experimentHash(experiment),
      weightsHash: environment.weightsHash,
      run: await archive.idOf(published),
      token,
    });
    const expected = { secret: secret(), board, text, now: now(), bits };
    const { player, nonce } = await checkEntrance(submission, expected);
    const name = sender.name === null ? generatedName(player) : parsePlayerName(sender.name, "player.name");
    await checkCompetes(read);
    const [received, created] = await keep(read, player, nonce, name);
    const readResult = () => readStored(open().store, names.result(received.id), parseResult);
    let result = created ? null : await readResult();
    if (result === null) {
      await waitForScore(received.id);
      result = await readResult();
    }
    const headers = { Location: `/api/submissions/${received.id}` };
    return respond(answerOf(received, result), { status: created ? 201 : 200, headers });
  };
}
