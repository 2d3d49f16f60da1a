// Every Op, forward and backward, written as plainly as its formula; float64 throughout, so that the other
// engines can be measured against it. Speed is not its job.
import type { OpKind } from "../../spec/ops";
import { activation } from "./activations";
import { add, concatenate, fork } from "./blocks";
import { dense } from "./dense";
import type { Kernel } from "./kernel";
import { batchNormalization } from "./normalization";
import { averagePooling2d, conv2d, globalAveragePooling2d, maxPooling2d } from "./windows";

export const kernels: { [K in OpKind]: Kernel<K> } = {
  flatten: { forward: (_, x) => x, backward: (_, _x, _y, dy) => dy },
  dense,
  conv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  batchNormalization,
  activation,
  dropout: {
    forward({ rate }, x, { mask, training }) {
      if (!training) return x;
      const factors = mask(rate, x.length);
      return x.map((value, i) => value * factors[i]!);
    },
    backward({ rate }, _x, _y, dy, { mask, training }) {
      if (!training) return dy;
      const factors = mask(rate, dy.length);
      return dy.map((slope, i) => slope * factors[i]!);
    },
  },
  fork,
  add,
  concatenate,
};
