// Connects the page with the lesson's state: what an earlier visit left, the step in the address, the lesson's checks.
import { useEffect, useState } from "react";
import type { Check } from "@/lib/lessons/define";
import { type LessonSlug, lessons } from "@/lib/lessons/registry";
import { bringChecks, lessonStore, openLesson, openStep } from "@/lib/store/lesson";
import type { StepView } from "./lesson-page";

/** The step that the address names: "#first-run". */
const stepInAddress = (): string => location.hash.slice(1);

/**
 * @param steps must be the same list at every call
 * @param isPart whether the lesson has other steps than these
 * @returns why the checks cannot be looked at, in one sentence; null where they can
 */
export function useLesson(slug: LessonSlug, steps: readonly StepView[], isPart: boolean): string | null {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const outlines = steps.map(({ id, experiment, checks, sweep, holdOut }) => ({
      id,
      experiment,
      sweep,
      holdOut,
      checks: checks.map((check) => check.id),
    }));
    const close = openLesson(slug, outlines, isPart);
    const known = new Set(steps.map(({ id }) => id));
    const { open } = lessonStore.getState().progress;
    const begun = open !== null && known.has(open) ? open : steps[0]!.id;
    const follow = () => openStep(known.has(stepInAddress()) ? stepInAddress() : begun);
    follow();
    window.addEventListener("hashchange", follow);

    let isHere = true;
    const bring = async () => {
      const lesson = await lessons[slug]();
      const checks = new Map<string, Check>();
      for (const step of lesson.steps)
        for (const check of step.checks) checks.set(`${step.id}/${check.id}`, check);
      if (isHere) bringChecks((step, check) => checks.get(`${step}/${check}`)?.passes ?? null);
    };
    bring().catch(() => {
      if (isHere) setProblem("The checks of this lesson did not come: reload the page when you are online.");
    });
    return () => {
      isHere = false;
      window.removeEventListener("hashchange", follow);
      close();
    };
  }, [slug, steps, isPart]);
  return problem;
}
