// Turns what went wrong into a value that says what happened, why, and what to do next.
import { DataError } from "../datasets/source";
import { EngineLostError } from "../engines/engine";
import type { ExperimentSpec } from "../spec/experiment";
import type { Problem } from "../spec/program";
import type { RunFailure } from "./contract";

/** A failure that the trainer itself found. */
export class RunError extends Error {
  override name = "RunError";
  constructor(
    readonly code: RunFailure["code"],
    message: string,
    readonly advice: string,
  ) {
    super(message);
  }
}

export function invalid(problem: Problem): RunError {
  return new RunError(
    "invalid",
    problem.message,
    "Change the experiment where it is marked, then press Train.",
  );
}

export const elsewhere = (): RunError =>
  new RunError(
    "elsewhere",
    "This run goes on in another tab.",
    "Watch it there, or take it over again; Train begins a new one here.",
  );

export const lostCheckpoint = (): RunError =>
  new RunError("invalid", "What was kept of this run cannot be read.", "Press Train to begin it anew.");

/**
 * A loss that is not a number any more.
 * @param epoch from 1
 * @param step from 1, within the epoch
 */
export function diverged(spec: ExperimentSpec, loss: number, epoch: number, step: number): RunError {
  const { learningRate } = spec.optimizer;
  const smaller = Number((learningRate / 10).toPrecision(3));
  return new RunError(
    "diverged",
    `The loss became ${loss} at step ${step} of epoch ${epoch}: the steps were too large, and the weights grew without bound.`,
    `Try a learning rate of ${smaller} instead of ${learningRate}, then press Train.`,
  );
}

/** @param started whether there is a run that can go on from where it is */
export function describeFailure(error: unknown, epoch: number, started: boolean): RunFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RunError)
    return { code: error.code, message, advice: error.advice, epoch, resumable: false };
  if (error instanceof DataError) {
    const advice = "Check the connection, then try again: the experiment and what was trained are kept.";
    return { code: "data", message, advice, epoch, resumable: started };
  }
  if (error instanceof EngineLostError) {
    const advice = "Press Train to start again, or choose the WebAssembly engine, which needs no GPU.";
    return { code: "deviceLost", message: `The GPU went away: ${message}.`, advice, epoch, resumable: false };
  }
  return {
    code: "engine",
    message,
    advice: "Choose another engine, then press Train.",
    epoch,
    resumable: false,
  };
}
