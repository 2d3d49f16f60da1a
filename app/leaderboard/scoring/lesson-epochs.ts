// A budget of multiply-adds in a measure that one can picture.
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { buildProgram } from "@/lib/spec/program";
import { countSamples } from "@/lib/spec/samples";

/** How many epochs of the first lesson so many multiply-adds are: forward, and twice that backward, for each image. */
export function lessonEpochs(macs: number): number {
  const spec = parseExperiment(firstRun);
  return Math.floor(macs / (3 * buildProgram(spec).macs * countSamples(spec).train));
}
