// What goes wrong in trainings, told from a run's history, its experiment and its gradients, each with the numbers that
// show it. Thresholds are set so that sound runs of any kind stay clear of them; diagnosis.test.ts trains some.
import type { ExperimentSpec } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { classCount, countSamples, datasetOf } from "../spec/samples";
import { type GradientNorm, gradientLength, relativeStep } from "./gradients";
import type { EpochMetrics } from "./history";
import { fourDigits, percent, points, rounded, whole } from "./words";

export const issues = ["notLearning", "overfitting", "underfitting"] as const;
export type Issue = (typeof issues)[number];

export const issueNames: Record<Issue, string> = {
  notLearning: "Not learning",
  overfitting: "Overfitting",
  underfitting: "Underfitting",
};

export interface Finding {
  issue: Issue;
  /** Sentences with the numbers. */
  evidence: string[];
  /** What to do next, one sentence. */
  remedy: string;
  /** The same as a word, for who makes the changed experiment. */
  way: Way;
}

/** What a remedy changes; `check` where no experiment can. */
export type Way =
  | "raiseRate"
  | "lowerRate"
  | "moreImages"
  | "regularise"
  | "moreEpochs"
  | "dropLess"
  | "larger"
  | "check";

export interface Observed {
  spec: ExperimentSpec;
  history: readonly EpochMetrics[];
  /** The epoch, from 1, whose weights were put back in the end: what came after it does not count. */
  restoredEpoch?: number | null;
  /** On the run's first batch, with its first weights and with its last ones. */
  gradients?: { before: readonly GradientNorm[]; after: readonly GradientNorm[] } | null;
}

/** Of a loss that is no better than that of guessing. */
const NEAR_GUESSING = 0.9;
/** How far above guessing an accuracy is, from 0 (guessing) to 1 (all right): less is low. */
export const LOW = 0.75;
/** Between training and validation accuracy: more is a network that knows its training images better. */
const WIDE_GAP = 0.05;
/** The validation loss over its lowest: more has turned for the worse. */
const RISEN = 1.2;
/** A training loss that falls by less than this share in an epoch stands still. */
const STANDS = 0.05;
/** The share of its own length that a step moves the weights by: smaller ones lead nowhere in a lesson's time. */
const TINY_STEP = 1e-4;
export const GOOD_STEP = 1e-2;
export const HUGE_STEP = 0.2;
/** The largest that an optimizer takes. */
export const MAX_RATE = 10;
/** The gradient's length over that at first: less is none. */
const VANISHED = 1e-6;

/** A gradient that has this share of its first length has not died down. */
const STILL_PULLS = 0.2;

/** Everything that is wrong with a run of two epochs or more; an empty list for a sound one. */
export function diagnose({ spec, history, restoredEpoch, gradients }: Observed): Finding[] {
  const counted = history.slice(0, restoredEpoch ?? history.length);
  const last = counted.at(-1);
  if (last === undefined || history.length < 2) return [];
  const guess = guessing(spec);
  const run: Seen = {
    ...{ spec, history: counted, last, gradients: gradients ?? null, guess },
    skill: (accuracy) => (accuracy - guess.accuracy) / (1 - guess.accuracy),
  };
  return [notLearning(run), overfitting(run), underfitting(run)].filter((finding) => finding !== null);
}

interface Seen {
  spec: ExperimentSpec;
  history: readonly EpochMetrics[];
  last: EpochMetrics;
  gradients: NonNullable<Observed["gradients"]> | null;
  guess: { loss: number; accuracy: number };
  skill(accuracy: number): number;
}

/** What a network scores that knows nothing but how frequent each class is. */
export function guessing(spec: ExperimentSpec): { loss: number; accuracy: number } {
  const all = datasetOf(spec).counts.train;
  const counts = (spec.dataset.classes ?? all.map((_, label) => label)).map((label) => all[label]!);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => count / total);
  const mean = (of: (share: number) => number) => shares.reduce((sum, p) => sum + of(p), 0);
  const { loss, outputs } = buildProgram(spec);
  const single = outputs === 1 ? shares.length : 1;
  const value = {
    crossentropy: () => mean((p) => -p * Math.log(p)),
    // One yes-or-no question for each output; two classes with one output are one question.
    binaryCrossentropy: () =>
      mean((p) => -p * Math.log(p) - (1 - p) * Math.log(1 - p)) / (single * Math.max(outputs, 1)),
    meanSquaredError: () => mean((p) => p * (1 - p)) / (single * Math.max(outputs, 1)),
  }[loss]();
  return { loss: value, accuracy: Math.max(...shares) };
}

/** The learning rate at which the first step changes the weights by a hundredth of their length. */
export const suitedRate = (learningRate: number, moved: number): number =>
  Number(Math.min((learningRate * GOOD_STEP) / moved, MAX_RATE).toPrecision(1));

