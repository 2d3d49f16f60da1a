// What a step brings to work with beside its text: other experiments to load, and a comparison. Where there is room it stands
// with the run; on narrow screens in the text, where it is spoken of, as the run comes below all of it there.
import { lazy, Suspense, useSyncExternalStore } from "react";
import { sweepKeyOf } from "@/lib/store/lesson-state";
import type { StepView } from "./lesson-page";

// Many steps have neither.
const Variants = lazy(() => import("./variants"));
const SweepPanel = lazy(() =>
  import("@/app/_playground/sweep/sweep-panel").then(({ SweepPanel: component }) => ({ default: component })),
);

/** As `lg` has it: from here on text and run stand side by side. */
const WIDE = "(width >= 64rem)";

function subscribe(notify: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", notify);
  return () => query.removeEventListener("change", notify);
}

/** Null on the server, which does not know the screen. */
const useWide = (): boolean | null =>
  useSyncExternalStore<boolean | null>(
    subscribe,
    () => matchMedia(WIDE).matches,
    () => null,
  );

interface ApparatusProps {
  slug: string;
  step: StepView;
  /** Where this is: it is drawn in one of both places. */
  place: "text" | "run";
}

export function Apparatus({ slug, step: { id, variants, sweep }, place }: ApparatusProps) {
  const wide = useWide();
  if (wide !== (place === "run") || (variants.length === 0 && sweep === null)) return null;
  return (
    <div key={id} className={`space-y-6 ${place === "text" ? "mt-6" : ""}`}>
      {variants.length > 0 && (
        <Suspense fallback={<div className="h-8 pointer-coarse:h-11" />}>
          <Variants variants={variants} />
        </Suspense>
      )}
      {sweep !== null && (
        <Suspense fallback={<div className="h-96" />}>
          <SweepPanel sweep={sweep} storageKey={sweepKeyOf(slug, id)} />
        </Suspense>
      )}
    </div>
  );
}
