// What the network says to images that somebody drew.
import { asProbabilities } from "../training/probabilities";
import type { Reading, ReadQuestion } from "./contract";
import type { Looking } from "./looking";

/** @throws RangeError for bytes that are no whole images */
export async function read(looking: Looking, { images }: ReadQuestion): Promise<Reading> {
  return { probabilities: asProbabilities(await looking.outputs(images), looking.program) };
}
