// What the network takes each image of a split for.
import { argMax } from "../metrics/confusion";
import { asProbabilities } from "../training/probabilities";
import type { Verdicts, VerdictsQuestion } from "./contract";
import type { Looking } from "./looking";

/** Images that are held at a time. */
const PIECE = 2048;

/** @throws RangeError for less than one image, DataError, Error for locked images */
export async function verdicts(looking: Looking, { split, most }: VerdictsQuestion): Promise<Verdicts> {
  const all = await looking.labels(split);
  const own = (await looking.selection())[split];
  const rows = spread(own, most);
  return {
    split,
    rows,
    total: own.length,
    labels: Uint8Array.from(rows, (row) => all[row]!),
    ...(await guessesOf(looking, split, rows)),
  };
}

/** What it takes these images for, and how sure it is. */
export async function guessesOf(
  looking: Looking,
  split: VerdictsQuestion["split"],
  rows: Uint32Array,
): Promise<Pick<Verdicts, "guesses" | "confidence">> {
  const guesses = new Uint8Array(rows.length);
  const confidence = new Float32Array(rows.length);
  for (let start = 0; start < rows.length; start += PIECE) {
    const piece = rows.subarray(start, start + PIECE);
    const outputs = await looking.outputs(await looking.images(split, piece));
    const probabilities = asProbabilities(outputs, looking.program);
    const width = probabilities.length / piece.length;
    for (let i = 0; i < piece.length; i++) {
      const own = probabilities.subarray(i * width, (i + 1) * width);
      const guess = argMax(own);
      guesses[start + i] = guess;
      confidence[start + i] = own[guess]!;
    }
  }
  return { guesses, confidence };
}

/** At most so many of the rows, evenly spread over them. @throws RangeError for less than one */
export function spread(rows: Uint32Array, most: number): Uint32Array {
  if (!(most >= 1)) throw new RangeError(`most is ${most}; it must be a number of at least 1.`);
  const count = Math.min(rows.length, Math.floor(most));
  return count === rows.length
    ? rows
    : Uint32Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]!);
}
