// How a trained network gets into a link: written with 4 bits for each weight, read again as whoever opens the link
// will, and measured, so that nobody has to guess what the shortening costs.
import { decodeCapsule, encodeCapsule, whyNoCapsule } from "@/lib/share/capsule";
import { inSlices } from "@/lib/share/slices";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { buildProgram } from "@/lib/spec/program";
import type { PublishParts } from "./publish-flow";

export interface Capsule {
  /** What stands in the link's fragment. */
  text: string;
  /** On the test images, with the weights that the text holds. */
  testAccuracy: number;
}

/**
 * Writes the trained network of `spec` as text for a link, and measures what was written.
 * @throws Error whose message is one sentence
 */
export async function makeCapsule(
  spec: ExperimentSpec,
  { readWeights, measure }: Pick<PublishParts, "readWeights" | "measure">,
): Promise<Capsule> {
  const reason = whyNoCapsule(buildProgram(spec));
  if (reason !== null) throw new Error(reason);
  const weights = await readWeights();
  if (weights === null) throw new Error("There is no trained network any more: train it again.");
  const text = await inSlices(encodeCapsule(spec, weights));
  return { text, testAccuracy: await measure(spec, await inSlices(decodeCapsule(spec, text))) };
}
