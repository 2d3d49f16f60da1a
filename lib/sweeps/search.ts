// A search by successive halving: many experiments are trained a little, and the better part of each round goes on.
// Which ones are drawn, and who goes on, is decided by the sweep and the results alone, so that a search that was broken
// off ends as if it had not been.
import { streamKey, uniformAt } from "../random";
import { exponential, logarithm } from "../spec/exact";
import type { ExperimentSpec } from "../spec/experiment";
import { changeSpec } from "./change";
import { numberLabel } from "./label";
import type { Cell, CellResult, LabelledValue, SearchRange, SearchSweep } from "./sweep";

/** Digits that a drawn number keeps: enough to tell two apart, and short enough to be read. */
const DIGITS = 3;

export interface Round {
  /** Epochs that its trials have been trained for when it is over, counted from their first. */
  epochs: number;
  /** How many trials are in it; fewer where some failed before. */
  trials: number;
}

/** The rounds that are planned. The last one left goes all the way at once. */
export function roundsOf({ trials, minEpochs, maxEpochs, keepOneIn }: SearchSweep): Round[] {
  const rounds: Round[] = [{ epochs: Math.min(minEpochs, maxEpochs), trials }];
  for (let last = rounds[0]!; last.epochs < maxEpochs; last = rounds.at(-1)!) {
    const kept = Math.max(1, Math.floor(last.trials / keepOneIn));
    const epochs = kept === 1 ? maxEpochs : Math.min(maxEpochs, last.epochs * keepOneIn);
    rounds.push({ epochs, trials: kept });
  }
  return rounds;
}

/** The values of a trial, one for each range: the same for the same seed, however many trials there are. */
export function drawTrial({ ranges, seed }: SearchSweep, trial: number): LabelledValue[] {
  const key = streamKey(seed, "search", trial);
  return ranges.map((range, index) => {
    const value = drawFrom(range, uniformAt(key, index));
    return { label: numberLabel(value), value };
  });
}

function drawFrom({ min, max, integer, logarithmic }: SearchRange, share: number): number {
  // A whole number is rounded from a range that is half a step wider, so that the ends are as likely as the rest.
  const [low, high] = integer ? [min - 0.5, max + 0.5] : [min, max];
  const drawn = logarithmic
    ? exponential(logarithm(low) + share * (logarithm(high) - logarithm(low)))
    : low + share * (high - low);
  const rounded = integer ? Math.round(drawn) : Number(drawn.toPrecision(DIGITS));
  return Math.min(max, Math.max(min, rounded));
}

/** The cells of the first round, and of each round that is decided because the one before it is over. */
export function searchCells(sweep: SearchSweep, results: readonly CellResult[]): Cell[] {
  const found = new Map(results.map((result) => [result.id, result]));
  const cells: Cell[] = [];
  let trials = Array.from({ length: sweep.trials }, (_, trial) => trial);
  for (const [round, { epochs, trials: most }] of roundsOf(sweep).entries()) {
    if (round > 0) trials = promoted(trials, most, (trial) => found.get(idOf(trial, round - 1))!);
    cells.push(...trials.map((trial) => cellOf(sweep, trial, round, epochs)));
    if (!trials.every((trial) => found.has(idOf(trial, round)))) break;
  }
  return cells;
}

const idOf = (trial: number, round: number): string => `${trial}.${round}`;

/**
 * Those that go on, the most promising last: where it is still there when the next round begins, it is not trained
 * again. Failed ones never go on.
 */
function promoted(
  trials: readonly number[],
  most: number,
  resultOf: (trial: number) => CellResult,
): number[] {
  return trials
    .filter((trial) => resultOf(trial).failure === null)
    .toSorted((a, b) => byScore(resultOf(a), resultOf(b)) || a - b)
    .slice(0, most)
    .reverse();
}

const made = new WeakMap<SearchSweep, Map<string, Cell>>();

/** Made once for each search: every experiment in it goes through the parser. */
function cellOf(sweep: SearchSweep, trial: number, round: number, epochs: number): Cell {
  const known = made.get(sweep) ?? new Map<string, Cell>();
  made.set(sweep, known);
  const id = idOf(trial, round);
  const cell = known.get(id) ?? makeCell(sweep, trial, round, epochs);
  known.set(id, cell);
  return cell;
}

function makeCell(sweep: SearchSweep, trial: number, round: number, epochs: number): Cell {
  const values = drawTrial(sweep, trial);
  const changes = sweep.ranges.map(({ field }, index) => ({ field, value: values[index]!.value }));
  return {
    id: idOf(trial, round),
    label: `Trial ${trial + 1}`,
    place: [trial, round],
    values,
    ...changeSpec(sweep.base, [...changes, { field: "training.epochs", value: epochs }]),
  };
}

/** Puts the better of two results first: the higher score, then the lower validation loss. */
export const byScore = (a: CellResult, b: CellResult): number =>
  b.score - a.score || (a.valLoss ?? Number.POSITIVE_INFINITY) - (b.valLoss ?? Number.POSITIVE_INFINITY) || 0;

/**
 * Whether training an experiment on to more epochs comes to the same as training it for that many. A schedule is
 * stretched over the epochs that were planned, and early stopping begins to wait anew.
 */
export const goesOnAsPlanned = ({ callbacks }: ExperimentSpec): boolean =>
  callbacks.every(({ kind }) => kind !== "learningRateSchedule" && kind !== "earlyStopping");
