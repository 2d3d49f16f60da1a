// One issue: the button that brings it about, the evidence, and the button that mends it.
import { Check, Stethoscope } from "lucide-react";
import type { ReactNode } from "react";
import { useRun } from "@/app/_playground/use-stores";
import { Button } from "@/app/_ui/button";
import { findingsOf, isExperiment, issueCards } from "@/lib/lessons/binary-classification/issues";
import type { ExperimentInput } from "@/lib/lessons/define";
import type { RunFacts } from "@/lib/lessons/facts";
import { type Finding, type Issue, issueNames } from "@/lib/metrics/diagnosis";
import { parseExperiment } from "@/lib/spec/experiment";
import { isActive } from "@/lib/store/reduce";
import { train } from "@/lib/store/run";
import { openExperiment } from "@/lib/store/spec";
import type { FigureProps } from "../figure";
import { useEvidence } from "./use-evidence";

function start(experiment: ExperimentInput) {
  openExperiment(parseExperiment(experiment));
  void train();
}

/** Which of the card's two experiments is training now, and how far it is. */
function useOwnRun(issue: Issue) {
  const spec = useRun((run) => run.spec);
  const active = useRun((run) => isActive(run.state));
  const epochs = useRun((run) => run.to);
  const done = useRun((run) => run.history.length);
  const { ill, mended } = issueCards[issue];
  const own =
    !active || spec === null
      ? null
      : isExperiment(spec, ill)
        ? ("ill" as const)
        : isExperiment(spec, mended)
          ? ("mended" as const)
          : null;
  const text = epochs === 0 ? "Starting" : `Training, epoch ${Math.min(done + 1, epochs)} of ${epochs}`;
  return { own, active, text };
}

export function Card({ issue, ...props }: FigureProps & { issue: Issue }) {
  const { symptom, ill, mended, change } = issueCards[issue];
  const { finding, measuring, sound } = useEvidence(issue, props);
  const { own, active, text } = useOwnRun(issue);
  const tried = props.facts.runs.findLast((run) => isExperiment(run.spec, ill) && run.state === "done");
  const id = `issue-${issue}`;
  const bring = finding === null ? "Bring it about" : "Bring it about again";
  return (
    <section aria-labelledby={id} className="rounded-lg border border-line bg-raised p-4">
      <h3 id={id} className="font-semibold text-base">
        {issueNames[issue]}
      </h3>
      <p className="text-soft">{symptom}</p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button
          aria-label={`${bring}: ${issueNames[issue].toLowerCase()}`}
          onClick={() => start(ill)}
          disabled={active || measuring}
        >
          {bring}
        </Button>
        <span className="text-mini text-soft" role="status">
          {own === "ill" ? text : measuring ? "Measuring the gradients" : ""}
        </span>
      </div>
      {finding === null && tried !== undefined && own === null && (
        <p className="mt-3 text-mini text-soft">{otherwise(tried)}</p>
      )}
      {finding !== null && (
        <>
          <Evidence finding={finding} />
          <div className="mt-3 flex flex-wrap items-center gap-3">
            <Button
              aria-label={`Mend it: ${issueNames[issue].toLowerCase()}`}
              onClick={() => start(mended)}
              disabled={active || measuring}
            >
              Mend it
            </Button>
            <span className="text-mini text-soft" role="status">
              {own === "mended" ? text : change}
            </span>
          </div>
        </>
      )}
      {sound !== null && (
        <Part sign={<Check className="size-4 text-correct" aria-hidden="true" />} title="Sound">
          <p className="text-mini">{sound}</p>
        </Part>
      )}
    </section>
  );
}

/** On another engine the same experiment may come out otherwise. */
const otherwise = (run: RunFacts) => {
  const found = findingsOf(run)?.map(({ issue }) => issueNames[issue].toLowerCase()) ?? [];
  return `This time it came out ${found.length === 0 ? "sound" : `as ${found.join(" and ")}`}. Choose the WebAssembly engine, where the seed decides every number.`;
};

function Evidence({ finding: { evidence, remedy } }: { finding: Pick<Finding, "evidence" | "remedy"> }) {
  return (
    <Part sign={<Stethoscope className="size-4 text-wrong" aria-hidden="true" />} title="Found by rule">
      <ul className="ml-4 list-disc space-y-1 text-mini">
        {evidence.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="mt-2 font-medium text-sm">{remedy}</p>
    </Part>
  );
}

function Part({ sign, title, children }: { sign: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="mt-3 border-line border-t pt-3">
      <p className="mb-1 flex items-center gap-1.5 font-medium">
        {sign}
        {title}
      </p>
      {children}
    </div>
  );
}
