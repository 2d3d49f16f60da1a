// Two networks on the same test images: which of them each one gets right.
import type { ExperimentSpec } from "../spec/experiment";
import type { Duel, DuelQuestion } from "./contract";
import type { Looking } from "./looking";
import { guessesOf, spread } from "./verdicts";

/** The class of the data set that a network means by one of its own. */
const classOf = ({ dataset: { classes } }: ExperimentSpec, own: number): number => classes?.[own] ?? own;

/**
 * @throws ParseError, RunError or RangeError where the other one is no network or the weights are not its own, Error where
 * they read two data sets or have no test image in common, DataError, Error for locked images
 */
export async function duel(looking: Looking, { spec, weights, most }: DuelQuestion): Promise<Duel> {
  const other = looking.beside(spec, weights);
  const labels = await looking.labels("test");
  const [{ test }, others] = [await looking.selection(), new Set((await other.selection()).test)];
  const common = test.filter((row) => others.has(row));
  if (common.length === 0) throw new Error("The two runs have no test image in common.");
  const rows = spread(common, most);
  const mine = await guessesOf(looking, "test", rows);
  const theirs = await guessesOf(other, "test", rows);
  return {
    rows,
    total: common.length,
    labels: Uint8Array.from(rows, (row) => classOf(looking.spec, labels[row]!)),
    mine: mine.guesses.map((guess) => classOf(looking.spec, guess)),
    theirs: theirs.guesses.map((guess) => classOf(other.spec, guess)),
  };
}
