// The training log: what a run prints, line for line. Course sites and scripts read these lines; progress ticks
// never enter it.
import { checkpoint, plateauLearningRates } from "../metrics/callbacks";
import { accuracyImprovement } from "../metrics/history";
import type { EpochRecord, TrainEvent } from "../training/contract";
import type { Run } from "./reduce";

export interface LogLine {
  text: string;
  /** How it is set: an epoch's heading, why a run failed, or any other line. */
  kind: "heading" | "failure" | "plain";
}

type EventOf<K extends TrainEvent["type"]> = Extract<TrainEvent, { type: K }>;

const plain = (...texts: string[]): LogLine[] => texts.map((text) => ({ text, kind: "plain" }));

/** The first lines come in one order, whatever is known first. */
const PREAMBLE = [
  ({ counts }: Run) =>
    counts && [
      `Training samples: ${counts.train}`,
      `Validation samples: ${counts.validation}`,
      `Test samples: ${counts.test}`,
    ],
  ({ engine }: Run) => engine && ["Model ready for training!", `Engine: ${engine.name} (${engine.device})`],
  ({ before }: Run) =>
    before && [
      `Loss before training: ${before.loss.toFixed(3)}`,
      `Accuracy before training: ${(100 * before.accuracy).toFixed(3)}%`,
    ],
];

/**
 * Lines of the preamble that can be printed now.
 * @param run as it is after the event
 */
export function preamble(run: Run): { lines: LogLine[]; printed: number } {
  const lines: LogLine[] = [];
  let printed = run.preambleParts;
  for (; printed < PREAMBLE.length; printed++) {
    const texts = PREAMBLE[printed]!(run);
    if (texts === null) break;
    lines.push(...plain(...texts));
  }
  return { lines, printed };
}

/** "Epoch 2/5", where an epoch begins. */
export const epochHeading = (epoch: number, epochs: number): LogLine => ({
  text: `Epoch ${epoch}/${epochs}`,
  kind: "heading",
});

/** "Engine: …" again, where a run goes on elsewhere. */
export const engineLine = ({ engine }: EventOf<"engine">): LogLine[] =>
  plain(`Engine: ${engine.name} (${engine.device})`);

/** "1500/1500 - 1.21s - 0.8ms/step - loss: 0.2635 - …"; the val parts are left out without validation. */
export function epochLine(record: EpochRecord): LogLine[] {
  const { steps, elapsedMs, msPerStep, loss, accuracy, valLoss, valAccuracy } = record;
  const parts = [
    `${steps}/${steps}`,
    `${seconds(elapsedMs)}s`,
    `${msPerStep.toFixed(1)}ms/step`,
    `loss: ${loss.toFixed(4)}`,
    `accuracy: ${accuracy.toFixed(4)}`,
  ];
  if (valLoss !== null) parts.push(`val_loss: ${valLoss.toFixed(4)}`);
  if (valAccuracy !== null) parts.push(`val_accuracy: ${valAccuracy.toFixed(4)}`);
  return plain(parts.join(" - "));
}

/** "Paused by the browser for 62 seconds.", where a page that nobody saw was stopped in the middle of its run. */
export const frozenLines = ({ elapsedMs }: EventOf<"frozen">): LogLine[] =>
  plain(`Paused by the browser for ${Math.round(elapsedMs / 1000)} seconds.`);

/** @param run as it is when the epochs are over */
export function completedLines(
  run: Run,
  { elapsedMs, stopped, restoredEpoch }: EventOf<"completed">,
): LogLine[] {
  const lines = stopped ? plain(`Training stopped at epoch: ${run.epoch}`) : [];
  if (restoredEpoch) lines.push(...restoredLines(restoredEpoch));
  lines.push(...plain(`Training completed in ${seconds(elapsedMs)} seconds!`));
  const improvement = accuracyImprovement(run.history);
  if (improvement === null) return lines;
  const { first, last, change } = improvement;
  const valAccuracy = run.history.at(-1)!.valAccuracy;
  lines.push(...plain(`Final training accuracy: ${last.toFixed(4)}`));
  if (valAccuracy !== null) lines.push(...plain(`Final validation accuracy: ${valAccuracy.toFixed(4)}`));
  const sign = change < 0 ? "-" : "+";
  const text = `${first.toFixed(4)} → ${last.toFixed(4)} (${sign}${Math.abs(change).toFixed(4)})`;
  lines.push(...plain(`Accuracy improvement: ${text}`));
  return lines;
}

/** What is said of weights that were put in the place of the last ones. @param epoch theirs, from 1 */
export const restoredLines = (epoch: number): LogLine[] =>
  plain("Neural network weights updated to the best epoch.", `Best epoch: ${epoch}`);

const keras = { valLoss: "val_loss", valAccuracy: "val_accuracy", loss: "loss", accuracy: "accuracy" };

/** What the callbacks say of the run's last epoch, in Keras's words. */
export function watchedLines({ spec, history }: Pick<Run, "spec" | "history">): LogLine[] {
  const last = history.at(-1);
  if (spec === null || last === undefined) return [];
  const texts: string[] = [];
  const best = checkpoint(spec, history);
  if (best?.epoch === last.epoch) {
    const from = best.previous?.toFixed(4) ?? (best.monitor.toLowerCase().endsWith("loss") ? "inf" : "-inf");
    const change = `${keras[best.monitor]} improved from ${from} to ${best.value.toFixed(4)}`;
    texts.push(`Epoch ${last.epoch}: ${change}, keeping these weights`);
  }
  const [before, after] = plateauLearningRates(spec, history)?.slice(-2) ?? [];
  if (before !== after)
    texts.push(`Epoch ${last.epoch}: reducing the learning rate to ${Number(after!.toPrecision(6))}`);
  return plain(...texts);
}

/** "Weights hash: …", whole, so that it can be copied and compared. */
export const hashedLines = ({ holdOut }: Pick<Run, "holdOut">, { hash }: EventOf<"hashed">): LogLine[] =>
  plain(
    `Weights hash: ${hash}`,
    ...(holdOut ? ["Test images are locked: open them once you have chosen."] : []),
  );

export const testedLines = ({ result: { accuracy, loss } }: EventOf<"tested">): LogLine[] =>
  plain(
    `Test accuracy: ${accuracy.toFixed(4)} (${(100 * accuracy).toFixed(2)}%)`,
    `Test loss: ${loss.toFixed(4)}`,
  );

/** "Continued from epoch 3, step 412", where a run goes on in another life of the page. */
export const resumedLines = ({ epoch, step }: EventOf<"resumed">): LogLine[] =>
  plain(`Continued from epoch ${epoch}, step ${step}`);

export const unkeptLines = (reason: string): LogLine[] => plain(reason);

export const failedLines = ({ failure }: EventOf<"failed">): LogLine[] =>
  [failure.message, failure.advice].map((text) => ({ text, kind: "failure" }));

const seconds = (ms: number) => (ms / 1000).toFixed(2);
