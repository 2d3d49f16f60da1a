// What a published run must be beyond its fields: an experiment that can be trained, a history that such a training
// can have, and weights that are this network's, to the byte.
import { ApiError } from "../http";
import { sha256Of } from "../sha256";
import type { PublishedRun } from "../share/published-run";
import { inSlices } from "../share/slices";
import { decodeWeights, encodedSize } from "../share/weights";
import { ParseError } from "../spec/parse";
import { buildProgram, type Program } from "../spec/program";
import { countSamples, stepsPerEpoch } from "../spec/samples";

function requireEqual(field: string, value: unknown, allowed: unknown): void {
  if (value !== allowed) throw new ParseError(field, value, String(allowed));
}

/**
 * Checks all that can be known without the weights.
 * @returns the experiment's program
 * @throws ParseError or ApiError 422 naming the field
 */
export function checkRun({ run, weights }: PublishedRun): Program {
  const { experiment, history, curves, steps } = run;
  const program = buildProgram(experiment);
  const problem = program.problems.find(({ severity }) => severity === "error");
  if (problem !== undefined)
    throw new ApiError(422, "invalid", problem.message, `experiment.${problem.field}`);

  const perEpoch = stepsPerEpoch(experiment);
  const validated = countSamples(experiment).validation > 0;
  for (const [index, epoch] of history.entries()) {
    const field = `history[${index}]`;
    requireEqual(`${field}.steps`, epoch.steps, perEpoch);
    for (const name of ["valLoss", "valAccuracy"] as const)
      if ((epoch[name] !== null) !== validated)
        throw new ParseError(`${field}.${name}`, epoch[name], validated ? "a number" : "null");
  }
  // A run that is stopped within an epoch has steps that no epoch counts.
  const [least, most] = [history.length * perEpoch, (history.length + 1) * perEpoch];
  if (steps < least || steps > most)
    throw new ParseError("steps", steps, `from ${least} to ${most}, for ${history.length} epochs`);
  requireEqual("curves.loss.steps", curves.loss.steps, steps);
  requireEqual("curves.accuracy.steps", curves.accuracy.steps, steps);
  requireEqual("weights.sizeBytes", weights.sizeBytes, encodedSize(program, weights.encoding));
  // As float32 the weights are the very bytes that the log's hash is of.
  if (weights.encoding === "float32")
    requireEqual("weights.sha256", weights.sha256, run.environment.weightsHash);
  return program;
}

/**
 * Checks the encoded weights against their description.
 * @param field what holds them, for the message
 * @throws ParseError naming the field
 */
export async function checkBytes(
  bytes: Uint8Array<ArrayBuffer>,
  { weights: { encoding, sizeBytes, sha256 } }: PublishedRun,
  program: Program,
  field: string,
): Promise<void> {
  requireEqual(`${field}.length`, bytes.length, sizeBytes);
  requireEqual("weights.sha256", sha256, await sha256Of(bytes));
  // Array after array: decoded, eight-bit weights take four times their size, and the edge has little memory.
  let offset = 0;
  for (const array of program.weights) {
    const layout = { weights: [array] };
    const end = offset + encodedSize(layout, encoding);
    await inSlices(decodeWeights(bytes.subarray(offset, end), encoding, layout));
    offset = end;
  }
}
