// The five optimizers on one weight array, in float64, after Keras 3 (keras/src/optimizers/*.py).
import type { OptimizerKind } from "../../spec/experiment";
import { adamCorrection, type OptimizerOf } from "../optimizer";

export interface Update {
  weights: Float64Array;
  gradient: Float64Array;
  /** This array's state: `slotCount` arrays of the same length, kept between steps. */
  slots: readonly Float64Array[];
  learningRate: number;
  /** From 1. */
  step: number;
}

interface Optimizer<K extends OptimizerKind> {
  slotCount(spec: OptimizerOf<K>): number;
  /** What a slot holds before the first step. */
  initial(spec: OptimizerOf<K>): number;
  update(spec: OptimizerOf<K>, update: Update): void;
}

export const optimizers: { [K in OptimizerKind]: Optimizer<K> } = {
  sgd: {
    slotCount: ({ momentum }) => (momentum === 0 ? 0 : 1),
    initial: () => 0,
    update({ momentum, nesterov }, { weights, gradient, slots: [velocity], learningRate }) {
      for (let i = 0; i < weights.length; i++) {
        const pull = learningRate * gradient[i]!;
        if (velocity === undefined) {
          weights[i]! -= pull;
          continue;
        }
        velocity[i] = momentum * velocity[i]! - pull;
        weights[i]! += nesterov ? momentum * velocity[i]! - pull : velocity[i]!;
      }
    },
  },
  adam: { slotCount: () => 2, initial: () => 0, update: (spec, update) => adamStep(spec, update) },
  adamw: {
    slotCount: () => 2,
    initial: () => 0,
    update(spec, update) {
      const { weights, learningRate } = update;
      // Decoupled decay comes first (Loshchilov & Hutter 2019, as Keras orders it).
      for (let i = 0; i < weights.length; i++) weights[i]! -= weights[i]! * spec.weightDecay * learningRate;
      adamStep(spec, update);
    },
  },
  rmsprop: {
    slotCount: ({ momentum }) => (momentum === 0 ? 1 : 2),
    initial: () => 0,
    update({ rho, momentum, epsilon }, { weights, gradient, slots: [square, velocity], learningRate }) {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        square![i] = rho * square![i]! + (1 - rho) * g * g;
        let pull = (learningRate * g) / Math.sqrt(square![i]! + epsilon);
        if (velocity !== undefined) pull = velocity[i] = momentum * velocity[i]! + pull;
        weights[i]! -= pull;
      }
    },
  },
  adagrad: {
    slotCount: () => 1,
    initial: ({ initialAccumulatorValue }) => initialAccumulatorValue,
    update({ epsilon }, { weights, gradient, slots: [sum], learningRate }) {
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]!;
        sum![i]! += g * g;
        weights[i]! -= (learningRate * g) / Math.sqrt(sum![i]! + epsilon);
      }
    },
  },
};

type Moments = Pick<OptimizerOf<"adam">, "beta1" | "beta2" | "epsilon">;

/** Kingma & Ba 2015, with the bias corrections folded into the step size as in the paper's section 2. */
function adamStep(
  { beta1, beta2, epsilon }: Moments,
  { weights, gradient, slots: [m, v], learningRate, step }: Update,
) {
  const alpha = learningRate * adamCorrection(beta1, beta2, step);
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i]!;
    m![i]! += (g - m![i]!) * (1 - beta1);
    v![i]! += (g * g - v![i]!) * (1 - beta2);
    weights[i]! -= (alpha * m![i]!) / (Math.sqrt(v![i]!) + epsilon);
  }
}
