// React's side of the lens: a question that is asked again whenever the network is another.
import { useEffect, useLayoutEffect, useState } from "react";
import { useStore } from "zustand";
import type { AnswerOf, QuestionKind, QuestionOf } from "@/lib/lens/contract";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { askLens, type LensState, lensStore, openLens } from "@/lib/store/lens";
import { createAsker } from "./asker";

export const useLensState = <T>(select: (state: LensState) => T): T => useStore(lensStore, select);

/** Looks for as long as the component is there. @param live wants new weights a few times a second */
export function useLooking(live = false): void {
  useEffect(() => openLens({ live }), [live]);
}

export interface Answered<K extends QuestionKind> {
  /** The last answer; it stays until the next is there. Null before the first, and once the network is another one. */
  answer: AnswerOf<K> | null;
  /** What it answers. */
  question: QuestionOf<K> | null;
  /** The experiment of the network that gave it. */
  spec: ExperimentSpec | null;
  /** True while a newer answer is on its way. */
  waiting: boolean;
  /** Why there is no newer one, in a sentence. */
  problem: string | null;
}

interface Asked<K extends QuestionKind> {
  kind: K;
  question: QuestionOf<K>;
  version: number;
  spec: ExperimentSpec;
}

interface Given<K extends QuestionKind> {
  asked: Asked<K>;
  answer: AnswerOf<K> | null;
  /** Of the answer; a failure leaves the former one of this network standing. */
  question: QuestionOf<K>;
  problem: string | null;
}

/**
 * Asks the lens, and again when it has other weights or the question is another. One question is on its way at a time:
 * of those that come meanwhile, the newest is asked next.
 * @param question null asks nothing. It is another one where one of its fields is another, as `Object.is` has it.
 */
export function useLens<K extends QuestionKind>(
  kind: K,
  question: QuestionOf<K> | null,
  { live = false } = {},
): Answered<K> {
  useLooking(live);
  const version = useLensState((lens) => lens.version);
  const spec = useLensState((lens) => lens.spec);
  const problem = useLensState((lens) => lens.problem);
  const stable = useStable(question);
  const [given, setGiven] = useState<Given<K> | null>(null);
  const [put] = useState(() =>
    createAsker(heard<K>, (asked, told) => setGiven((former) => after(former, asked, told))),
  );

  // Before the frame is drawn, not after it: a drawing is not to wait for the page's own picture.
  useLayoutEffect(() => {
    put(stable === null || spec === null ? null : { kind, question: stable, version, spec });
    return () => put(null);
  }, [put, kind, stable, version, spec]);

  const own =
    given !== null && stable !== null && (spec === null || given.asked.spec === spec) ? given : null;
  return {
    answer: own?.answer ?? null,
    question: own?.answer == null ? null : own.question,
    spec: own?.asked.spec ?? null,
    waiting:
      stable !== null && spec !== null && (own?.asked.version !== version || own.asked.question !== stable),
    problem: problem ?? own?.problem ?? null,
  };
}

/** What came of a question: an answer, why there is none, or neither where nobody looks any more. */
type Told<K extends QuestionKind> = Pick<Given<K>, "answer" | "problem">;

const heard = <K extends QuestionKind>({ kind, question }: Asked<K>): Promise<Told<K>> =>
  askLens(kind, question).then(
    (answer) => ({ answer, problem: null }),
    (error: unknown) => ({ answer: null, problem: error instanceof Error ? error.message : String(error) }),
  );

function after<K extends QuestionKind>(
  former: Given<K> | null,
  asked: Asked<K>,
  { answer, problem }: Told<K>,
): Given<K> | null {
  if (answer === null && problem === null) return former;
  if (answer === null && former?.asked.spec === asked.spec) return { ...former, asked, problem };
  return { asked, answer, question: asked.question, problem };
}

/** The same object for as long as its fields are the same. */
function useStable<T extends object>(value: T | null): T | null {
  const [held, setHeld] = useState(value);
  const same =
    held === value ||
    (held !== null &&
      value !== null &&
      Object.keys({ ...held, ...value }).every((key) =>
        Object.is(held[key as keyof T], value[key as keyof T]),
      ));
  if (!same) setHeld(value);
  return same ? held : value;
}
