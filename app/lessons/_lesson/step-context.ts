"use client";
// Which step a figure or a quiz belongs to, what it knows, and whom it tells.
import { createContext, use, useCallback } from "react";
import { useStore } from "zustand";
import { type Facts, type Mark, noFacts } from "@/lib/lessons/facts";
import { lessonStore } from "@/lib/store/lesson-state";
import { bringLesson } from "./bring";

export const StepContext = createContext<string>("");

/** The facts of the step around. */
export function useFacts(): Facts {
  const step = use(StepContext);
  return useStore(lessonStore, ({ facts }) => facts[step] ?? noFacts);
}

/** Notes something for the step around; the same function as long as the step is. */
export function useMark(): (name: string, value: Mark) => void {
  const step = use(StepContext);
  return useCallback(
    (name: string, value: Mark) =>
      // Where it does not come, the page has said so.
      void bringLesson()
        .then(({ mark }) => mark(step, name, value))
        .catch(() => {}),
    [step],
  );
}
