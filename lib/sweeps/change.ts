// An experiment with some of its fields changed, or the sentence why there is no such experiment.
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { ParseError } from "../spec/parse";
import { buildProgram } from "../spec/program";
import { readPath, valueAt, withValue } from "./path";

export interface Change {
  field: string;
  value: unknown;
}

export type Changed = { spec: ExperimentSpec; refusal: null } | { spec: null; refusal: string };

const refused = (refusal: string): Changed => ({ spec: null, refusal });

const depthOf = ({ field }: Change): number => readPath(field)?.length ?? 0;

/**
 * Makes the changes, whole things before their parts: another optimizer comes before its learning rate. What comes out
 * has been through the parser, and can be trained.
 */
export function changeSpec(base: ExperimentSpec, changes: readonly Change[]): Changed {
  let spec = base;
  for (const change of changes.toSorted((a, b) => depthOf(a) - depthOf(b))) {
    const { field, value } = change;
    const path = readPath(field);
    if (path === null || valueAt(spec, path) === undefined)
      return refused(`${field} is varied, but this experiment has no such field.`);
    try {
      spec = parseExperiment(withValue(spec, path, value));
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      return refused(error.message);
    }
  }
  const problem = buildProgram(spec).problems.find(({ severity }) => severity === "error");
  return problem === undefined ? { spec, refusal: null } : refused(problem.message);
}
