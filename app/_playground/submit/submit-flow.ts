// Submissions on their way, outside of any component: closing the dialog stops nothing, and opening it again shows where
// they are. One for each run and board, as long as the page is there.
import { createStore } from "zustand/vanilla";
import { ApiError } from "@/lib/http";
import type { BoardId } from "@/lib/leaderboard/find-board";
import type { SubmissionAnswer } from "@/lib/leaderboard/records";
import { type SubmitOptions, type SubmitStep, submitRun } from "@/lib/leaderboard/submit";
import type { RunRecord } from "@/lib/metrics/run-record";

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

/** A run that goes on is another one. */
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
}

/** Submits a run, unless that is under way. Resolves when nothing more will happen; never rejects. */
export async function startSubmitting(
  record: RunRecord,
  { board, name }: { board: BoardId; name: string | null },
  { readWeights, submit = submitRun, fetch }: FlowParts,
): Promise<void> {
  const key = keyOf(record, board);
  const present = submissions.getState()[key];
  if (present !== undefined && !present.over) return;
  const begun: Submitting = { board, step: { step: "preparing" }, answer: null, problem: null, over: false };
  const set = (change: Partial<Submitting>) =>
    submissions.setState((all) => ({ [key]: { ...(all[key] ?? begun), ...change } }));
  set(begun);
  const hear = (step: SubmitStep) =>
    set(step.step === "answered" ? { step: null, answer: step.answer } : { step });
  try {
    const weights = await readWeights();
    if (weights === null) throw new Error("There is no trained network any more: train it again.");
    // Only the page's own end stops it.
    await submit(record, weights, { board, name }, { hear, fetch, signal: new AbortController().signal });
    set({ over: true });
  } catch (error) {
    set({ step: null, problem: problemOf(error), over: true });
  }
}
