// Batch normalization: Ioffe & Szegedy 2015, with Keras 3's moving averages (keras/src/layers/normalization/
// batch_normalization.py): the batch's biased variance goes into them, and the momentum is the share that stays.
import type { OpOf } from "../../spec/ops";
import type { Context, Kernel } from "./kernel";

interface Moments {
  mean: Float64Array;
  variance: Float64Array;
}

/** Mean and biased variance of each channel over the batch and its pixels. */
function moments(x: Float64Array, channels: number): Moments {
  const rows = x.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (const [i, value] of x.entries()) mean[i % channels]! += value / rows;
  for (const [i, value] of x.entries()) variance[i % channels]! += (value - mean[i % channels]!) ** 2 / rows;
  return { mean, variance };
}

/** (x − mean) / √(variance + ε) */
function normalize(x: Float64Array, { mean, variance }: Moments, epsilon: number): Float64Array {
  const channels = mean.length;
  return x.map((value, i) => (value - mean[i % channels]!) / Math.sqrt(variance[i % channels]! + epsilon));
}

/** The batch's moments in training, when they also go into the moving averages; else those. */
function momentsToUse({ momentum }: OpOf<"batchNormalization">, x: Float64Array, context: Context): Moments {
  const [gamma, , movingMean, movingVariance] = context.weights;
  if (!context.training) return { mean: movingMean!, variance: movingVariance! };
  const batch = moments(x, gamma!.length);
  const blend = (moving: Float64Array, values: Float64Array) =>
    moving.map((average, c) => average * momentum + values[c]! * (1 - momentum));
  context.moved[2] = blend(movingMean!, batch.mean);
  context.moved[3] = blend(movingVariance!, batch.variance);
  return batch;
}

export const batchNormalization: Kernel<"batchNormalization"> = {
  forward(op, x, context) {
    const [gamma, beta] = context.weights;
    const normal = normalize(x, momentsToUse(op, x, context), op.epsilon);
    return normal.map((value, i) => value * gamma![i % gamma!.length]! + beta![i % gamma!.length]!);
  },
  // In training dx = γ/√(v + ε) · (dy − mean(dy) − x̂·mean(dy·x̂)), as mean and variance depend on every x of the channel;
  // in inference they are constants, and dx = γ/√(v + ε) · dy.
  backward(op, x, _, dy, context) {
    const [gamma] = context.weights;
    const [dGamma, dBeta] = context.gradients;
    const channels = gamma!.length;
    const rows = x.length / channels;
    const used = context.training ? moments(x, channels) : momentsToUse(op, x, context);
    const normal = normalize(x, used, op.epsilon);
    for (const [i, slope] of dy.entries()) {
      dGamma![i % channels]! += slope * normal[i]!;
      dBeta![i % channels]! += slope;
    }
    return dy.map((slope, i) => {
      const c = i % channels;
      const through = context.training ? dBeta![c]! / rows + (normal[i]! * dGamma![c]!) / rows : 0;
      return (gamma![c]! * (slope - through)) / Math.sqrt(used.variance[c]! + op.epsilon);
    });
  },
};
