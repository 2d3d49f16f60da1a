"use client";
// A lesson: the open step's text at the left, the live playground with its experiment at the right; one column on phones.
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { Announcer } from "@/app/_playground/announcer";
import { PageActions } from "@/app/_playground/page-actions";
import { Charts } from "@/app/_playground/panels/charts";
import { Details } from "@/app/_playground/panels/details";
import { Experiment } from "@/app/_playground/panels/experiment";
import { Log } from "@/app/_playground/panels/log";
import { Drawing, Predictions } from "@/app/_playground/panels/predictions";
import { RunPanel } from "@/app/_playground/panels/run-panel";
import { KeptHere } from "@/app/_playground/storage/kept-here";
import { useDialogs } from "@/app/_playground/use-dialogs";
import { OpeningContext, useOpening } from "@/app/_playground/use-stores";
import { Header } from "@/app/_ui/header";
import { SkipLink } from "@/app/_ui/skip-link";
import type { LessonSlug } from "@/lib/lessons/registry";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { lessonStore } from "@/lib/store/lesson";
import { restoreSettings } from "@/lib/store/settings";
import { keepRuns } from "@/lib/store/shelf-keeping";
import type { SpecState } from "@/lib/store/spec";
import type { SweepSpec } from "@/lib/sweeps/sweep";
import { Apparatus } from "./apparatus";
import { StepText } from "./step-text";
import { StepsBar } from "./steps-bar";
import { useLesson } from "./use-lesson";

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
  const first = props.steps[0]!.experiment;
  const opening = useMemo((): SpecState | null => first && { spec: first, forkedFrom: null }, [first]);
  useOpening(opening);
  return (
    <OpeningContext value={opening}>
      <Page {...props} />
    </OpeningContext>
  );
}

function Page(props: LessonPageProps) {
  const { slug, steps, isPart = false, bar, natural = false } = props;
  const { open, dialog } = useDialogs();
  useEffect(restoreSettings, []);
  useEffect(keepRuns, []);
  const problem = useLesson(slug, steps, isPart);
  // The same before and after the first step is opened: the page is not drawn again for it.
  const step = useStore(lessonStore, (lesson) => lesson.step ?? steps[0]!.id);
  const index = steps.findIndex(({ id }) => id === step);
  const column = useRef<HTMLElement>(null);
  useStepInView(step, column);
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
        </article>
        <div
          id="run"
          tabIndex={-1}
          className="relative px-4 pt-4 pb-32 outline-none natural:pb-8 lg:overflow-y-auto lg:px-7 lg:pt-5 lg:pb-8"
        >
          <div className="space-y-6">
            <div className="@container">
              <Experiment folded />
            </div>
            <Apparatus slug={slug} step={steps[index]!} place="run" />
            <RunPanel onSubmit={() => open("submit")} />
            <Charts />
            <div className="@container">
              <div className="grid gap-x-9 gap-y-8 @min-[44rem]:grid-cols-2">
                <div className="min-w-0 space-y-6">
                  <Predictions />
                  <Drawing />
                </div>
                {/* Down by what the button beside the other name makes that one higher. */}
                <div className="min-w-0 space-y-8 @min-[44rem]:pt-1 xl:[&_[role=log]]:max-h-96">
                  <Log />
                  <Details />
                  {bar === undefined && <KeptHere onOpen={() => open("storage")} />}
                </div>
              </div>
            </div>
          </div>
        </div>
      </main>
      <Announcer />
      {dialog}
    </div>
  );
}

/** Another step begins at its top, wherever the one before was left, and whoever reads by ear is told its title. */
function useStepInView(step: string, column: { current: HTMLElement | null }) {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (shown.current === null) {
      // The step that the visit begins with is open by now.
      shown.current = lessonStore.getState().step;
      return;
    }
    if (shown.current === step) return;
    shown.current = step;
    column.current?.scrollTo({ top: 0 });
    const top = column.current?.getBoundingClientRect().top ?? 0;
    if (top < 0) window.scrollBy({ top });
    column.current?.querySelector("h2")?.focus({ preventScroll: true });
  }, [step, column]);
}
