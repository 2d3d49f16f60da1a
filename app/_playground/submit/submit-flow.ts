// Submissions on their way, outside of any component: closing the dialog stops nothing, and opening it again shows where
// they are. One for each run and board, as long as the page is there. Where there is no network they wait in this browser,
// longer than the page.
import { createStore } from "zustand/vanilla";
import { ApiError } from "@/lib/http";
import type { BoardId } from "@/lib/leaderboard/find-board";
import type { SubmissionAnswer } from "@/lib/leaderboard/records";
import { type SubmitOptions, type SubmitStep, submitRun } from "@/lib/leaderboard/submit";
import type { RunRecord } from "@/lib/metrics/run-record";
import { listWaiting, mayWait, putAside, takeOut } from "@/lib/offline/outbox";
import { UnreachableError } from "@/lib/runs/ask";

export interface Submitting {
  board: BoardId;
  /** What is being done, last. */
  step: Exclude<SubmitStep, { step: "answered" }> | null;
  /** As the server said it last; null until it has it. */
  answer: SubmissionAnswer | null;
  /** Why it ended, where it did without a place. */
  problem: Problem | null;
  /** Nothing is under way any more. */
  over: boolean;
  /** It is kept in this browser, and sent when there is a network. */
  waits: boolean;
}

export interface Problem {
  /** One sentence. */
  why: string;
  /** The board does not take this network: the same again will not help. */
  final: boolean;
  /** It is the name that is refused. */
  ofName: boolean;
}

interface Submissions {
  [runAndBoard: string]: Submitting;
}

export const submissions = createStore<Submissions>()(() => ({}));

/** A run that goes on is another one. The outbox knows it by this, too. */
const keyOf = ({ environment }: RunRecord, board: BoardId): string =>
  `${environment.weightsHash} ${environment.finishedAt} ${board}`;

/** Where a run's submission to a board is; null where there is none. */
export const submittingOf = (state: Submissions, record: RunRecord, board: BoardId): Submitting | null =>
  state[keyOf(record, board)] ?? null;

function problemOf(error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiError)) return { why, final: false, ofName: false };
  const { code, field } = error;
  return {
    // At the field nobody needs to know what it is called on the way.
    why: why.replace(/^player\.name\b/, "The name"),
    final: code === "copied" || code === "disqualified",
    ofName: field?.startsWith("player.name") ?? false,
  };
}

export interface FlowParts {
  readWeights(): Promise<readonly Float32Array[] | null>;
  submit?: typeof submitRun;
  fetch?: SubmitOptions["fetch"];
  /** False where there is no network for certain, so that nothing is tried. */
  isOnline?: () => boolean;
}

const isOnline = (): boolean => globalThis.navigator?.onLine !== false;

/** Submits a run, unless that is under way. Resolves when nothing more will happen; never rejects. */
export async function startSubmitting(
  record: RunRecord,
  { board, name }: { board: BoardId; name: string | null },
  parts: FlowParts,
): Promise<void> {
  const key = keyOf(record, board);
  const present = submissions.getState()[key];
  if (present !== undefined && !present.over) return;
  const step = { step: "preparing" } as const;
  const begun: Submitting = { board, step, answer: null, problem: null, over: false, waits: false };
  const set = (change: Partial<Submitting>) =>
    submissions.setState((all) => ({ [key]: { ...(all[key] ?? begun), ...change } }));
  set(begun);
  const { submit = submitRun, fetch } = parts;
  let weights: readonly Float32Array[] | null = null;
  /** @returns whether it is kept */
  const keep = async (problem: string | null): Promise<boolean> => {
    if (weights === null) return false;
    const waiting = { id: key, board, name, record, weights, addedAt: Date.now(), problem };
    return putAside(waiting).then(
      () => true,
      () => false,
    );
  };
  let kept: Promise<boolean> | null = null;
  let received = false;
  const hear = (heard: SubmitStep) => {
    if (heard.step === "answered") {
      // From now on the server has it; what waited here for that is no more.
      if (!received) void forgetWaiting(key, kept);
      received = true;
      return set({ step: null, answer: heard.answer });
    }
    // The page may be closed before it can be sent.
    if (heard.step === "waiting") kept ??= keep(null);
    set({ step: heard });
  };
  try {
    weights = await parts.readWeights();
    if (weights === null) throw new Error("There is no trained network any more: train it again.");
    if (!(parts.isOnline ?? isOnline)()) throw new UnreachableError("There is no network.");
    // Only the page's own end stops it.
    await submit(record, weights, { board, name }, { hear, fetch, signal: new AbortController().signal });
    set({ over: true });
  } catch (error) {
    const waits = !received && error instanceof UnreachableError && (await keep(null));
    if (waits) return set({ step: null, over: true, waits });
    const problem = problemOf(error);
    set({ step: null, problem, over: true });
    // What waited and was not taken is kept with the reason, for whoever sent it and may not be looking.
    await kept;
    if (error instanceof ApiError && (await isWaiting(key))) await keep(problem.why);
  }
}

async function forgetWaiting(key: string, kept: Promise<boolean> | null): Promise<void> {
  await kept;
  if (mayWait()) await takeOut(key).catch(() => {});
}

const isWaiting = async (key: string): Promise<boolean> =>
  mayWait() && (await listWaiting().catch(() => [])).some(({ id }) => id === key);

/** Sends what waits for a network, one after the other; it goes on waiting where there is none. Never rejects. */
export async function sendWaiting(parts: Omit<FlowParts, "readWeights"> = {}): Promise<void> {
  if (!mayWait()) return;
  await inOneTab(async () => {
    for (const { record, weights, board, name, problem } of await listWaiting().catch(() => [])) {
      if (problem !== null) continue;
      await startSubmitting(record, { board, name }, { ...parts, readWeights: async () => weights });
      if (submittingOf(submissions.getState(), record, board)?.waits) return;
    }
  });
}

/** Does nothing where another tab is at it. */
async function inOneTab(work: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (locks === undefined) return work();
  await locks.request("descent.outbox", { ifAvailable: true }, (lock) =>
    lock === null ? undefined : work(),
  );
}
