// The open step: its text, what is to be done in it, and the way on.
import { ArrowRight, RotateCcw } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useStore } from "zustand";
import { buttonClass, TextButton } from "@/app/_ui/button";
import { ProblemText } from "@/app/_ui/problem";
import { plainText } from "@/lib/lessons/inline";
import { lessonStore } from "@/lib/store/lesson-state";
import { Apparatus } from "./apparatus";
import { bringLesson } from "./bring";
import { Checks } from "./checks";
import type { LessonPageProps } from "./lesson-page";
import { StepContext } from "./step-context";

const OwnRuns = lazy(() => import("./own-runs"));

interface StepTextProps extends LessonPageProps {
  /** The open step's. */
  index: number;
  /** Why its checks cannot be looked at. */
  problem: string | null;
}

export function StepText(props: StepTextProps) {
  const { slug, number, title, credits, steps, next, index, problem } = props;
  const step = steps[index]!;
  const following = steps[index + 1];
  const done = useStore(lessonStore, ({ progress }) => progress.done.includes(step.id));
  const kept = useStore(lessonStore, (lesson) => lesson.kept);
  return (
    <div className="px-4 pt-5 pb-10 text-[0.9375rem] leading-6 lg:px-7 lg:pb-12">
      <h1 id="lesson-title" className="caps">
        Lesson {number} · {title}
      </h1>
      <section aria-labelledby="step-title">
        <h2
          id="step-title"
          tabIndex={-1}
          className="mt-2 mb-4 font-semibold text-2xl leading-8 tracking-tight outline-none"
        >
          {step.title}
        </h2>
        <StepContext value={step.id}>
          <div key={step.id} className="space-y-4">
            {step.body}
          </div>
        </StepContext>
        <Apparatus slug={slug} step={step} place="text" />
        <Checks step={step} />
      </section>
      {problem !== null && (
        <ProblemText severity="warning" className="mt-4">
          {problem}
        </ProblemText>
      )}
      {following === undefined && (
        <Suspense>
          <OwnRuns />
        </Suspense>
      )}
      <div className="mt-6 flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        {following !== undefined ? (
          <Onward href={`#${following.id}`} filled={done} lead="Next" title={following.title} />
        ) : (
          next !== null && <Onward href={next.href} filled={done} lead="Next lesson" title={next.title} />
        )}
        <ResetStep key={step.id} id={step.id} />
      </div>
      <JustDone steps={steps} />
      {!kept && (
        <p className="mt-6 text-mini text-soft">
          This browser does not let pages remember anything: your progress is gone when you leave.
        </p>
      )}
      {following === undefined && (
        <p className="mt-8 border-line border-t pt-4 text-mini text-soft">{credits}</p>
      )}
    </div>
  );
}

interface OnwardProps {
  href: string;
  /** True once nothing is left to do here. */
  filled: boolean;
  lead: string;
  title: string;
}

const Onward = ({ href, filled, lead, title }: OnwardProps) => (
  <a href={href} className={`${buttonClass({ filled })} max-w-full`}>
    <span className="truncate">
      {lead}: {title}
    </span>
    <ArrowRight className="size-4 shrink-0" aria-hidden="true" />
  </a>
);

/** Asks once more: what is forgotten is gone. */
function ResetStep({ id }: { id: string }) {
  const [asked, setAsked] = useState(false);
  const touched = useStore(
    lessonStore,
    ({ progress, facts }) =>
      progress.steps[id] !== undefined || (facts[id]?.runs.length ?? 0) + (facts[id]?.sweeps.length ?? 0) > 0,
  );
  if (!touched) return null;
  if (!asked)
    return (
      <button
        type="button"
        onClick={() => setAsked(true)}
        className="tap inline-flex items-center gap-1.5 text-mini text-soft hover:text-ink"
      >
        <RotateCcw className="size-3.5" aria-hidden="true" />
        Reset this step
      </button>
    );
  return (
    <span className="flex flex-wrap items-center gap-x-4 text-mini">
      <TextButton
        // The button that was pressed is gone.
        autoFocus
        onClick={async () => {
          const { resetStep } = await bringLesson();
          resetStep(id);
          setAsked(false);
        }}
      >
        Forget what I did here
      </TextButton>
      <button type="button" onClick={() => setAsked(false)} className="tap text-soft hover:text-ink">
        Keep it
      </button>
    </span>
  );
}

/** Said once, when the last check of a step passes. */
function JustDone({ steps }: Pick<LessonPageProps, "steps">) {
  const id = useStore(lessonStore, ({ justDone }) => justDone);
  const title = steps.find((step) => step.id === id)?.title;
  return (
    <p aria-live="polite" className="sr-only">
      {title !== undefined && `Step done: ${plainText(title)}.`}
    </p>
  );
}
