// React's side of the lens: a question that is asked again whenever the network is another.
import { useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { AnswerOf, QuestionKind, QuestionOf } from "@/lib/lens/contract";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { askLens, type LensState, lensStore, openLens } from "@/lib/store/lens";

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

interface Turn<K extends QuestionKind> {
  /** What is to be asked next, or was asked last. */
  newest: Asked<K> | null;
  asking: boolean;
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
  const turn = useRef<Turn<K>>({ newest: null, asking: false });

  useEffect(() => {
    const { current } = turn;
    current.newest = stable === null || spec === null ? null : { question: stable, version, spec };
    if (!current.asking) void askInTurn(kind, current, setGiven);
    return () => {
      current.newest = null;
    };
  }, [kind, stable, version, spec]);

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

/** Asks the newest question until it is answered. It is over in the same moment in which there is nothing more to ask. */
async function askInTurn<K extends QuestionKind>(
  kind: K,
  turn: Turn<K>,
  give: (next: (before: Given<K> | null) => Given<K>) => void,
): Promise<void> {
  turn.asking = true;
  for (let last: Asked<K> | null = null; turn.newest !== null && turn.newest !== last; ) {
    const asked: Asked<K> = turn.newest;
    last = asked;
    let [answer, problem]: [AnswerOf<K> | null, string | null] = [null, null];
    try {
      answer = await askLens(kind, asked.question);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    if (turn.newest === null || (answer === null && problem === null)) continue;
    give((before) => {
      if (answer === null && before?.asked.spec === asked.spec) return { ...before, asked, problem };
      return { asked, answer, question: asked.question, problem };
    });
  }
  turn.asking = false;
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
