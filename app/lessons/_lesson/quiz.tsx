"use client";
// A question with one right answer: each choice is judged at once, with the reason, and another one can be tried.
import { Check, X } from "lucide-react";
import { RadioGroup } from "radix-ui";
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
      <RadioGroup.Root
        aria-labelledby={questionId}
        value={chosen === null ? "" : String(chosen)}
        onValueChange={(value) => choose(Number(value))}
        className="mt-1.5"
      >
        {options.map(({ text, right }, index) => (
          <RadioGroup.Item
            // biome-ignore lint/suspicious/noArrayIndexKey: options that never change.
            key={index}
            value={String(index)}
            className="group -mx-2 flex tap w-[calc(100%+1rem)] items-center gap-3 rounded-md px-2 py-1.5 text-left hover:bg-hover"
          >
            <span className="flex size-4 shrink-0 items-center justify-center rounded-full border border-soft group-data-[state=checked]:border-0">
              <RadioGroup.Indicator>
                {right ? (
                  <Check className="size-4 text-correct" strokeWidth={2.5} aria-hidden="true" />
                ) : (
                  <X className="size-4 text-wrong" strokeWidth={2.5} aria-hidden="true" />
                )}
              </RadioGroup.Indicator>
            </span>
            <span className="group-data-[state=checked]:font-medium">{text}</span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
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
