"use client";
// A lesson: the open step's text at the left, the live playground with its experiment at the right; one column on phones.
import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { PageActions } from "@/app/_playground/page-actions";
import { useDialogs } from "@/app/_playground/use-dialogs";
import { Header } from "@/app/_ui/header";
import { nextTask } from "@/app/_ui/next-task";
import { ProblemText } from "@/app/_ui/problem";
import { SkipLink } from "@/app/_ui/skip-link";
import type { LessonSlug } from "@/lib/lessons/registry";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { lessonStore } from "@/lib/store/lesson-state";
import type { SpecState } from "@/lib/store/spec";
import type { SweepSpec } from "@/lib/sweeps/sweep";
import { bringLesson } from "./bring";
import { StepText } from "./step-text";
import { StepsBar } from "./steps-bar";
import { useLesson } from "./use-lesson";

const RunColumn = lazy(async () => {
  try {
    await bringLesson();
    await nextTask();
    return await import("./run-column");
  } catch {
    // The text can be read without it.
    return { default: NotHere };
  }
});

const NotHere = () => (
  <div className="px-4 pt-4 pb-32 lg:px-7 lg:pt-5">
    <ProblemText>The playground did not come: reload the page when you are online.</ProblemText>
  </div>
);

/** A step as the server draws it. */
export interface StepView {
  id: string;
  title: string;
  body: ReactNode;
  /** Null where the one of the step before stays. */
  experiment: ExperimentSpec | null;
  checks: readonly { id: string; label: ReactNode }[];
  variants: readonly { label: string; experiment: ExperimentSpec }[];
  sweep: SweepSpec | null;
  /** True keeps the test images of what is trained in it locked. */
  holdOut: boolean;
}

export interface LessonPageProps {
  slug: LessonSlug;
  /** From 1. */
  number: number;
  title: string;
  credits: ReactNode;
  steps: readonly StepView[];
  /** True where the lesson has other steps than these. */
  isPart?: boolean;
  /** The lesson after this one. */
  next: { href: string; title: string } | null;
  /** What stands above it in place of the header. */
  bar?: ReactNode;
  /** It is as tall as its content, and no part of it scrolls by itself. */
  natural?: boolean;
}

export function LessonPage(props: LessonPageProps) {
  const { slug, steps, isPart = false, bar, natural = false } = props;
  const { open, dialog } = useDialogs();
  const first = steps[0]!.experiment;
  const opening = useMemo((): SpecState | null => first && { spec: first, forkedFrom: null }, [first]);
  const problem = useLesson(slug, steps, isPart);
  // The same before and after the first step is opened: the page is not drawn again for it.
  const step = useStore(lessonStore, (lesson) => lesson.step ?? steps[0]!.id);
  const index = steps.findIndex(({ id }) => id === step);
  const column = useRef<HTMLElement>(null);
  return (
    <div className={natural ? "" : "lg:flex lg:h-screenful lg:flex-col"}>
      <SkipLink />
      {bar ?? (
        <Header home="/">
          <PageActions onOpen={open} />
        </Header>
      )}
      <main className="lg:grid lg:min-h-0 lg:flex-1 lg:grid-cols-[26rem_minmax(0,1fr)] xl:grid-cols-[29rem_minmax(0,1fr)]">
        <article
          ref={column}
          className="relative border-line max-lg:border-b lg:overflow-y-auto lg:border-r"
          aria-labelledby="lesson-title"
        >
          <StepsBar steps={steps} index={index} />
          <StepText {...props} index={index} problem={problem} />
          <StepInView column={column} />
        </article>
        <Suspense>
          <RunColumn
            slug={slug}
            step={steps[index]!}
            opening={opening}
            isFramed={bar !== undefined}
            onOpen={open}
          />
        </Suspense>
      </main>
      {dialog}
    </div>
  );
}

/** Another step begins at its top, wherever the one before was left, and whoever reads by ear is told its title. */
function StepInView({ column }: { column: RefObject<HTMLElement | null> }) {
  // Null until the step that the visit begins with is open.
  const step = useStore(lessonStore, (lesson) => lesson.step);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    const isFirst = shown.current === null;
    if (shown.current === step) return;
    shown.current = step;
    if (isFirst) return;
    column.current?.scrollTo({ top: 0 });
    const top = column.current?.getBoundingClientRect().top ?? 0;
    if (top < 0) window.scrollBy({ top });
    column.current?.querySelector("h2")?.focus({ preventScroll: true });
  }, [step, column]);
  return null;
}
