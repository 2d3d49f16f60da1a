// A dense layer: y = x·kernel + bias.
import { sizeOf } from "../../spec/ops";
import type { Kernel } from "./kernel";

export const dense: Kernel<"dense"> = {
  forward({ units, useBias }, x, { count, step, weights }) {
    const inputs = sizeOf(step.input);
    const [kernel, bias] = weights;
    const y = new Float64Array(count * units);
    for (let n = 0; n < count; n++) {
      for (let o = 0; o < units; o++) y[n * units + o] = useBias ? bias![o]! : 0;
      for (let i = 0; i < inputs; i++) {
        const value = x[n * inputs + i]!;
        if (value === 0) continue;
        for (let o = 0; o < units; o++) y[n * units + o]! += value * kernel![i * units + o]!;
      }
    }
    return y;
  },
  backward({ units, useBias }, x, _, dy, { count, step, weights, gradients }) {
    const inputs = sizeOf(step.input);
    const [kernel] = weights;
    const [dKernel, dBias] = gradients;
    const dx = new Float64Array(count * inputs);
    for (let n = 0; n < count; n++) {
      for (let o = 0; o < units && useBias; o++) dBias![o]! += dy[n * units + o]!;
      for (let i = 0; i < inputs; i++) {
        const value = x[n * inputs + i]!;
        let sum = 0;
        for (let o = 0; o < units; o++) {
          const slope = dy[n * units + o]!;
          dKernel![i * units + o]! += value * slope;
          sum += kernel![i * units + o]! * slope;
        }
        dx[n * inputs + i] = sum;
      }
    }
    return dx;
  },
};