function notLearning({ spec, history, last, gradients, guess, skill }: Seen): Finding | null {
  if (last.loss < NEAR_GUESSING * guess.loss || skill(last.accuracy) >= LOW) return null;
  const evidence = [
    `After ${history.length} epochs the training loss is ${fourDigits(last.loss)}; it was ${fourDigits(history[0]!.loss)} in the first, and a network that only guesses has ${fourDigits(guess.loss)}.`,
    `${percent(last.accuracy)} of the training images are right; naming the most frequent class each time gives ${percent(guess.accuracy)}.`,
  ];
  const { learningRate } = spec.optimizer;
  if (gradients === null) {
    const remedy = `Try a learning rate ten times as large as ${learningRate}, then one ten times smaller.`;
    return { issue: "notLearning", evidence, remedy, way: "raiseRate" };
  }
  const [before, after] = [gradientLength(gradients.before), gradientLength(gradients.after)];
  const moved = relativeStep(spec.optimizer, gradients.before);
  if (after <= VANISHED * before) {
    evidence.push(
      `The gradient's length is ${rounded(after)}, and was ${rounded(before)} at first: the units are stuck where their slope is nothing.`,
    );
    const remedy = `Start again with a smaller learning rate than ${learningRate}: one tenth of it.`;
    return { issue: "notLearning", evidence, remedy, way: "lowerRate" };
  }
  evidence.push(
    `The gradient is there, its length is ${rounded(after)}. At a learning rate of ${learningRate} a step changes the weights by ${percent(moved, 2)} of their own length.`,
  );
  const suited = suitedRate(learningRate, moved);
  const [way, remedy] =
    moved < TINY_STEP
      ? (["raiseRate", `The steps are too small: raise the learning rate, to about ${suited}.`] as const)
      : moved > HUGE_STEP
        ? (["lowerRate", `The steps are too large: lower the learning rate, to about ${suited}.`] as const)
        : ([
            "check",
            "The steps are of a sound size: check the images and their labels, then the activations.",
          ] as const);
  return { issue: "notLearning", evidence, remedy, way };
}

function overfitting({ spec, history, last, gradients }: Seen): Finding | null {
  const { valLoss, valAccuracy, accuracy } = last;
  if (valLoss === null || valAccuracy === null) return null;
  const best = history.reduce((lowest, epoch) => (epoch.valLoss! < lowest.valLoss! ? epoch : lowest));
  const gap = accuracy - valAccuracy;
  if (gap < WIDE_GAP || valLoss < RISEN * best.valLoss! || last.loss >= best.loss) return null;
  const { train } = countSamples(spec);
  const available = countSamples({ ...spec, dataset: { ...spec.dataset, trainLimit: null } });
  const pool = available.train + available.validation;
  const evidence = [
    `${percent(accuracy)} of the training images are right, and ${percent(valAccuracy)} of the validation images: ${points(gap)} apart.`,
    `The validation loss was lowest after epoch ${best.epoch}, ${fourDigits(best.valLoss!)}. Since then it has risen to ${fourDigits(valLoss)}, while the training loss fell from ${fourDigits(best.loss)} to ${fourDigits(last.loss)}.`,
    `${whole(buildProgram(spec).parameters)} parameters learn from ${whole(train)} images.`,
  ];
  if (gradients !== null) {
    const share = gradientLength(gradients.after) / gradientLength(gradients.before);
    evidence.push(
      `The gradient on training images is ${compared(share)}${share < STILL_PULLS ? ": they have little left to teach" : ""}.`,
    );
  }
  const more = train < pool / 2;
  const remedy = more
    ? `Train on more images, ${whole(pool)} are there; early stopping keeps the best epoch.`
    : spec.layers.some(({ kind }) => kind === "dropout")
      ? "Stop early, make the network smaller or drop more units out."
      : "Add dropout, stop early or make the network smaller.";
  return { issue: "overfitting", evidence, remedy, way: more ? "moreImages" : "regularise" };
}

function underfitting(run: Seen): Finding | null {
  const { spec, history, last, gradients, skill } = run;
  const { accuracy, valAccuracy } = last;
  const gap = accuracy - (valAccuracy ?? accuracy);
  if (skill(accuracy) >= LOW || skill(valAccuracy ?? accuracy) >= LOW || gap > WIDE_GAP) return null;
  if (notLearning(run) !== null) return null;
  const program = buildProgram(spec);
  const fell = 1 - last.loss / (history.at(-2) ?? last).loss;
  const evidence = [
    valAccuracy === null
      ? `Only ${percent(accuracy)} of the training images are right.`
      : `${percent(accuracy)} of the training images are right, and ${percent(valAccuracy)} of the validation images: both are low, and only ${points(Math.abs(gap))} apart.`,
    `In the last epoch the training loss ${fell > 0 ? `fell by ${percent(fell)}` : `rose by ${percent(-fell)}`}, to ${fourDigits(last.loss)}.`,
    `The network has ${whole(program.parameters)} parameters for ${classCount(spec)} classes.`,
  ];
  let moved = GOOD_STEP;
  if (gradients !== null) {
    const share = gradientLength(gradients.after) / gradientLength(gradients.before);
    moved = relativeStep(spec.optimizer, gradients.before);
    evidence.push(
      `The gradient on training images is ${compared(share)}${share > STILL_PULLS ? ": they still pull at the weights, and the network cannot follow" : ""}.`,
    );
  }
  const dropped = spec.layers.some((layer) => layer.kind === "dropout" && layer.rate >= 0.5);
  const way =
    moved > HUGE_STEP ? "lowerRate" : fell > STANDS ? "moreEpochs" : dropped ? "dropLess" : "larger";
  const remedy = {
    lowerRate: `The steps are large, ${percent(moved)} of the weights' length: lower the learning rate first.`,
    moreEpochs: "It still learns: train for more epochs, or with a larger learning rate.",
    dropLess: "Drop fewer units out.",
    larger: "Make the network larger: more units, or one more layer.",
  }[way];
  return { issue: "underfitting", evidence, remedy, way };
}

const compared = (share: number) =>
  share > 1 ? `${share.toFixed(1)} times as long as at first` : `${percent(share, 2)} as long as at first`;
