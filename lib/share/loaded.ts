// An experiment as a program hands it over: its JSON as a value, or the code of its link.
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { decodeExperiment } from "./code";

/** @throws ParseError naming the field, the value and what is allowed */
export const readLoaded = (input: unknown): ExperimentSpec =>
  typeof input === "string" ? decodeExperiment(input) : parseExperiment(input);
