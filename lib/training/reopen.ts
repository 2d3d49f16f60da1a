// What comes before a run goes on in another life of the page. Downloaded then: most runs never do.
import { datasetOf, selectSamples } from "../spec/samples";
import type { Automatic } from "./automatic";
import type { Checkpoint } from "./checkpoint";
import { compileOn, type EngineRoom } from "./engine-room";
import type { Loaded } from "./prepare";
import { Run } from "./run";
import type { Gate } from "./stop";

/** Makes a run ready to go on from where it was kept, whatever became of the page since. @throws as `prepareRun` */
export async function reopenRun(
  { spec, choice, events, options }: Loaded,
  { at, state }: Checkpoint,
  room: EngineRoom,
  automatic: Automatic,
  gate: Gate,
): Promise<Run> {
  if (options.saveData === true) room.quick.begin();
  const ready = await gate.unlessStopped(room.get(automatic.resolve(choice, spec), datasetOf(spec)));
  const { engine, feed } = ready;
  const selection = selectSamples(spec, await gate.unlessStopped(feed.labels()));
  const run = new Run(spec, selection, null, options.momentsBytes);
  run.locked = options.holdOut === true;
  run.goTo(at);
  const reports = automatic.prepare(run, ready, choice, state);
  events.push({ type: "engine", engine: engine.info, reports }, true);
  feed.prefetch(run.selection);
  await gate.unlessStopped(feed.ensure("train", run.nextRows()));
  await compileOn(ready, spec, run.options(state));
  events.push({ type: "resumed", epoch: run.epoch + 1, step: run.batch }, true);
  return run;
}
