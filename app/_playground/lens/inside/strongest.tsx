// The images that the chosen unit or channel answers to most. They are looked for once that is asked.
import { useEffect, useState } from "react";
import { TextButton } from "@/app/_ui/button";
import { formatCount } from "@/app/_ui/format";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { datasetOf } from "@/lib/spec/samples";
import { classNamesOf } from "../../class-names";
import { useLens } from "../use-lens";
import { Problem } from "./table";

const COUNT = 10;
/** Whoever walks through the units with the arrow keys is answered where they rest. */
const REST_MS = 250;

interface StrongestProps {
  spec: ExperimentSpec;
  steps: number;
  unit: number;
  noun: string;
}

export function Strongest({ spec, steps, unit, noun }: StrongestProps) {
  const [searching, setSearching] = useState(false);
  const rested = useRested(unit);
  const { answer, question, problem } = useLens(
    "strongest",
    searching ? { steps, unit: rested, count: COUNT } : null,
  );
  const names = classNamesOf(spec);
  const dataset = datasetOf(spec);
  const isOurs = question?.unit === unit && question.steps === steps;
  const found = isOurs ? answer : null;
  const [rows = 1, columns = 1] = found?.area ?? [];
  return (
    <div className="mt-2">
      {!searching && (
        <TextButton onClick={() => setSearching(true)}>
          Which images does {noun} {unit + 1} answer to most?
        </TextButton>
      )}
      {searching && (
        <p role="status" className="mb-1.5 text-mini text-soft">
          {found === null
            ? `Looking through the images for ${noun} ${unit + 1} …`
            : `What ${noun} ${unit + 1} answers to most, among ${formatCount(found.searched)} ${found.split === "train" ? "training" : "validation"} images`}
        </p>
      )}
      {problem !== null && searching && <Problem>{problem}</Problem>}
      {searching && (
        <ul className="grid max-w-xl grid-cols-5 gap-2 sm:grid-cols-10">
          {Array.from({ length: COUNT }, (_, i) => {
            if (found === null)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: so many places.
                <li key={i} aria-hidden="true">
                  <div className="aspect-square rounded-md bg-line" />
                  <div className="h-4" />
                </li>
              );
            const row = found.rows[i];
            if (row === undefined) return null;
            const place = found.places[i]!;
            return (
              <li key={row}>
                <div className="relative">
                  <ImageCanvas
                    images={found.images}
                    index={i}
                    dataset={dataset}
                    label={`Image of ${names[found.labels[i]!]}: ${found.values[i]!.toPrecision(3)}`}
                    className="aspect-square w-full rounded-md [image-rendering:pixelated]"
                  />
                  {columns * rows > 1 && (
                    <span
                      aria-hidden="true"
                      className="-translate-1/2 absolute size-2.5 rounded-full border-2 border-validation"
                      style={{
                        left: `${(100 * ((place % columns) + 0.5)) / columns}%`,
                        top: `${(100 * (Math.floor(place / columns) + 0.5)) / rows}%`,
                      }}
                    />
                  )}
                </div>
                <p aria-hidden="true" className="text-2xs text-soft">
                  {found.values[i]!.toPrecision(3)}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
