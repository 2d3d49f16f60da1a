// Connects the page with the lesson's state: what an earlier visit left, the step in the address, the lesson's checks.
import { useEffect, useState } from "react";
import type { Check } from "@/lib/lessons/define";
import { type LessonSlug, lessons } from "@/lib/lessons/registry";
import { lessonStore, type StepOutline } from "@/lib/store/lesson-state";
import { bringLesson } from "./bring";
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
    let isHere = true;
    const leave: (() => void)[] = [];
    const open = async () => {
      const { bringChecks, openLesson, openStep } = await bringLesson();
      if (!isHere) return;
      leave.push(openLesson(slug, steps.map(outlineOf), isPart));
      const known = new Set(steps.map(({ id }) => id));
      const { open: last } = lessonStore.getState().progress;
      const begun = last !== null && known.has(last) ? last : steps[0]!.id;
      const follow = () => openStep(known.has(stepInAddress()) ? stepInAddress() : begun);
      follow();
      window.addEventListener("hashchange", follow);
      leave.push(() => window.removeEventListener("hashchange", follow));

      const lesson = await lessons[slug]();
      const checks = new Map<string, Check>();
      for (const step of lesson.steps)
        for (const check of step.checks) checks.set(`${step.id}/${check.id}`, check);
      if (isHere) bringChecks((step, check) => checks.get(`${step}/${check}`)?.passes ?? null);
    };
    open().catch(() => {
      if (isHere) setProblem("The checks of this lesson did not come: reload the page when you are online.");
    });
    return () => {
      isHere = false;
      for (const end of leave) end();
    };
  }, [slug, steps, isPart]);
  return problem;
}

const outlineOf = ({ id, experiment, checks, sweep, holdOut }: StepView): StepOutline => ({
  id,
  experiment,
  sweep,
  holdOut,
  checks: checks.map((check) => check.id),
});
