"use client";
// A question with one right answer: each choice is judged at once, with the reason, and another one can be tried.
import { Check, X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useFacts, useMark } from "./step-context";

interface QuizProps {
  id: string;
  question: ReactNode;
  options: readonly { text: ReactNode; because: ReactNode; right: boolean }[];
}

export function Quiz({ id, question, options }: QuizProps) {
  const questionId = useId();
  const mark = useMark();
  const answered = useFacts().marks[id] === true;
  const [tried, setTried] = useState<number | null>(null);
  // What an earlier visit answered rightly stands there again.
  const chosen = tried ?? (answered ? options.findIndex(({ right }) => right) : null);
  const choice = chosen === null ? undefined : options[chosen];

  function choose(index: number) {
    setTried(index);
    mark(id, options[index]!.right);
  }

  return (
    <section
      aria-labelledby={questionId}
      className="rounded-xl border border-line bg-raised px-4 py-3.5 text-sm"
    >
      <p id={questionId} className="font-medium leading-6">
        {question}
      </p>
      <div role="radiogroup" aria-labelledby={questionId} className="mt-1.5">
        {options.map(({ text, right }, index) => {
          const isChosen = index === chosen;
          return (
            <label
              // biome-ignore lint/suspicious/noArrayIndexKey: options that never change.
              key={index}
              className="relative -mx-2 flex tap items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover"
            >
              {/* As large as the line: all of it is its target, and has its outline. */}
              <input
                type="radio"
                name={questionId}
                checked={isChosen}
                onChange={() => choose(index)}
                className="absolute inset-0 cursor-pointer appearance-none"
              />
              <span
                className={`flex size-4 shrink-0 items-center justify-center rounded-full ${isChosen ? "" : "border border-soft"}`}
              >
                {isChosen && <Verdict right={right} />}
              </span>
              <span className={isChosen ? "font-medium" : ""}>{text}</span>
            </label>
          );
        })}
      </div>
      <p
        role="status"
        className={choice === undefined ? "sr-only" : "mt-2 border-line border-t pt-2.5 text-soft"}
      >
        {choice !== undefined && (
          <>
            <span className={`font-medium ${choice.right ? "text-correct" : "text-wrong"}`}>
              {choice.right ? "Right." : "Not quite."}
            </span>{" "}
            {choice.because}
          </>
        )}
      </p>
    </section>
  );
}

const Verdict = ({ right }: { right: boolean }) =>
  right ? (
    <Check className="size-4 text-correct" strokeWidth={2.5} aria-hidden="true" />
  ) : (
    <X className="size-4 text-wrong" strokeWidth={2.5} aria-hidden="true" />
  );
