// What comes before the first step: engine, labels, the first weights and how the untrained network does.
import type { EngineChoice } from "../engines/engine";
import type { ExperimentSpec } from "../spec/experiment";
import { buildProgram } from "../spec/program";
import { countSamples, datasetOf, selectSamples, stepsPerEpoch } from "../spec/samples";
import type { Automatic } from "./automatic";
import type { LoadOptions } from "./contract";
import { compileOn, type EngineRoom } from "./engine-room";
import type { EventBuffer } from "./events";
import { invalid, RunError } from "./failure";
import type { Keeper } from "./keeper";
import { Run } from "./run";
import type { Gate } from "./stop";

/** An experiment that was loaded, and who hears of its run. */
export interface Loaded {
  spec: ExperimentSpec;
  choice: EngineChoice;
  events: EventBuffer;
  options: LoadOptions;
  /** Null where the run is not kept. */
  keeper: Keeper | null;
}

/** Makes a run ready to begin; training images come as they are needed. @throws RunError, DataError, stopped */
export async function prepareRun(
  { spec, choice, events, options }: Loaded,
  room: EngineRoom,
  automatic: Automatic,
  gate: Gate,
): Promise<Run> {
  const problem = buildProgram(spec).problems.find(({ severity }) => severity === "error");
  if (problem !== undefined) throw invalid(problem);
  events.push({ type: "samples", counts: countSamples(spec), stepsPerEpoch: stepsPerEpoch(spec) });
  if (options.saveData === true) room.quick.begin();
  const ready = await gate.unlessStopped(room.get(automatic.resolve(choice, spec), datasetOf(spec)));
  const { engine, feed } = ready;
  const selection = selectSamples(spec, await gate.unlessStopped(feed.labels()));
  if (selection.train.length === 0)
    throw new RunError(
      "invalid",
      "No training images are left.",
      "Raise the limit or lower the validation share.",
    );
  const run = new Run(spec, selection, options.replayOf ?? null, options.momentsBytes);
  run.locked = options.holdOut === true;
  const reports = automatic.prepare(run, ready, choice);
  events.push({ type: "engine", engine: engine.info, reports }, true);
  await gate.unlessStopped(feed.ensure("train", run.firstBatch()));
  await compileOn(ready, spec, run.options());
  const before = await automatic.host.exclusive(() => engine.evaluate("train", run.firstBatch()));
  events.push({ type: "before", ...before }, true);
  return run;
}
