// Two of the reader's runs side by side: what was changed, what came of it, and whether that says anything.
import { type Difference, differences, NONE } from "../../metrics/compare";
import type { ExperimentSpec, LayerSpec } from "../../spec/experiment";
import * as layers from "../../spec/layers/registry";
import * as losses from "../../spec/losses/registry";
import { countSamples } from "../../spec/samples";
import type { Facts, RunFacts } from "../facts";
import { bestEpoch, dropoutRate, finishedRuns } from "./checks";

/** One number of both runs. */
export interface Measure {
  label: string;
  /** What it is counted in: a share of one, a time, or a loss. */
  unit: "share" | "ms" | "loss";
  /** False for two different losses: their sizes say nothing of each other. */
  comparable: boolean;
  /** Null where a run has no such number. */
  values: readonly [number | null, number | null];
}

export interface Pair {
  /** The simpler one first: fewer layers, then fewer augmentations, then less dropout; else the one trained first. */
  runs: readonly [RunFacts, RunFacts];
  differences: readonly Difference[];
  measures: readonly Measure[];
  /** What the numbers say, each a sentence. */
  findings: readonly string[];
}

/** The run that was finished last, beside the last one before it that was another experiment; null before there are two. */
export function pairOf(facts: Facts): Pair | null {
  const runs = finishedRuns(facts);
  const last = runs.at(-1);
  if (last === undefined) return null;
  const other = runs.findLast(({ spec }) => differences([spec, last.spec]).length > 0);
  if (other === undefined) return null;
  const pair = inOrder(other, last);
  return {
    runs: pair,
    differences: changesOf(pair[0].spec, pair[1].spec),
    measures: measuresOf(pair),
    findings: findingsOf(pair),
  };
}

/**
 * What differs. Place by place, as `differences` compares, one layer that was put in would make all that follow different:
 * here layers are laid beside their likes first, and those that only one network has are named in a row of their own.
 */
function changesOf(a: ExperimentSpec, b: ExperimentSpec): Difference[] {
  if (a.layers.length === b.layers.length) return differences([a, b]);
  const shared = alignedBy(({ kind }) => kind, a.layers, b.layers);
  const only = (all: readonly LayerSpec[], used: readonly LayerSpec[]) =>
    countsOf(all.filter((layer) => !used.includes(layer)));
  const [inA, inB] = [shared.map(([layer]) => layer), shared.map(([, layer]) => layer)];
  return [
    { label: "Layers besides", values: [only(a.layers, inA), only(b.layers, inB)] },
    ...differences([
      { ...a, layers: inA },
      { ...b, layers: inB },
    ]),
  ];
}

/** The longest list of pairs that are alike and come in the same order in both lists. */
function alignedBy<T>(keyOf: (item: T) => string, a: readonly T[], b: readonly T[]): [T, T][] {
  const best: [T, T][][] = Array.from({ length: b.length + 1 }, () => []);
  for (const left of a.toReversed()) {
    let diagonal: [T, T][] = [];
    for (let at = b.length - 1; at >= 0; at--) {
      const below = best[at]!;
      const right = b[at]!;
      const matched = keyOf(left) === keyOf(right) ? [[left, right] as [T, T], ...diagonal] : [];
      const skipped = below.length >= best[at + 1]!.length ? below : best[at + 1]!;
      best[at] = matched.length > skipped.length ? matched : skipped;
      diagonal = below;
    }
  }
  return best[0]!;
}

/** "2 × Batch normalization, Dropout" */
function countsOf(list: readonly LayerSpec[]): string {
  if (list.length === 0) return NONE;
  const kinds = [...new Set(list.map(({ kind }) => kind))];
  return kinds
    .map((kind) => {
      const count = list.filter((layer) => layer.kind === kind).length;
      return `${count === 1 ? "" : `${count} × `}${layers[kind].label}`;
    })
    .join(", ");
}

function inOrder(first: RunFacts, second: RunFacts): readonly [RunFacts, RunFacts] {
  const weight = ({ spec }: RunFacts) => [spec.layers.length, spec.augmentation.length, dropoutRate(spec)];
  const [a, b] = [weight(first), weight(second)];
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! > b[at]! ? [second, first] : [first, second];
}

