// What each optimizer tells the module before a step; the arithmetic is in assembly/optimizers.
import type { OptimizerKind } from "../../spec/experiment";
import { adamCorrection, type OptimizerOf } from "../optimizer";
import type { WasmExports } from "./exports";

interface Optimizer<K extends OptimizerKind> {
  /** Arrays of state that are in use. */
  slotCount(spec: OptimizerOf<K>): number;
  /** What the state holds before the first step. */
  initial(spec: OptimizerOf<K>): number;
  /** @param step from 1 */
  configure(wasm: WasmExports, spec: OptimizerOf<K>, learningRate: number, step: number): void;
}

export const optimizers: { [K in OptimizerKind]: Optimizer<K> } = {
  sgd: {
    slotCount: ({ momentum }) => (momentum === 0 ? 0 : 1),
    initial: () => 0,
    configure: (wasm, { momentum, nesterov }, learningRate) =>
      wasm.configureSgd(learningRate, momentum, Number(nesterov)),
  },
  adam: {
    slotCount: () => 2,
    initial: () => 0,
    configure: (wasm, { beta1, beta2, epsilon }, learningRate, step) =>
      wasm.configureAdam(learningRate * adamCorrection(beta1, beta2, step), beta1, beta2, epsilon, 0),
  },
  adamw: {
    slotCount: () => 2,
    initial: () => 0,
    configure(wasm, { beta1, beta2, epsilon, weightDecay }, learningRate, step) {
      const alpha = learningRate * adamCorrection(beta1, beta2, step);
      wasm.configureAdam(alpha, beta1, beta2, epsilon, learningRate * weightDecay);
    },
  },
  rmsprop: {
    slotCount: ({ momentum }) => (momentum === 0 ? 1 : 2),
    initial: () => 0,
    configure: (wasm, { rho, momentum, epsilon }, learningRate) =>
      wasm.configureRmsprop(learningRate, rho, momentum, epsilon),
  },
  adagrad: {
    slotCount: () => 1,
    initial: ({ initialAccumulatorValue }) => initialAccumulatorValue,
    configure: (wasm, { epsilon }, learningRate) => wasm.configureAdagrad(learningRate, epsilon),
  },
};
