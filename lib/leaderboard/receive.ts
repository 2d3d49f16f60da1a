// POST /api/submissions: the entrance to the boards. A form with the parts `submission`, `run` (a published run as JSON)
// and `weights` (float32). What is cheap to check is checked first; nothing is stored before everything has been, and
// what is stored twice is stored once, so that whoever did not hear an answer may send the same again.
import type { OpenStore } from "../blob/environment";
import { forever, type ObjectStore } from "../blob/store";
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
import { checkEntrance } from "./entrance";
import { createLimiter, type Limits, usualLimits } from "./limits";
import { names } from "./names";
import { generatedName, parsePlayerName } from "./player-name";
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
const immutable = { contentType: "application/json", overwrite: false, maxAgeSeconds: forever };

interface ReceiveParts {
  open(): OpenStore;
  archive: Archive;
  secret(): string;
  /** Has a submission scored, or gives up after a while; the result is then read from the store. */
  score(id: string): Promise<void>;
  now?(): number;
  limits?: Limits;
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
    // A copy of its own: what is stored must not hold on to the whole request.
    weights: weights.slice(),
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

/** The token is used up by the first one that shows it. @returns when that was */
async function claim(store: ObjectStore, nonce: string, id: string, now: number): Promise<number> {
  const name = names.claim(nonce);
  if (await store.put(name, JSON.stringify({ id, receivedAt: now }), immutable)) return now;
  const bytes = await store.read(name);
  const claimed = Object(JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())));
  if (claimed.id !== id)
    throw new ApiError(409, "token_used", "This token was used already: ask for another one.", "token");
  return Number(claimed.receivedAt);
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
 * @throws ApiError 400, 403, 409, 413, 415, 422, 429, StoreError, in one sentence
 */
export function createSubmissionAnswer(parts: ReceiveParts) {
  const { open, archive, secret, score, now = Date.now, limits = usualLimits } = parts;
  const admit = createLimiter(limits);

  /** What is in the store, or is put there: last the submission itself, which counts only then. */
  async function keep(read: Read, player: string, nonce: string, name: string): Promise<[Received, boolean]> {
    const { store } = open();
    const { submission, published, weights } = read;
    const { environment } = published.run;
    const run = await archive.idOf(published);
    const id = await submissionId(submission.board, player, run);
    const known = await store.read(names.submission(id));
    if (known !== null) return [parseReceived(known), false];
    await admit(store, player, now());
    const receivedAt = await claim(store, nonce, id, now());
    const { weightsHash } = environment;
    const received: Received = {
      version: 1,
      ...{ id, board: submission.board, name, player, run, weightsHash, receivedAt },
    };
    await archive.keep(published, weights);
    await store.put(names.queued(receivedAt, id), "{}", immutable);
    await store.put(names.playerSubmission(player, receivedAt, id), "{}", immutable);
    const created = await store.put(names.submission(id), JSON.stringify(received), immutable);
    if (created) return [received, true];
    // Another request with the same was faster.
    return [parseReceived((await store.read(names.submission(id)))!), false];
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
    const { player, nonce } = await checkEntrance(submission, { secret: secret(), board, text, now: now() });
    const name = sender.name === null ? generatedName(player) : parsePlayerName(sender.name, "player.name");
    await checkCompetes(read);
    const [received, created] = await keep(read, player, nonce, name);
    const resultName = names.result(received.id);
    let result = created ? null : await open().store.read(resultName);
    if (result === null) {
      await score(received.id);
      result = await open().store.read(resultName);
    }
    const body = answerOf(received, result === null ? null : parseResult(result));
    const headers = { Location: `/api/submissions/${received.id}` };
    return respond(body, { status: created ? 201 : 200, headers });
  };
}
