// The parts of what an epoch prints, in the order in which the log has them.
export const outputTerms = [
  "epoch",
  "steps",
  "time",
  "step time",
  "loss",
  "accuracy",
  "val_loss",
  "val_accuracy",
] as const;

export type OutputTerm = (typeof outputTerms)[number];

/** What a figure notes once the explanation of a term was open. */
export const termMark = (term: OutputTerm): string => `read ${term}`;
