// A few images to look at, from those that the network is validated on.
import type { Examples, ExamplesQuestion } from "./contract";
import type { Looking } from "./looking";
import { MAX_PICTURES, pictures } from "./pictures";

/**
 * Validation images, or training images where none are kept for validation: places `from`… of the split, and again from
 * its beginning where it ends.
 * @throws RangeError for a place or a number of images that cannot be; DataError
 */
export async function examples(looking: Looking, { from, count }: ExamplesQuestion): Promise<Examples> {
  if (!(Number.isInteger(from) && from >= 0))
    throw new RangeError(`from is ${from}; it must be a whole number from 0 up.`);
  if (!(Number.isInteger(count) && count >= 1 && count <= MAX_PICTURES))
    throw new RangeError(`count is ${count}; it must be a whole number from 1 to ${MAX_PICTURES}.`);
  const { train, validation } = await looking.selection();
  const split = validation.length > 0 ? "validation" : "train";
  const all = split === "train" ? train : validation;
  const rows = Uint32Array.from(
    { length: Math.min(count, all.length) },
    (_, i) => all[(from + i) % all.length]!,
  );
  return { split, ...(await pictures(looking, { split, rows })) };
}
