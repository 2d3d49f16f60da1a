// How fast this device trains with each engine, measured here and kept here; before that there is no guess.
import * as z from "zod/mini";
import type { ExperimentSpec } from "../spec/experiment";
import { countSamples } from "../spec/samples";
import type { EngineChoice } from "../training/engine-choice";
import { programOf } from "./spec";
import { readStored, writeStored } from "./storage";

const KEY = "descent.speeds";

/** Multiply-adds per second of training, by kind of network and what the person chose ("auto" included) or what ran. */
const schema = z.record(z.string(), z.number().check(z.positive()));

/** What an epoch costs, in multiply-adds of the forward pass; the backward pass grows with it. */
const workOf = (spec: ExperimentSpec): number => countSamples(spec).train * programOf(spec).macs;

/** Dense layers on images that are mostly black skip most of their work; convolutions do not. */
const keyOf = (engine: string, spec: ExperimentSpec): string =>
  programOf(spec).steps.some(({ op }) => op.op === "conv2d") ? `${engine} conv2d` : engine;

/** Notes that an epoch took `elapsedMs`, under each of the names. */
export function noteSpeed(names: readonly string[], spec: ExperimentSpec, elapsedMs: number): void {
  const speed = (1000 * workOf(spec)) / elapsedMs;
  if (!Number.isFinite(speed) || speed <= 0) return;
  const speeds = readStored(KEY, schema, {});
  writeStored(KEY, { ...speeds, ...Object.fromEntries(names.map((name) => [keyOf(name, spec), speed])) });
}

/** What this device does with such a network, in multiply-adds a second; null before anything was measured. */
export const speedOf = (spec: ExperimentSpec, engine: EngineChoice): number | null =>
  readStored(KEY, schema, {})[keyOf(engine, spec)] ?? null;

/** How long the experiment should train here, in milliseconds; null before anything was measured. */
export function estimateMs(spec: ExperimentSpec, engine: EngineChoice): number | null {
  const speed = speedOf(spec, engine);
  return speed === null ? null : (1000 * spec.training.epochs * workOf(spec)) / speed;
}
