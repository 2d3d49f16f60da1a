// Whether another engine would train this very run faster: each is tried beside it for a moment, on a few of its
// images and with its weights.
import type { Alternative, Engine, EngineChoice, EngineReport } from "../engines/engine";
import { sizeOf } from "../spec/ops";
import { mapLabels } from "../spec/samples";
import { disposeQuietly, type Ready, whyFailed } from "./engine-room";
import { Feed } from "./feed";
import type { Run } from "./run";

/** Moving to another engine costs something too. */
const FASTER = 1.2;
/** How long an engine's steps are timed. */
const MEASURE_MS = 150;
const MAX_STEPS = 512;
const IMAGES = 256;

export interface Contest {
  run: Run;
  ready: Ready;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Keeps the run's own steps out while another engine is timed. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /** False once nobody would make use of the result. */
  wanted(): boolean;
}

export interface Outcome {
  reports: readonly EngineReport[];
  /** What to start such a run on from now on. */
  choice: EngineChoice;
  /** The faster engine with all that the run has uploaded; null where the present one stays. */
  successor: Ready | null;
}

type Trial = Pick<EngineReport, "available" | "reason" | "samplesPerSecond">;

/** @returns null where it was not finished because the result is not wanted any more */
export async function compare(contest: Contest): Promise<Outcome | null> {
  const { run, ready, wanted } = contest;
  const present = ready.engine.info;
  const reports = ready.reports.map((report) => ({ ...report }));
  const note = (id: EngineReport["id"], trial: Partial<Trial>) =>
    Object.assign(reports.find((report) => report.id === id) ?? {}, trial);

  let best: { alternative: Alternative; samplesPerSecond: number } | null = null;
  for (const alternative of ready.alternatives) {
    if (!wanted()) return null;
    const trial = await attempt(alternative, contest);
    if (trial === null) return null;
    note(alternative.id, trial);
    const { samplesPerSecond } = trial;
    if (samplesPerSecond !== null && samplesPerSecond > (best?.samplesPerSecond ?? 0))
      best = { alternative, samplesPerSecond };
  }
  // Only now: by the end of the trials it has had the most time to settle.
  note(present.id, { samplesPerSecond: run.samplesPerSecond });
  const stays: Outcome = { reports, choice: "auto", successor: null };
  if (best === null || best.samplesPerSecond < FASTER * run.samplesPerSecond) return stays;
  if (!wanted()) return null;

  // The trials' engines are gone: two of them at a time would share one TensorFlow.js.
  const engine = await best.alternative.start();
  if (typeof engine === "string") {
    note(best.alternative.id, { available: false, reason: engine });
    return stays;
  }
  try {
    const feed = new Feed(ready.feed.source, engine, ready.feed.dataset);
    await feed.follow(ready.feed, wanted);
    if (wanted()) {
      const successor = { engine, reports, alternatives: [], feed };
      return { reports, choice: best.alternative.id, successor };
    }
    disposeQuietly(engine);
    return null;
  } catch (error) {
    disposeQuietly(engine);
    note(best.alternative.id, { available: false, reason: whyFailed(engine, error) });
    return stays;
  }
}

async function attempt(alternative: Alternative, contest: Contest): Promise<Trial | null> {
  const engine = await alternative.start();
  if (typeof engine === "string") return { available: false, reason: engine, samplesPerSecond: null };
  try {
    // A download may outlast the run.
    if (!contest.wanted()) return null;
    const samplesPerSecond = await measure(engine, contest);
    return { available: true, reason: engine.info.device, samplesPerSecond };
  } catch (error) {
    return { available: false, reason: whyFailed(engine, error), samplesPerSecond: null };
  } finally {
    disposeQuietly(engine);
  }
}

/** Training images a second on a copy of the run. */
async function measure(engine: Engine, contest: Contest): Promise<number> {
  const { run, ready, now, exclusive } = contest;
  const { batchSize } = run.spec.training;
  const { shape, scale, shardSize } = ready.feed.dataset;
  // Of the first shard that was uploaded, so that it is near.
  const first = run.selection.train[0]!;
  const shard = Math.floor(first / shardSize);
  const rows = run.selection.train.filter((row) => Math.floor(row / shardSize) === shard).subarray(0, IMAGES);
  const layout = { rows: rows.length, rowBytes: sizeOf(shape), scale };
  engine.allocate({ train: layout, test: { ...layout, rows: 1 } });
  engine.upload("train", 0, await ready.feed.trainImages(rows));
  const labels = mapLabels(run.spec, (await ready.feed.labels()).train);
  engine.setLabels(
    "train",
    Uint8Array.from(rows, (row) => labels[row]!),
  );
  engine.compile(run.options(await exclusive(() => ready.engine.readState())));

  const [learningRate] = run.learningRates(rows);
  const train = async (steps: number) => {
    const batches = Uint32Array.from({ length: steps * batchSize }, (_, i) => i % rows.length);
    const { losses } = await engine.train(batches, batchSize, new Float64Array(steps).fill(learningRate!));
    const loss = losses.at(-1)!;
    if (losses.length < steps || !Number.isFinite(loss)) throw new Error(`the loss became ${loss}`);
  };
  // Compiles whatever the device compiles, which is not to be timed.
  await train(2);
  return exclusive(async () => {
    for (let steps = 1; ; ) {
      const begun = now();
      await train(steps);
      const elapsedMs = now() - begun;
      if (elapsedMs >= MEASURE_MS || steps === MAX_STEPS) return (1000 * steps * batchSize) / elapsedMs;
      steps = Math.min(Math.ceil((1.2 * MEASURE_MS * steps) / elapsedMs), MAX_STEPS);
    }
  });
}
