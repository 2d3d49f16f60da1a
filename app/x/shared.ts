// What an address under /x or /embed says: an experiment, or why it is none. Anything may stand in an address.
import { decodeExperiment } from "@/lib/share/code";
import { parseRunId } from "@/lib/share/published-run";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { ParseError } from "@/lib/spec/parse";

/**
 * The experiment of a code as it stands in the path, percent-escapes and all.
 * @throws ParseError in one sentence
 */
function readShared(code: string): ExperimentSpec {
  let plain: string;
  try {
    plain = decodeURIComponent(code);
  } catch {
    throw new ParseError("code", code, "letters, digits and - . _ ~, with whole percent-escapes, as in %7E");
  }
  return decodeExperiment(plain);
}

/** The same, or null where the code says no experiment. */
export function sharedOrNull(code: string): ExperimentSpec | null {
  try {
    return readShared(code);
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

/** What is wrong with a code, in one sentence; null where nothing is. */
export function whyNotShared(code: string): string | null {
  try {
    readShared(code);
    return null;
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
}

/** The run of `?from=`. What is no run's name says nothing: the experiment is whole without it. */
export function readLineage(from: string | string[] | undefined): string | null {
  try {
    return parseRunId(from);
  } catch {
    return null;
  }
}
