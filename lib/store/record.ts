// A run that is over as a record, and a record as a run that can be looked at again.
import { keptEpoch, restoresBest } from "../metrics/callbacks";
import { type DeviceClass, parseRunRecord, type RunRecord } from "../metrics/run-record";
import type { Series } from "../metrics/series";
import { countSamples, stepsPerEpoch } from "../spec/samples";
import type { EngineInfo } from "../training/contract";
import {
  completedLines,
  epochHeading,
  epochLine,
  hashedLines,
  preamble,
  restoredLines,
  testedLines,
  watchedLines,
} from "./log";
import { emptyRun, type Run } from "./reduce";

/** Digits that a mean of a curve is kept with: more than a screen can show. */
const CURVE_DIGITS = 6;

const rounded = (series: Series): Series => ({
  ...series,
  means: series.means.map((mean) => Number(mean.toPrecision(CURVE_DIGITS))),
});

/** What is kept of a run; null until it is over, tested and has finished an epoch. */
export function recordOf(run: Run, deviceClass: DeviceClass): RunRecord | null {
  const { state, spec, engine, before, history, completed, hash, test, finishedAt } = run;
  if (state !== "done" || spec === null || engine === null || before === null || history.length === 0)
    return null;
  if (completed === null || hash === null || test === null || finishedAt === null) return null;
  const { id, name, device } = engine;
  // Parsed, so that what is kept can be read again and nothing that it does not name comes with it.
  return parseRunRecord({
    version: 1,
    experiment: spec,
    before: { loss: before.loss, accuracy: before.accuracy },
    curves: { loss: rounded(run.loss), accuracy: rounded(run.accuracy) },
    steps: run.loss.steps,
    history,
    test: { loss: test.loss, accuracy: test.accuracy },
    environment: {
      engine: { id, name, device: device.slice(0, 120) },
      deviceClass,
      elapsedMs: completed.elapsedMs,
      finishedAt,
      weightsHash: hash,
    },
    forkedFrom: run.forkedFrom,
    restoredEpoch: run.restoredEpoch ?? undefined,
  });
}

/** The run as it was when it was over, its log included; `opened`, so that nobody trains it on. */
export function runOf(record: RunRecord): Run {
  const { experiment: spec, before, curves, steps, history, test, environment } = record;
  const { engine, elapsedMs, weightsHash: hash, finishedAt } = environment;
  const perEpoch = stepsPerEpoch(spec);
  const to = Math.max(spec.training.epochs, history.length);
  const stopped = steps !== to * perEpoch;
  const restoredEpoch = record.restoredEpoch ?? null;
  // Early stopping puts weights back as the training ends; a checkpoint is loaded by somebody, afterwards.
  const atTheEnd = restoresBest(spec) ? restoredEpoch : null;
  const completed = { type: "completed", elapsedMs, stopped, restoredEpoch: atTheEnd } as const;
  const last = history.at(-1)!;
  const run: Run = {
    ...emptyRun,
    state: "done",
    spec,
    forkedFrom: record.forkedFrom,
    opened: true,
    counts: countSamples(spec),
    stepsPerEpoch: perEpoch,
    engine: engine as EngineInfo,
    before,
    to,
    epoch: steps > history.length * perEpoch ? history.length + 1 : history.length,
    loss: curves.loss,
    accuracy: curves.accuracy,
    history,
    progress: {
      type: "progress",
      epoch: last.epoch,
      step: last.steps,
      steps: last.steps,
      loss: last.loss,
      accuracy: last.accuracy,
      msPerStep: last.msPerStep,
      samplesPerSecond: 0,
      etaMs: 0,
    },
    completed,
    hash,
    bestEpoch: keptEpoch(spec, history),
    restoredEpoch,
    test,
    finishedAt,
  };
  const { lines, printed } = preamble(run);
  const epochs = history.flatMap((epoch, index) => [
    epochHeading(epoch.epoch, to),
    ...epochLine(epoch),
    ...watchedLines({ spec, history: history.slice(0, index + 1) }),
  ]);
  if (run.epoch > history.length) epochs.push(epochHeading(run.epoch, to));
  const end = [
    ...completedLines(run, completed),
    ...(restoredEpoch === atTheEnd ? [] : restoredLines(restoredEpoch!)),
    ...hashedLines(run, { type: "hashed", hash }),
    ...testedLines({ type: "tested", result: test }),
  ];
  return { ...run, log: [...lines, ...epochs, ...end], preambleParts: printed };
}
