// What somebody has put together in the dialog, and the sweep that it comes to. Pure, so that it can be read in tests.
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { number } from "@/lib/spec/fields";
import { MAX_CELLS } from "@/lib/sweeps/cells";
import { rangeOf, type VariedField, type VariedNumber, variedFields } from "@/lib/sweeps/fields";
import { numberLabel } from "@/lib/sweeps/label";
import { trainingsOf } from "@/lib/sweeps/plan";
import type { LabelledValue, SearchRange, SweepAxis, SweepSpec } from "@/lib/sweeps/sweep";

export const draftKinds = ["optimizers", "learningRates", "batchSizes", "grid", "search"] as const;
export type DraftKind = (typeof draftKinds)[number];

export interface AxisDraft {
  field: string;
  /** Of a number: what is typed, e.g. "0.1, 0.01". Of a choice: the labels that are chosen. */
  values: string | readonly string[];
}

export interface Draft {
  kind: DraftKind;
  /** The one axis of each of the first three. */
  single: Readonly<Record<"optimizers" | "learningRates" | "batchSizes", AxisDraft>>;
  grid: readonly AxisDraft[];
  ranges: readonly SearchRange[];
  /** Of each training of a grid. */
  epochs: number;
  trials: number;
  minEpochs: number;
  maxEpochs: number;
  keepOneIn: number;
  seed: number;
}

export const searchFields = {
  trials: number("Trials", {
    default: 9,
    min: 2,
    max: 64,
    integer: true,
    help: "How many settings are drawn at random.",
  }),
  minEpochs: number("Epochs at first", {
    default: 1,
    min: 1,
    max: 100,
    integer: true,
    help: "How long every trial is trained before the better ones are told from the others.",
  }),
  maxEpochs: number("Epochs at most", {
    default: 9,
    min: 1,
    max: 1000,
    integer: true,
    help: "How long the last ones are trained.",
  }),
  keepOneIn: number("Keep one in", {
    default: 3,
    min: 2,
    max: 10,
    integer: true,
    help: "Of how many trials one goes on to the next round, for as many times the epochs.",
  }),
  seed: number("Seed", {
    default: 1,
    min: 0,
    max: 4294967295,
    integer: true,
    help: "Decides what is drawn. The same seed draws the same settings.",
  }),
};

/** What a field is varied over until somebody says otherwise. */
export const axisDraft = (varied: VariedField): AxisDraft => {
  const labels = varied.values.map(({ label }) => label);
  return {
    field: varied.field,
    values: varied.type === "number" ? varied.values.map(({ value }) => String(value)).join(", ") : labels,
  };
};

const isVariedNumber = (varied: VariedField): varied is VariedNumber => varied.type === "number";

/** Fields that a search can draw from. */
export const searchable = (fields: readonly VariedField[]): VariedNumber[] =>
  fields.filter(isVariedNumber).filter(({ field }) => field !== "training.epochs" && field !== "seed");

/** What the dialog begins with. */
export function firstDraft(spec: ExperimentSpec, fields: readonly VariedField[] = variedFields(spec)): Draft {
  const of = (field: string) => axisDraft(fields.find((varied) => varied.field === field)!);
  const widths = fields.find(({ field }) => /\.(units|filters)$/.test(field));
  const rate = of("optimizer.learningRate");
  const ranged = searchable(fields).filter(
    ({ field }) => field === "optimizer.learningRate" || field === widths?.field,
  );
  return {
    kind: "optimizers",
    single: { optimizers: of("optimizer"), learningRates: rate, batchSizes: of("training.batchSize") },
    grid: [rate, widths === undefined ? of("training.batchSize") : axisDraft(widths)],
    ranges: ranged.map(rangeOf),
    epochs: spec.training.epochs,
    trials: searchFields.trials.default,
    minEpochs: searchFields.minEpochs.default,
    maxEpochs: searchFields.maxEpochs.default,
    keepOneIn: searchFields.keepOneIn.default,
    seed: searchFields.seed.default,
  };
}

const titles = {
  optimizers: "Optimizers",
  learningRates: "Learning rates",
  batchSizes: "Batch sizes",
} as const;

export type Made = { sweep: SweepSpec; problem: null } | { sweep: null; problem: string };

const problem = (text: string): Made => ({ sweep: null, problem: text });

/** The numbers of a text, apart from each other by commas, semicolons or spaces; or why they are none. */
export function readNumbers(text: string): number[] | string {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== "");
  const wrong = parts.find((part) => !Number.isFinite(Number(part)));
  if (wrong !== undefined) return `“${wrong}” is no number: write values such as 0.1, 0.01.`;
  return [...new Set(parts.map(Number))];
}

/** What the values of a number are in a sweep. */
function readValues(text: string): LabelledValue[] | string {
  const numbers = readNumbers(text);
  return typeof numbers === "string"
    ? numbers
    : numbers.map((value) => ({ label: numberLabel(value), value }));
}

function axisOfDraft({ field, values }: AxisDraft, fields: readonly VariedField[]): SweepAxis | string {
  const varied = fields.find((candidate) => candidate.field === field);
  if (varied === undefined) return "Choose a field that this experiment has.";
  const read =
    varied.type === "number"
      ? readValues(values as string)
      : varied.options.filter(({ label }) => values.includes(label));
  if (typeof read === "string") return `${varied.label}: ${read}`;
  return read.length < 2
    ? `${varied.label}: a comparison needs two values or more.`
    : { field, label: varied.label, values: read };
}

/** The sweep that a draft comes to, or what is wrong with it, in one sentence. */
export function sweepOfDraft(spec: ExperimentSpec, draft: Draft, fields: readonly VariedField[]): Made {
  const made = draft.kind === "search" ? searchOf(spec, draft) : gridOf(spec, draft, fields);
  if (made.sweep === null) return made;
  const trainings = trainingsOf(made.sweep);
  return trainings > MAX_CELLS
    ? problem(`These are ${trainings} trainings: take fewer values, ${MAX_CELLS} trainings are the most.`)
    : made;
}

function gridOf(spec: ExperimentSpec, draft: Draft, fields: readonly VariedField[]): Made {
  const drafts = draft.kind === "grid" ? draft.grid : [draft.single[draft.kind as keyof typeof titles]];
  const axes: SweepAxis[] = [];
  for (const axis of drafts.map((each) => axisOfDraft(each, fields))) {
    if (typeof axis === "string") return problem(axis);
    axes.push(axis);
  }
  if (new Set(axes.map(({ field }) => field)).size < axes.length)
    return problem("A field is there twice: vary another one.");
  const base = { ...spec, training: { ...spec.training, epochs: draft.epochs } };
  const title =
    draft.kind === "grid"
      ? axes.map(({ label }) => label).join(" × ")
      : titles[draft.kind as keyof typeof titles];
  return { sweep: { kind: "grid", title: title.slice(0, 120), base, axes }, problem: null };
}

function searchOf(spec: ExperimentSpec, draft: Draft): Made {
  const { ranges, trials, minEpochs, maxEpochs, keepOneIn, seed } = draft;
  if (ranges.length === 0) return problem("Add a field to search over.");
  const backwards = ranges.find(({ min, max }) => min >= max);
  if (backwards !== undefined) return problem(`${backwards.label}: the range has to go from less to more.`);
  if (minEpochs > maxEpochs) return problem("The epochs at first are more than the epochs at most.");
  const title = `Search: ${ranges.map(({ label }) => label.toLowerCase()).join(", ")}`.slice(0, 120);
  return {
    sweep: { kind: "search", title, base: spec, ranges, trials, minEpochs, maxEpochs, keepOneIn, seed },
    problem: null,
  };
}
