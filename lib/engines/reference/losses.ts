// The losses with their gradients, in float64. Formulas as Keras 3 has them (keras/src/losses/losses.py).

import type { LossOp } from "../../spec/define";
import { type Head, MAX_PROBABILITY, MIN_PROBABILITY } from "../head";

export interface LossResult {
  /** Mean over the batch. */
  loss: number;
  correct: number;
  /** The gradient of the mean loss by the outputs (by their logits where fused). */
  gradient: Float64Array;
}

/**
 * @param outputs [count, width]: logits where `fused` is set, else the network's outputs
 * @param labels class numbers; for width 1 they are the 0/1 target, else one-hot
 */
export function computeLoss(
  loss: LossOp,
  fused: Head["fused"],
  outputs: Float64Array,
  labels: Uint8Array,
): LossResult {
  const count = labels.length;
  const width = outputs.length / count;
  const gradient = new Float64Array(outputs.length);
  let [total, correct] = [0, 0];
  for (let n = 0; n < count; n++) {
    const row = outputs.subarray(n * width, (n + 1) * width);
    const slope = gradient.subarray(n * width, (n + 1) * width);
    total += rules[loss](row, labels[n]!, slope, fused !== null);
    const guess = width === 1 ? Number(row[0]! > (fused === null ? 0.5 : 0)) : argMax(row);
    if (guess === labels[n]) correct++;
  }
  return { loss: total / count, correct, gradient: gradient.map((slope) => slope / count) };
}

/** Loss of one sample; fills in its gradient. */
type Rule = (row: Float64Array, label: number, slope: Float64Array, fused: boolean) => number;

const target = (row: Float64Array, label: number, i: number) =>
  row.length === 1 ? label : Number(i === label);
const clip = (p: number) => Math.min(Math.max(p, MIN_PROBABILITY), MAX_PROBABILITY);

const rules: Record<LossOp, Rule> = {
  crossentropy(row, label, slope, fused) {
    if (fused) {
      const max = Math.max(...row);
      const sum = row.reduce((acc, z) => acc + Math.exp(z - max), 0);
      for (const [i, z] of row.entries()) slope[i] = Math.exp(z - max) / sum - Number(i === label);
      return Math.log(sum) + max - row[label]!;
    }
    const kept = row.map(clip);
    const sum = kept.reduce((acc, p) => acc + p, 0);
    for (const [i, p] of kept.entries()) slope[i] = row[i] === p ? 1 / sum - Number(i === label) / p : 0;
    return Math.log(sum) - Math.log(kept[label]!);
  },
  binaryCrossentropy(row, label, slope, fused) {
    let total = 0;
    for (const [i, value] of row.entries()) {
      const t = target(row, label, i);
      if (fused) {
        total += Math.max(value, 0) - value * t + Math.log1p(Math.exp(-Math.abs(value)));
        slope[i] = (1 / (1 + Math.exp(-value)) - t) / row.length;
      } else {
        const p = clip(value);
        total -= t * Math.log(p) + (1 - t) * Math.log(1 - p);
        slope[i] = p === value ? ((1 - t) / (1 - p) - t / p) / row.length : 0;
      }
    }
    return total / row.length;
  },
  meanSquaredError(row, label, slope) {
    let total = 0;
    for (const [i, value] of row.entries()) {
      const difference = value - target(row, label, i);
      total += difference * difference;
      slope[i] = (2 * difference) / row.length;
    }
    return total / row.length;
  },
};

function argMax(row: Float64Array): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) if (row[i]! > row[best]!) best = i;
  return best;
}
