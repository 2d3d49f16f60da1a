// `npm run replay -- <experiment.json>`: trains an experiment in Node on our own engine and prints what the page
// would print, down to the hash of the weights; with --json only the history, the test, the hash and which epoch's weights they are of.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { sourceInMemory } from "../lib/datasets/memory";
import type { DatasetSource } from "../lib/datasets/source";
import type { Engine } from "../lib/engines/engine";
import { createWasmEngine } from "../lib/engines/wasm/engine";
import { type DatasetId, type ExperimentSpec, parseExperiment } from "../lib/spec/experiment";
import { ParseError } from "../lib/spec/parse";
import { buildProgram } from "../lib/spec/program";
import { datasetOf } from "../lib/spec/samples";
import { emptyRun, reduceRun } from "../lib/store/reduce";
import type { TrainEvent } from "../lib/training/contract";
import { ReplayError, replay } from "../lib/training/replay";
import { DataBuildError, type DatasetBuilder } from "./data/builder";
import * as registry from "./data/registry";
import { Failure, main } from "./lib/report.mjs";
import { ensureEngine } from "./lib/setup.mjs";

const builders: Record<DatasetId, DatasetBuilder> = registry;
const usage = "Use npm run replay -- <experiment.json>, with --json for the results as JSON.";

/** @throws Failure that says what is wrong with the file, in one sentence */
async function readExperiment(file: string): Promise<ExperimentSpec> {
  // npm runs scripts in the repository; a path is meant from where the person is.
  const text = await readFile(resolve(process.env.INIT_CWD ?? "", file), "utf8").catch((error) => {
    if (error.code === "ENOENT") throw new Failure(`${file} is not there.`);
    throw new Failure(`${file} cannot be read (${error.code}).`);
  });
  try {
    const spec = parseExperiment(JSON.parse(text));
    const problem = buildProgram(spec).problems.find(({ severity }) => severity === "error");
    if (problem !== undefined) throw new Failure(`${file} cannot be trained: ${problem.message}`);
    return spec;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure(`${file} is not JSON (${error.message}).`);
    if (error instanceof ParseError) throw new Failure(`${file} is not an experiment: ${error.message}`);
    throw error;
  }
}

/** The experiment's data set, from the very files that `npm run data` builds it from. @throws Failure */
async function readDataset(spec: ExperimentSpec): Promise<DatasetSource> {
  const bytes = await builders[spec.dataset.id].read().catch((error) => {
    throw error instanceof DataBuildError ? new Failure(error.message) : error;
  });
  return sourceInMemory(datasetOf(spec), {
    images: async (split) => bytes[split].images,
    labels: async (split) => bytes[split].labels,
  });
}

/** @param quiet keeps the output free for what is to be read by a program */
async function openEngine(quiet: boolean): Promise<Engine> {
  const { write } = process.stdout;
  if (quiet) process.stdout.write = process.stderr.write.bind(process.stderr);
  await ensureEngine();
  process.stdout.write = write;
  const file = new URL("../lib/engines/wasm/engine.wasm", import.meta.url);
  return createWasmEngine(async () => WebAssembly.compile(await readFile(file)));
}

/** Prints the training log's lines as they come. */
function createPrinter(spec: ExperimentSpec): (events: readonly TrainEvent[]) => void {
  let run = { ...emptyRun, spec };
  return (events) => {
    const printed = run.log.length;
    run = events.reduce(reduceRun, run) as typeof run;
    for (const { text } of run.log.slice(printed)) console.log(text);
  };
}

await main(async () => {
  const args = process.argv.slice(2);
  const json = args.includes("--json");
  const [file, ...rest] = args.filter((arg) => arg !== "--json");
  if (file === undefined || file.startsWith("-") || rest.length > 0) throw new Failure(usage);
  const spec = await readExperiment(file);
  const dataset = await readDataset(spec);
  const engine = await openEngine(json);
  try {
    const onEvents = json ? undefined : createPrinter(spec);
    const { weights, ...results } = await replay(spec, { openDataset: () => dataset, engine, onEvents });
    if (json) console.log(JSON.stringify(results, null, 2));
    return 0;
  } catch (error) {
    if (error instanceof ReplayError) throw new Failure(`${file} could not be trained: ${error.message}`);
    throw error;
  } finally {
    engine.dispose();
  }
});
