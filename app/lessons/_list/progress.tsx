"use client";
// How far the reader is in a lesson: a ring around its number, and the same in words.
import { formatPlural } from "@/app/_ui/format";
import { useDone } from "./use-done";

interface ProgressProps {
  slug: string;
  /** How many the lesson has. */
  steps: number;
}

const RADIUS = 18;
const AROUND = 2 * Math.PI * RADIUS;

export function NumberRing({ slug, steps, number }: ProgressProps & { number: number }) {
  const share = useDone(slug, steps) / steps;
  return (
    <span
      aria-hidden="true"
      className="relative inline-flex size-10 shrink-0 items-center justify-center font-semibold"
    >
      <svg viewBox="0 0 40 40" className="-rotate-90 absolute inset-0" fill="none" aria-hidden="true">
        <circle cx="20" cy="20" r={RADIUS} stroke="var(--line)" strokeWidth="1.5" />
        {share > 0 && (
          <circle
            cx="20"
            cy="20"
            r={RADIUS}
            stroke="var(--right)"
            strokeWidth="2.5"
            strokeDasharray={`${share * AROUND} ${AROUND}`}
          />
        )}
      </svg>
      {number}
    </span>
  );
}

export function StepsDone({ slug, steps }: ProgressProps) {
  const done = useDone(slug, steps);
  return done === 0 ? formatPlural(steps, "step") : `${done} of ${formatPlural(steps, "step")} done`;
}
