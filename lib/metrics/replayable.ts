// Which runs come out the same when they are trained again.
import { stepsPerEpoch } from "../spec/samples";
import type { RunRecord } from "./run-record";

/** The only engine whose weights are the same on every device. */
export const REPLAY_ENGINE = "wasm";

/** Why this run cannot be trained again to the bit, in one sentence; null where it can. */
export function whyNoReplay({
  steps,
  history,
  experiment,
  environment,
  restoredEpoch,
}: RunRecord): string | null {
  const { engine } = environment;
  if (engine.id !== REPLAY_ENGINE)
    return `It was trained on ${engine.name}, which rounds differently from device to device: only runs on WebAssembly SIMD come out the same to the bit.`;
  if (restoredEpoch === undefined && steps !== history.length * stepsPerEpoch(experiment))
    return "It was stopped within an epoch: only whole epochs can be trained again to the bit.";
  return null;
}
