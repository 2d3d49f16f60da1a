// A step of a lesson as its page draws it; on the server only, as it sets formulas.
import type { Step } from "@/lib/lessons/define";
import { parseExperiment } from "@/lib/spec/experiment";
import { Body } from "./body";
import { Inline } from "./inline";
import type { StepView } from "./lesson-page";

export const viewOf = ({
  id,
  title,
  body,
  experiment,
  checks,
  variants = [],
  sweep,
  holdOut,
}: Step): StepView => ({
  id,
  title,
  body: <Body blocks={body} />,
  experiment: experiment === undefined ? null : parseExperiment(experiment),
  checks: checks.map((check) => ({ id: check.id, label: <Inline text={check.label} /> })),
  variants: variants.map((variant) => ({
    label: variant.label,
    experiment: parseExperiment(variant.experiment),
  })),
  sweep: sweep ?? null,
  holdOut: holdOut === true,
});
