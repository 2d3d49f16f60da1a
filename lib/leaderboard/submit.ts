// Sends a run to a board and follows it until its proof is settled. What the network or a busy server does not take is
// sent again as it was: the server makes the same submission the same entry.
import * as z from "zod/mini";
import { ApiError } from "../http";
import type { RunRecord } from "../metrics/run-record";
import { askApi, type Fetch } from "../runs/ask";
import { MAX_INLINE_WEIGHTS_BYTES, weightsContentType } from "../runs/limits";
import { sha256Of } from "../sha256";
import { canonicalRun, type PublishedRun } from "../share/published-run";
import { inSlices } from "../share/slices";
import { encodedSize, encodeWeights } from "../share/weights";
import { object, parse } from "../spec/parse";
import { buildProgram } from "../spec/program";
import { isSettled, parseSubmissionAnswer } from "./answers";
import type { BoardId } from "./find-board";
import { loadPlayer, type Player } from "./player-key";
import type { SubmissionAnswer } from "./records";
import { experimentHash, type Submission, signedText, tokenSchema } from "./submission";
import { solveWork } from "./work";

export type SubmitStep =
  /** A token is asked for and its work is done. */
  | { step: "preparing" }
  | { step: "sending"; sizeBytes: number }
  /** The same is tried again in so many seconds; `why` is one sentence. */
  | { step: "waiting"; why: string; seconds: number }
  | { step: "answered"; answer: SubmissionAnswer };

export interface Asking {
  signal: AbortSignal;
  fetch?: Fetch;
  /** Resolves after that time, or rejects when the signal aborts. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface SubmitOptions extends Asking {
  hear(step: SubmitStep): void;
  load?: () => Promise<Player>;
}

/** A longer wait than this is for the person to decide. */
const LONGEST_WAIT_SECONDS = 120;
/** Of a network that fails, or a server that is busy, one after the other. */
const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** How often the state may fail to come, one time after the other, until that is said. */
const MOST_SILENT = 10;

/** Waits; a signal that aborts ends it at once. */
export function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** In how many seconds the same may be tried again; null where that is of no use. */
function retrySeconds(error: unknown, tries: number): number | null {
  if (tries >= MOST_TRIES) return null;
  // No answer came at all.
  if (!(error instanceof ApiError)) return 2 ** (tries - 1);
  const { status, retryAfterSeconds = 2 ** tries } = error;
  const passes = status === 429 || status === 502 || status === 503 || status === 504;
  return passes && retryAfterSeconds <= LONGEST_WAIT_SECONDS ? Math.max(1, retryAfterSeconds) : null;
}

/** Asks until there is an answer or a refusal that stays. */
async function persist<T>(
  ask: () => Promise<T>,
  { hear, signal, pause = pauseFor }: Pick<SubmitOptions, "hear" | "signal" | "pause">,
): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      const seconds = retrySeconds(error, tries);
      if (seconds === null) throw error;
      hear({ step: "waiting", why: (error as Error).message, seconds });
      await pause(1000 * seconds, signal);
    }
}

const challengeSchema = object({
  token: tokenSchema,
  bits: z.int().check(z.minimum(0), z.maximum(32)),
  expiresAt: z.string(),
});

/** A token for a board, with its work done: what a submission and a report begin with. */
export async function enter(
  board: BoardId,
  { signal, fetch }: Asking,
): Promise<{ token: string; work: number }> {
  const { body } = await askApi(`/api/challenge?board=${board}`, { method: "GET", signal, fetch });
  const { token, bits } = parse(challengeSchema, body, "answer");
  const search = solveWork(token, bits);
  // What is searched for in slices ends with the signal, too.
  const work = await inSlices(
    (function* () {
      for (let next = search.next(); ; next = search.next()) {
        signal.throwIfAborted();
        if (next.done) return next.value;
        yield;
      }
    })(),
  );
  return { token, work };
}