function measuresOf([a, b]: readonly [RunFacts, RunFacts]): Measure[] {
  const measure = (
    label: string,
    unit: Measure["unit"],
    read: (run: RunFacts) => number | null,
  ): Measure => ({
    label,
    unit,
    comparable: unit !== "loss" || a.spec.loss === b.spec.loss,
    values: [read(a), read(b)],
  });
  return [
    measure("Time of an epoch", "ms", epochMs),
    measure("Training accuracy", "share", ({ history }) => history.at(-1)!.accuracy),
    measure("Validation accuracy", "share", valAccuracy),
    measure("Training loss", "loss", ({ history }) => history.at(-1)!.loss),
    measure("Validation loss", "loss", ({ history }) => history.at(-1)!.valLoss),
    measure("Lowest validation loss", "loss", lowestValLoss),
  ].filter(({ values }) => values.some((value) => value !== null));
}

/** The median over the epochs after the first, which waits for its data; null where no time was measured. */
function epochMs({ history }: RunFacts): number | null {
  const times = history.slice(history.length > 1 ? 1 : 0).flatMap(({ elapsedMs }) => elapsedMs ?? []);
  return times.length === 0 ? null : times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
}

const valAccuracy = ({ history }: RunFacts): number | null => history.at(-1)!.valAccuracy;

function lowestValLoss({ history }: RunFacts): number | null {
  const best = bestEpoch(history);
  return best === null ? null : history[best - 1]!.valLoss;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function findingsOf(pair: readonly [RunFacts, RunFacts]): string[] {
  return [timeFinding(pair), accuracyFinding(pair), lossFinding(pair)].filter((text) => text !== null);
}

/** Times under this share apart are the same: a browser does other things as well. */
const SAME_TIME = 0.05;

function timeFinding([a, b]: readonly [RunFacts, RunFacts]): string | null {
  const [ofA, ofB] = [epochMs(a), epochMs(b)];
  if (ofA === null || ofB === null || ofA === 0) return null;
  const change = ofB / ofA - 1;
  if (Math.abs(change) < SAME_TIME) return "An epoch took both about as long.";
  return `An epoch of B took ${Math.round(100 * Math.abs(change))} % ${change > 0 ? "longer" : "less"} than one of A.`;
}

/**
 * Two accuracies on n images differ by chance by up to twice √(p(1 − p)/n + q(1 − q)/n), which takes the two as
 * independent; on the same images it is rather less.
 */
function accuracyFinding([a, b]: readonly [RunFacts, RunFacts]): string | null {
  const [p, q] = [valAccuracy(a), valAccuracy(b)];
  if (p === null || q === null) return null;
  const variance = (share: number, { spec }: RunFacts) =>
    (share * (1 - share)) / Math.max(1, countSamples(spec).validation);
  const chance = 2 * Math.sqrt(variance(p, a) + variance(q, b));
  const change = q - p;
  const points = (share: number) => `${(100 * Math.abs(share)).toFixed(1)} points`;
  if (Number(change.toFixed(3)) === 0) return `Both get ${percent(p)} of the validation images right.`;
  const said = `B gets ${percent(q)} of the validation images right and A ${percent(p)}: ${points(change)} ${change > 0 ? "more" : "less"}.`;
  const verdict =
    Math.abs(change) > chance
      ? `That is more than chance would do with so many images (${points(chance)}).`
      : `Chance alone does up to ${points(chance)} with so many images, so this says little: other seeds would tell.`;
  return `${said} ${verdict}`;
}

function lossFinding([a, b]: readonly [RunFacts, RunFacts]): string | null {
  if (a.spec.loss !== b.spec.loss) {
    const [ofA, ofB] = [a, b].map(({ spec }) => losses[spec.loss].label.toLowerCase());
    return `The losses cannot be compared: A's is ${ofA}, B's is ${ofB}. They ask different questions, so their numbers have different sizes.`;
  }
  const [ofA, ofB] = [a, b].map((run) => ({ best: bestEpoch(run.history), run }));
  if (ofA!.best === null || ofB!.best === null) return null;
  const rise = ({ best, run: { history } }: NonNullable<typeof ofA>) =>
    `${(history.at(-1)!.valLoss! - history[best! - 1]!.valLoss!).toFixed(3)} after epoch ${best}`;
  const [riseA, riseB] = [rise(ofA!), rise(ofB!)];
  return `Up to the end, validation loss rose again by ${riseA} in A, and by ${riseB} in B.`;
}
