// An experiment out of and into a file: what somebody pastes, drops or chooses is read here, whatever form it has,
// and what somebody downloads is written here.
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { ParseError } from "../spec/parse";
import { decodeExperiment } from "./code";
import { type ExperimentLink, readExperimentLink } from "./links";

/** The largest file or text that is read. An experiment's JSON has a few KB, a link with a trained network more. */
export const MAX_FILE_BYTES = 256 * 1024;

export interface ReadExperiment extends Omit<ExperimentLink, "code"> {
  spec: ExperimentSpec;
}

const allowed = "an experiment's JSON, its link or its code";
const refuse = (text: string, message: string): never => {
  throw new ParseError("experiment", text, allowed, message);
};

/**
 * Reads an experiment from its JSON, from its link, from the link of its embed or of its trained network, or from a
 * code alone.
 * @throws ParseError in one sentence
 */
export function readExperiment(text: string): ReadExperiment {
  requireSize(new Blob([text]).size);
  const plain = text.replace(/^\uFEFF/, "").trim();
  if (plain === "") refuse(text, `There is nothing to open; it must be ${allowed}.`);
  if (/^[[{"]/.test(plain))
    return { spec: parseExperiment(readJson(plain)), forkedFrom: null, capsule: null };
  const link = readExperimentLink(plain);
  if (link !== null) {
    const { code, forkedFrom, capsule } = link;
    return { spec: decodeExperiment(code), forkedFrom, capsule };
  }
  if (!isCode(plain)) refuse(text, `This is no experiment; it must be ${allowed}.`);
  return { spec: decodeExperiment(plain), forkedFrom: null, capsule: null };
}

/**
 * Reads an experiment from a file's bytes, as `readExperiment` does. @throws ParseError in one sentence
 */
export async function readExperimentFile(file: Blob): Promise<ReadExperiment> {
  requireSize(file.size);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return refuse("", `This file is no text; it must hold ${allowed}.`);
  }
  return readExperiment(text);
}

function requireSize(sizeBytes: number): void {
  if (sizeBytes <= MAX_FILE_BYTES) return;
  const message = `This has ${Math.ceil(sizeBytes / 1024)} KB; an experiment has at most ${MAX_FILE_BYTES / 1024} KB.`;
  throw new ParseError("experiment", sizeBytes, `at most ${MAX_FILE_BYTES} bytes`, message);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(text, "This begins like JSON but cannot be read as JSON; a part of it may be missing.");
  }
}

/** Words and sentences are not even looked at as a code: what is wrong with them is not a code's matter. */
const isCode = (text: string): boolean => /^(?:1(?:~|%7e)|z)[\w.~%-]+$/i.test(text);

/** The experiment as JSON to be read and edited: every field is written out, defaults too. */
export const writeExperiment = (spec: ExperimentSpec): string =>
  `${JSON.stringify(parseExperiment(spec), null, 2)}\n`;

const LONGEST_NAME = 50;

/** A file name that every system takes: "First run" -> "experiment-first-run.json". */
export function fileNameOf({ title }: ExperimentSpec): string {
  const words =
    title
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = [...words.join("-")].slice(0, LONGEST_NAME).join("").replace(/-$/, "");
  return name === "" ? "experiment.json" : `experiment-${name}.json`;
}
