// What may be wrong with the training: what was found by rule, each with what mends it, and the mended run beside the
// one that was examined.
import { Check } from "lucide-react";
import { useStore } from "zustand";
import { formatPlural } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import { ruleLabels } from "@/lib/doctor/doctor";
import { mendStore } from "@/lib/store/mend";
import { isActive } from "@/lib/store/reduce";
import { useRun } from "../use-stores";
import { Beside } from "./doctor/beside";
import { FindingCard } from "./doctor/finding-card";
import { type Examination, useFindings } from "./doctor/use-findings";

export default function Doctor() {
  const examination = useFindings();
  const training = useRun((run) => isActive(run.state));
  const mending = useStore(mendStore, (state) => state.mending);
  const busy = training || (mending !== null && isActive(mending.run.state));
  const { findings, problem } = examination;
  return (
    <div className="space-y-6">
      <p className="text-soft" role="status">
        {summary(examination)}
      </p>
      {problem !== null && <ProblemText>{problem}</ProblemText>}
      {findings !== null && findings.length > 0 && (
        <ul className="space-y-7">
          {findings.map((finding) => (
            <FindingCard key={finding.rule} finding={finding} busy={busy}>
              {mending?.finding === finding.label && <Beside mending={mending} />}
            </FindingCard>
          ))}
        </ul>
      )}
      {mending !== null && !findings?.some(({ label }) => label === mending.finding) && (
        <Beside mending={mending} />
      )}
      {findings?.length === 0 && !examination.waiting && <Looked />}
    </div>
  );
}

/** In one sentence. */
function summary({ findings, epochs, over, waiting }: Examination): string {
  const when = epochs === 0 ? "" : `, after ${formatPlural(epochs, "epoch")}`;
  if (findings === null) return "Examined once the first epoch is over.";
  if (waiting && findings.length === 0) return "Looking into the network.";
  if (findings.length === 0) return `${over ? "Nothing is" : "So far nothing is"} wrong${when}.`;
  return `${formatPlural(findings.length, "finding")}${when}.`;
}

/** What a sound run was examined for: a picture of nothing says what it is nothing of. */
function Looked() {
  return (
    <section aria-labelledby="examined-for">
      <h3 id="examined-for" className="mb-2 text-mini text-soft">
        Examined for
      </h3>
      <ul className="grid gap-x-6 gap-y-1 text-mini sm:grid-cols-2">
        {ruleLabels.map((label) => (
          <li key={label} className="flex items-baseline gap-2">
            <Check className="size-3.5 shrink-0 translate-y-0.5 text-correct" aria-hidden="true" />
            {label}
          </li>
        ))}
      </ul>
    </section>
  );
}
