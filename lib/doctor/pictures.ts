// The small pictures of findings, as data, from what several rules look at.

import type { EpochMetrics } from "../metrics/history";
import type { Probe } from "../metrics/probe";
import { curve, type Series } from "../metrics/series";
import { rounded } from "../metrics/words";
import type { ExperimentSpec } from "../spec/experiment";
import * as layers from "../spec/layers/registry";
import type { Bar, Picture } from "./define";

/** The smoothing window of batch losses, in parts of the run. */
const WINDOW = 1 / 40;

/** "2 Dense": as the experiment's list counts them, from 1. */
export const layerName = ({ layers: list }: ExperimentSpec, layer: number): string =>
  `${layer + 1} ${layers[list[layer]!.kind].label}`;

/** Training and validation loss, epoch by epoch. */
export function lossesByEpoch(history: readonly EpochMetrics[], before?: number): Picture {
  const first = before === undefined ? [] : [before];
  const validation = history.flatMap(({ valLoss }) => (valLoss === null ? [] : [valLoss]));
  const train = {
    label: "training loss",
    ink: "train" as const,
    values: [...first, ...history.map(({ loss }) => loss)],
  };
  const lines = [
    train,
    ...(validation.length > 0 && before === undefined
      ? [{ label: "validation loss", ink: "validation" as const, values: validation }]
      : []),
  ];
  return { kind: "lines", caption: "Loss, epoch by epoch", across: "epoch", lines, top: null };
}

/** A loss that ran away is drawn up to so many times the untrained one. */
const RUNAWAY = 3;

/** The training loss, batch by batch, smoothed. @param before the untrained one; null where it is not known */
export function lossByBatch(loss: Series, before: number | null): Picture {
  const values = curve(loss, Math.max(1, loss.steps * WINDOW)).map(({ smooth }) => smooth);
  const top = before === null ? Number.POSITIVE_INFINITY : RUNAWAY * before;
  return {
    kind: "lines",
    caption: "Training loss, batch by batch",
    across: "part",
    top: Math.max(...values) > top ? top : null,
    lines: [{ label: "training loss", ink: "train", values }],
  };
}

/** The gradient of each layer's kernel, from the first layer to the last. */
export function gradientsByLayer(
  spec: ExperimentSpec,
  probe: Probe,
  isMarked: (value: number) => boolean,
): Picture {
  const bars = kernelGradients(probe).map(
    ({ layer, gradient }): Bar => ({
      label: layerName(spec, layer),
      value: gradient,
      text: rounded(gradient),
      marked: isMarked(gradient),
    }),
  );
  return { kind: "bars", caption: "Size of a weight's gradient, layer by layer", logarithmic: true, bars };
}

/** Of the arrays that inputs are multiplied by; biases and scales are left out. */
export const kernelGradients = ({ arrays }: Probe) => arrays.filter(({ name }) => name.endsWith("/kernel"));
