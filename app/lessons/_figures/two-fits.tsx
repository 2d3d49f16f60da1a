// The reader's runs of five and of ten epochs, side by side on the same axes.
import { useMemo } from "react";
import { useStore } from "zustand";
import { HistoryChart } from "@/app/_charts/history-chart";
import type { RunFacts } from "@/lib/lessons/facts";
import { accuracyAxis } from "@/lib/metrics/axis";
import { lessonStore } from "@/lib/store/lesson-state";

const LENGTHS = [5, 10] as const;
const LONGEST = 10;

export default function TwoFits() {
  // The five epochs may have been trained in the step before.
  const facts = useStore(lessonStore, (lesson) => lesson.facts);
  const fits = LENGTHS.map((epochs) =>
    latest(
      Object.values(facts).flatMap(({ runs }) => runs),
      epochs,
    ),
  );
  const values = fits.flatMap(
    (fit) => fit?.history.flatMap(({ accuracy, valAccuracy }) => [accuracy, valAccuracy ?? 1]) ?? [],
  );
  const least = Math.min(1, ...values);
  const axis = useMemo(() => accuracyAxis([least]), [least]);
  return (
    <figure className="@container">
      <div className="grid gap-x-4 gap-y-4 @min-[22rem]:grid-cols-2">
        {fits.map((fit, index) => (
          <HistoryChart
            key={LENGTHS[index]}
            title={`${LENGTHS[index]} epochs`}
            history={fit?.history ?? none}
            epochs={LONGEST}
            axis={axis}
            turn={index}
          />
        ))}
      </div>
    </figure>
  );
}

const none: RunFacts["history"] = [];

/** The run that was made last of those with as many epochs; undefined where there is none. */
const latest = (runs: readonly RunFacts[], epochs: number): RunFacts | undefined =>
  runs.findLast(({ state, history }) => state === "done" && history.length === epochs);
