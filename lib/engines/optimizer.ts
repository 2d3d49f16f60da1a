// What the engines' optimizer tables share.
import type { OptimizerKind, OptimizerSpec } from "../spec/experiment";

export type OptimizerOf<K extends OptimizerKind> = Extract<OptimizerSpec, { kind: K }>;

/** √(1−β₂ᵗ) / (1−β₁ᵗ) at step t from 1. */
export function adamCorrection(beta1: number, beta2: number, step: number): number {
  return Math.sqrt(1 - power(beta2, step)) / (1 - power(beta1, step));
}

/** base^exponent by squaring: `Math.pow` may differ in its last bit between browsers. */
function power(base: number, exponent: number): number {
  let [result, square] = [1, base];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
