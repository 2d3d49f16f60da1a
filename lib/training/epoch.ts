// One epoch of a run: chunk after chunk of steps, then the validation images. Between two chunks it pauses, is kept, moves
// to another engine or ends, where somebody wants that.
import type { EvaluateResult } from "../engines/engine";
import type { Automatic } from "./automatic";
import type { EngineRoom } from "./engine-room";
import { diverged } from "./failure";
import { frozenBetween, frozenWithin } from "./frozen";
import type { Loaded } from "./prepare";
import type { Run } from "./run";
import type { Gate } from "./stop";

export interface EpochHost {
  /** Milliseconds, monotonic. */
  now(): number;
  room: EngineRoom;
  automatic: Automatic;
  gate: Gate;
  /** One at a time on the engine. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * What is left of the epoch under way.
 * @returns whether early stopping ends the run with it
 * @throws RunError where the loss is not finite any more, DataError, EngineLostError, or what the gate was stopped with
 */
export async function trainEpoch(run: Run, loaded: Loaded, host: EpochHost): Promise<boolean> {
  const { events, keeper } = loaded;
  const { now, room, automatic, gate, exclusive } = host;
  while (run.nextRows().length > 0) {
    await keeper?.between(run, gate.isClosed);
    await gate.pass();
    await trainChunk(run, loaded, host);
  }
  await keeper?.between(run, gate.isClosed);
  await gate.pass();
  const begun = now();
  const validation = await validate(run, host);
  const validationMs = now() - begun;
  run.addTime(validationMs);
  const weights = await exclusive(async () => run.readWeights((await room.current!).engine));
  await automatic.endEpoch(run);
  events.push({ type: "epoch", record: run.finishEpoch(validation, validationMs) }, true);
  return run.watch(weights);
}

async function trainChunk(run: Run, { spec, events }: Loaded, host: EpochHost): Promise<void> {
  const { now, room, automatic, gate, exclusive } = host;
  const begun = now();
  await automatic.step(run);
  const { engine, feed } = await room.current!;
  // Only now: another engine begins with fewer steps at a time.
  const rows = run.nextRows();
  await gate.unlessStopped(feed.ensure("train", rows));
  const { losses, correct, elapsedMs } = await exclusive(async () => {
    const there = now();
    const result = await engine.train(rows, spec.training.batchSize, run.learningRates(rows));
    return { ...result, elapsedMs: now() - there };
  });
  // Until the first step, the first shard has the line to itself.
  if (run.step === 0) feed.prefetch(run.selection);
  const frozenMs = frozenWithin(elapsedMs, run.usualMs(losses.length));
  run.addTime(now() - begun - frozenMs);
  const broken = losses.findIndex((loss) => !Number.isFinite(loss));
  const epoch = run.epoch + 1;
  const step = run.batch + broken + 1;
  const kept = broken < 0 ? losses.length : broken;
  if (kept > 0) {
    const chunk = run.record(losses.subarray(0, kept), correct.subarray(0, kept), elapsedMs - frozenMs);
    for (const event of chunk) events.push(event);
  }
  if (broken >= 0) throw diverged(spec, losses[broken]!, epoch, step);
  const awayMs = frozenMs + (await frozenBetween(now));
  if (awayMs > 0) events.push({ type: "frozen", elapsedMs: awayMs }, true);
}

async function validate(run: Run, { room, gate, exclusive }: EpochHost): Promise<EvaluateResult | null> {
  const { validation } = run.selection;
  if (validation.length === 0) return null;
  const { engine, feed } = await room.current!;
  await gate.unlessStopped(feed.ensure("train", validation));
  return exclusive(() => engine.evaluate("train", validation));
}
