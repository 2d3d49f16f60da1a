// What is to be done in a step, each with a sign once the run, the sweep or the figure shows that it was.
import { Check } from "lucide-react";
import { useStore } from "zustand";
import { lessonStore, untouched } from "@/lib/store/lesson-state";
import type { StepView } from "./lesson-page";

export function Checks({ step }: { step: Pick<StepView, "id" | "checks"> }) {
  const { passed } = useStore(lessonStore, ({ progress }) => progress.steps[step.id] ?? untouched);
  const done = useStore(lessonStore, ({ progress }) => progress.done.includes(step.id));
  return (
    <section aria-labelledby="to-do" className="mt-7 border-line border-t pt-4">
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h3 id="to-do" className="caps">
          To do
        </h3>
        <p className={`text-mini ${done ? "font-medium text-correct" : "text-soft"}`}>
          {done ? "done" : `${passed.length} of ${step.checks.length}`}
        </p>
      </div>
      <ul className="space-y-2 text-sm">
        {step.checks.map(({ id, label }) => (
          <Item key={id} passed={passed.includes(id)}>
            {label}
          </Item>
        ))}
      </ul>
    </section>
  );
}

function Item({ passed, children }: { passed: boolean; children: React.ReactNode }) {
  return (
    <li className="flex items-start gap-3">
      <span
        className={`mt-[3px] flex size-4.5 shrink-0 items-center justify-center rounded-full border transition-colors duration-300 ${passed ? "border-correct bg-correct text-paper" : "border-soft"}`}
      >
        {passed && <Check className="size-3" strokeWidth={3} aria-hidden="true" />}
      </span>
      <span className={passed ? "text-soft" : ""}>
        <span className="sr-only">{passed ? "Done: " : "To do: "}</span>
        {children}
      </span>
    </li>
  );
}