/** The run as it is sent: its weights as they are. @throws Error in one sentence */
async function sentOf(
  record: RunRecord,
  weights: readonly Float32Array[],
): Promise<{ published: PublishedRun; bytes: Uint8Array<ArrayBuffer> }> {
  const program = buildProgram(record.experiment);
  if (encodedSize(program, "float32") > MAX_INLINE_WEIGHTS_BYTES)
    throw new Error("The weights take more than 4.0 MB, which is more than a submission can hold.");
  const bytes = await inSlices(encodeWeights(weights, "float32", program));
  const sha256 = await sha256Of(bytes);
  if (sha256 !== record.environment.weightsHash)
    throw new Error(
      "The weights that this run ended with are not here any more: train it again to submit it.",
    );
  const { accuracy: testAccuracy } = record.test;
  const described = { encoding: "float32", sizeBytes: bytes.length, sha256, testAccuracy } as const;
  return { published: { version: 1, run: record, weights: described }, bytes };
}

/**
 * Submits a run that is over and follows it.
 * @param weights as it ended with them
 * @param to.name as chosen; null for the generated one
 * @returns what is settled: replayed, evaluated, refused or removed
 * @throws ApiError in the server's sentence, another Error in one of ours; the signal's reason where it aborts
 */
export async function submitRun(
  record: RunRecord,
  weights: readonly Float32Array[],
  to: { board: BoardId; name: string | null },
  options: SubmitOptions,
): Promise<SubmissionAnswer> {
  const { hear, signal, fetch, load = loadPlayer } = options;
  hear({ step: "preparing" });
  const { published, bytes } = await sentOf(record, weights);
  const player = await load();
  const form = () => persist(() => formOf({ ...to, player, published, bytes }, options), options);
  const send = (body: FormData) =>
    persist(async () => {
      hear({ step: "sending", sizeBytes: bytes.length });
      return askApi("/api/submissions", { body, signal, fetch });
    }, options);
  let answer: { body: unknown };
  try {
    answer = await send(await form());
  } catch (error) {
    // Waiting may have taken longer than a token lasts.
    if (!(error instanceof ApiError && error.code === "token_expired")) throw error;
    hear({ step: "preparing" });
    answer = await send(await form());
  }
  signal.throwIfAborted();
  return follow(parseSubmissionAnswer(answer.body), options);
}

async function formOf(
  parts: {
    board: BoardId;
    name: string | null;
    player: Player;
    published: PublishedRun;
    bytes: Uint8Array<ArrayBuffer>;
  },
  asking: Asking,
): Promise<FormData> {
  const { board, name, player, published, bytes } = parts;
  const { token, work } = await enter(board, asking);
  const { experiment, environment } = published.run;
  const text = signedText({
    board,
    name,
    experimentHash: await experimentHash(experiment),
    weightsHash: environment.weightsHash,
    run: await sha256Of(canonicalRun(published)),
    token,
  });
  const submission: Submission = {
    version: 1,
    board,
    player: { name, algorithm: player.algorithm, key: player.key },
    token,
    work,
    signature: await player.sign(text),
  };
  const json = (value: unknown) => new Blob([JSON.stringify(value)], { type: "application/json" });
  const form = new FormData();
  form.append("submission", json(submission), "submission.json");
  form.append("run", json(published), "run.json");
  form.append("weights", new Blob([bytes], { type: weightsContentType }), "weights.bin");
  return form;
}

/** Asks where a submission stands, ever more seldom, and tells it. @returns what is settled */
export async function follow(
  first: SubmissionAnswer,
  { hear, signal, fetch, pause = pauseFor }: SubmitOptions,
): Promise<SubmissionAnswer> {
  hear({ step: "answered", answer: first });
  let answer = first;
  for (let ms = FIRST_PAUSE_MS, silent = 0; !isSettled(answer); ms = Math.min(1.4 * ms, LONGEST_PAUSE_MS)) {
    await pause(ms, signal);
    try {
      const { body } = await askApi(`/api/submissions/${first.id}`, { method: "GET", signal, fetch });
      answer = parseSubmissionAnswer(body);
      silent = 0;
    } catch (error) {
      signal.throwIfAborted();
      silent += 1;
      if (silent >= MOST_SILENT) throw error;
      continue;
    }
    hear({ step: "answered", answer });
  }
  return answer;
}
