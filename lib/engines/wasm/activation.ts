// How assembly/elementwise numbers the activations.
import type { Activation } from "../../spec/ops";

export const activationKinds: Record<Activation, number> = {
  linear: 0,
  relu: 1,
  leakyRelu: 2,
  elu: 3,
  sigmoid: 4,
  tanh: 5,
  softmax: 6,
};
