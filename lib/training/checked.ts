// Whether an experiment can be trained at all, and whether weights are its network's.
import type { ExperimentSpec } from "../spec/experiment";
import { sizeOf } from "../spec/ops";
import { buildProgram, type Program } from "../spec/program";
import { invalid } from "./failure";

/** The program of an experiment that can be trained. @throws RunError with the first of its problems */
export function trainableProgram(spec: ExperimentSpec): Program {
  const program = buildProgram(spec);
  const problem = program.problems.find(({ severity }) => severity === "error");
  if (problem !== undefined) throw invalid(problem);
  return program;
}

/** @throws RangeError where the weights are not this program's */
export function checkWeights(program: Program, weights: readonly Float32Array[]): void {
  const sizes = program.weights.map(({ shape }) => sizeOf(shape));
  if (weights.length !== sizes.length || weights.some(({ length }, i) => length !== sizes[i]))
    throw new RangeError("These weights are not this network's: their sizes differ.");
}
