// Some images by their rows, and what the network says to each.
import { asProbabilities } from "../training/probabilities";
import type { Pictures, PicturesQuestion } from "./contract";
import type { Looking } from "./looking";

/** A wall of pictures; nobody looks at more at a time. */
export const MAX_PICTURES = 500;

/** @throws RangeError for too many, or rows that the file does not have; DataError, Error for locked images */
export async function pictures(looking: Looking, { split, rows }: PicturesQuestion): Promise<Pictures> {
  if (rows.length > MAX_PICTURES)
    throw new RangeError(`rows has ${rows.length} entries; it must have at most ${MAX_PICTURES}.`);
  const all = await looking.labels(split);
  const wrong = rows.find((row) => row >= all.length);
  if (wrong !== undefined)
    throw new RangeError(`rows has ${wrong}; each must be a whole number from 0 to ${all.length - 1}.`);
  const images = await looking.images(split, rows);
  return {
    rows,
    images,
    labels: Uint8Array.from(rows, (row) => all[row]!),
    probabilities: asProbabilities(await looking.outputs(images), looking.program),
  };
}
