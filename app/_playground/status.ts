// What is going on, in two lines; and how far it is. Pure, so that it can be read in tests.
import {
  formatAccuracy,
  formatBytes,
  formatCount,
  formatDuration,
  formatLoss,
  formatPlural,
  formatRate,
} from "@/app/_ui/format";
import { earlyStopping } from "@/lib/metrics/callbacks";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { countSamples, stepsPerEpoch } from "@/lib/spec/samples";
import type { Run } from "@/lib/store/reduce";
import { firstError, programOf } from "@/lib/store/spec";
import { problemSentence } from "./problems";

export interface Status {
  /** Set in bold. */
  lead: string;
  /** Goes on from the lead. */
  parts: readonly Part[];
  /** The second line. */
  details: readonly string[];
}

export interface Part {
  text: string;
  /** Left out on a phone. */
  wide?: boolean;
}

/** What Train will do with this experiment. `estimateMs` is null before this device was measured. */
export function planStatus(spec: ExperimentSpec, estimateMs: number | null): Status {
  const error = firstError(spec);
  if (error !== null) return { lead: "Not ready to train", parts: [], details: [problemSentence(error)] };
  const plan = [
    formatPlural(countSamples(spec).train, "image"),
    formatPlural(programOf(spec).parameters, "parameter"),
    ...(estimateMs === null
      ? []
      : [`${atMost(spec)}about ${formatDuration(Math.max(estimateMs, 1000))} on this device`]),
  ];
  const { epochs } = spec.training;
  const details = `${atMost(spec)}${formatPlural(epochs, "epoch")} of ${formatPlural(stepsPerEpoch(spec), "step")}`;
  return { lead: plan.join(" · "), parts: [], details: [details] };
}

/** What stands before a number of epochs or a time that early stopping may cut short. */
const atMost = (spec: ExperimentSpec | null): string =>
  spec?.callbacks.some(({ kind }) => kind === "earlyStopping") ? "at most " : "";

function loadingStatus({ queue, waiting, engine }: Run): Status {
  if (queue !== null)
    return {
      lead: "Waiting for its turn",
      parts: queue === 1 ? [] : [{ text: `${formatCount(queue)} before this one` }],
      details: ["another playground on this page is training or paused; one trains at a time"],
    };
  if (engine === null)
    return { lead: "Starting the engine", parts: [], details: ["trying what this device can do"] };
  if (waiting === null || waiting.loadedBytes >= waiting.totalBytes)
    return { lead: "Preparing the network", parts: [], details: [engine.name] };
  const bytes = `${formatBytes(waiting.loadedBytes)} of ${formatBytes(waiting.totalBytes)}; training starts with the first images`;
  return { lead: `Loading ${waiting.what}`, parts: [], details: [bytes] };
}

/** After the epochs, and whenever other weights are put in the place of the last. */
const testingStatus = ({ engine, holdOut }: Run): Status => ({
  lead: holdOut ? "Finishing" : "Testing",
  parts: holdOut ? [] : [{ text: "on images it has never seen" }],
  details: [engine?.name ?? ""],
});

function progressStatus({ state, spec, progress, engine, to }: Run): Status {
  const name = engine?.name ?? "";
  if (progress === null) return { lead: "First step", parts: [], details: [name] };
  const { epoch, step, steps, etaMs, samplesPerSecond, msPerStep, loss, accuracy } = progress;
  return {
    lead: `${state === "paused" ? "Paused in epoch" : "Epoch"} ${epoch} of ${to}`,
    parts: [
      { text: `step ${formatCount(step)} of ${formatCount(steps)}`, wide: true },
      { text: `${atMost(spec)}${formatDuration(etaMs)} left` },
    ],
    // What finds no room is left out from the end.
    details: [
      `${formatRate(samplesPerSecond)} images/s`,
      `${msPerStep.toFixed(1)} ms/step`,
      `loss ${formatLoss(loss)}`,
      `accuracy ${formatAccuracy(accuracy)}`,
      name,
    ],
  };
}

function doneStatus({ test, completed, history, engine, opened, holdOut, restoredEpoch }: Run): Status {
  if (opened && history.length === 0)
    return {
      lead: "A trained network came with this link",
      parts: [],
      details: ["it answers below; Train begins anew from untrained weights"],
    };
  const seconds = `${((completed?.elapsedMs ?? 0) / 1000).toFixed(2)} s`;
  const how = `${formatPlural(history.length, "epoch")} in ${seconds}`;
  const weights = restoredEpoch === null ? [] : [`weights of epoch ${restoredEpoch}`];
  const details = [how, ...weights, ...(engine === null ? [] : [engine.name])];
  if (holdOut) return { lead: "Trained", parts: [{ text: "the test images are locked" }], details };
  if (test === null) return { lead: "Stopped", parts: [], details };
  return {
    lead: `Test accuracy ${formatAccuracy(test.accuracy)}`,
    parts: [{ text: `test loss ${test.loss.toFixed(4)}`, wide: true }],
    details,
  };
}

/** The two lines of a run that is on or over. */
export function runStatus(run: Run): Status {
  if (run.state === "done") return doneStatus(run);
  if (run.state === "failed") return { lead: "Stopped by a problem", parts: [], details: [failedAt(run)] };
  if (run.completed !== null) return testingStatus(run);
  if (run.state === "loading") return loadingStatus(run);
  return progressStatus(run);
}

const failedAt = ({ failure, to }: Run): string =>
  failure === null || failure.epoch === 0 || to === 0
    ? "before the first epoch"
    : `in epoch ${failure.epoch} of ${to}`;

/** How much of the epochs asked for is done, from 0 to 1. What early stopping left of them is all of them. */
export function progressOf({ state, spec, history, progress, from, to, completed }: Run): number {
  if (state === "idle" || progress === null || to === from) return 0;
  if (state === "loading" && completed === null) return 0;
  const ended = spec !== null && earlyStopping(spec, history)?.stops === true;
  if (completed !== null && (!completed.stopped || ended)) return 1;
  const epochs = progress.epoch - 1 - from + progress.step / progress.steps;
  return Math.min(1, Math.max(0, epochs / (to - from)));
}
