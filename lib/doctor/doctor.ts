// Examines a run by all rules.

import { guessing } from "../metrics/diagnosis";
import { relativeStep } from "../metrics/gradients";
import { buildProgram } from "../spec/program";
import type { Findings, RuleDefinition, Seen } from "./define";
import type { Observed } from "./observed";
import { rules } from "./registry";

export type RuleKind = (typeof rules)[number]["kind"];

export interface Finding extends Findings {
  rule: RuleKind;
  label: string;
}

const all: readonly RuleDefinition<RuleKind>[] = rules;

/** The rules' names, in the order in which they are examined and said: causes before what comes of them. */
export const ruleLabels: readonly string[] = all.map(({ label }) => label);

/** All that is wrong with a run, as far as it shows by now; an empty list for a sound one. */
export function examine(observed: Observed): Finding[] {
  const seen = seenOf(observed);
  const found = all.flatMap((rule) => {
    const findings = rule.examine(seen);
    return findings === null ? [] : [{ rule, findings }];
  });
  const kinds = new Set<string>(found.map(({ rule }) => rule.kind));
  const hasCause = found.some(({ rule }) => rule.isSymptom !== true);
  return found
    .filter(({ rule }) => !(rule.isSymptom && hasCause) && !rule.yieldsTo?.some((kind) => kinds.has(kind)))
    .map(({ rule, findings }) => ({ rule: rule.kind, label: rule.label, ...findings }));
}

function seenOf(observed: Observed): Seen {
  const { spec, probes, restoredEpoch } = observed;
  const history = observed.history.slice(0, restoredEpoch ?? observed.history.length);
  const guess = guessing(spec);
  return {
    ...observed,
    history,
    program: buildProgram(spec),
    last: history.at(-1) ?? null,
    guess,
    skill: (accuracy) => (accuracy - guess.accuracy) / (1 - guess.accuracy),
    moved: probes && relativeStep(spec.optimizer, probes.first.arrays),
  };
}
