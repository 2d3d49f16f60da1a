// Which images a unit or a filter answers to most.
import type { Strongest, StrongestQuestion } from "./contract";
import type { Looking } from "./looking";

/** Images that are looked through, and multiply-adds for all of them: a second or two on our engine. */
export const MAX_IMAGES = 4000;
export const MAC_BUDGET = 2e9;
/** At once; what a layer makes of them is held meanwhile. */
const CHUNK = 128;

/**
 * Looks through validation images, or training images where none are kept for validation.
 * @throws RangeError where the network has no such step or unit; DataError
 */
export async function strongest(
  looking: Looking,
  { steps, unit, count }: StrongestQuestion,
): Promise<Strongest> {
  const { program } = looking;
  const step = program.steps[steps - 1];
  if (step === undefined)
    throw new RangeError(`steps is ${steps}; it must be from 1 to ${program.steps.length}.`);
  const channels = step.output.at(-1)!;
  if (!(Number.isInteger(unit) && unit >= 0 && unit < channels))
    throw new RangeError(`unit is ${unit}; it must be a whole number from 0 to ${channels - 1}.`);
  const { train, validation } = await looking.selection();
  const split = validation.length > 0 ? "validation" : "train";
  const most = Math.max(count, Math.min(MAX_IMAGES, Math.floor(MAC_BUDGET / Math.max(1, program.macs))));
  const rows = (split === "train" ? train : validation).slice(0, most);
  const found: { row: number; value: number; place: number }[] = [];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.subarray(start, start + CHUNK);
    const outputs = await looking.outputs(await looking.images(split, part), steps);
    const width = outputs.length / part.length;
    for (const [i, row] of part.entries()) {
      let [value, place] = [Number.NEGATIVE_INFINITY, 0];
      for (let at = unit; at < width; at += channels) {
        const own = outputs[i * width + at]!;
        if (own > value) [value, place] = [own, (at - unit) / channels];
      }
      found.push({ row, value, place });
    }
    // Only the strongest are kept; among equals the earlier one.
    found.sort((a, b) => b.value - a.value || a.row - b.row);
    found.length = Math.min(found.length, count);
  }
  const best = Uint32Array.from(found, ({ row }) => row);
  const labels = await looking.labels(split);
  return {
    split,
    searched: rows.length,
    rows: best,
    images: await looking.images(split, best),
    labels: Uint8Array.from(best, (row) => labels[row]!),
    values: Float32Array.from(found, ({ value }) => value),
    places: Uint32Array.from(found, ({ place }) => place),
    area: step.output.slice(0, -1),
  };
}
