// Which pixels matter for a class: the gradient of its score by the image, and what becomes of its probability when a
// square of the image is covered.
import { useState } from "react";
import { Select } from "@/app/_ui/select";
import { datasetOf } from "@/lib/spec/samples";
import { classNamesOf } from "../../class-names";
import type { InsideProps } from "../inside";
import { useLens } from "../use-lens";
import { OcclusionView } from "./occlusion";
import { SaliencyView } from "./saliency";
import { Problem } from "./table";

/** Side of the square that covers, as a part of the image's. */
const COVERED = 1 / 4;

export default function WhatMatters({ spec, image }: InsideProps) {
  const names = classNamesOf(spec);
  const size = Math.floor(datasetOf(spec).shape[0]! * COVERED);
  const occlusion = useLens("occlusion", image && { image, size });
  const { answer } = occlusion;
  const [wanted, setWanted] = useState<number | null>(null);
  const read = answer?.uncovered.reduce((best, p, kind) => (p > answer.uncovered[best]! ? kind : best), 0);
  const target = wanted !== null && wanted < names.length ? wanted : (read ?? null);
  const saliency = useLens("saliency", image && target !== null ? { image, target } : null);
  const problem = occlusion.problem ?? saliency.problem;
  if (answer === null || image === null || target === null)
    return problem === null ? <div className="h-72" /> : <Problem>{problem}</Problem>;
  return (
    <div className="space-y-4">
      <p className="flex flex-wrap items-baseline gap-x-1.5">
        What speaks for
        <Select
          name="The class that is asked about"
          value={wanted === null ? "read" : String(wanted)}
          options={[
            { value: "read", label: `${names[read!]}, as it is read` },
            ...names.map((name, kind) => ({ value: String(kind), label: name })),
          ]}
          onChange={(value) => setWanted(value === "read" ? null : Number(value))}
        />
      </p>
      {problem !== null && <Problem>{problem}</Problem>}
      <div className="grid gap-6 sm:grid-cols-2">
        {saliency.answer !== null && saliency.question !== null && (
          <SaliencyView
            spec={spec}
            image={saliency.question.image}
            name={names[saliency.question.target]!}
            {...saliency.answer}
          />
        )}
        <OcclusionView
          spec={spec}
          image={occlusion.question!.image}
          answer={answer}
          target={target}
          names={names}
        />
      </div>
    </div>
  );
}
