// Asks the laboratory about the tiny network: the newest question, as soon as the former one is answered.
import { useEffect, useRef, useState } from "react";
import type { TinyAnswer, TinyQuestion } from "@/lib/training/contract";
import { useLab } from "../use-lab";

export interface Asked {
  question: TinyQuestion;
  answer: TinyAnswer;
}

interface State {
  /** The last answer, with what it was asked; null before the first. */
  asked: Asked | null;
  /** Why the engine does not answer; null where it does. */
  failure: string | null;
}

/** @param question must be the same object as long as it means the same */
export function useTiny(question: TinyQuestion): State {
  const open = useLab();
  const [state, setState] = useState<State>({ asked: null, failure: null });
  const newest = useRef(question);
  const asking = useRef(false);

  useEffect(() => {
    newest.current = question;
    if (asking.current) return;
    asking.current = true;
    const ask = async () => {
      for (let done: TinyQuestion | null = null; done !== newest.current; ) {
        done = newest.current;
        const answer = await (await open()).tiny(done);
        setState({ asked: { question: done, answer }, failure: null });
      }
    };
    ask()
      .catch((error: unknown) =>
        setState({ asked: null, failure: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => {
        asking.current = false;
      });
  }, [question, open]);

  // A laboratory that is closed answers no more: nobody waits for it.
  useEffect(
    () => () => {
      asking.current = false;
    },
    [],
  );

  return state;
}
