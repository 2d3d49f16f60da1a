import { describe, expect, test } from "vitest";
import { type ChainInput, passChain } from "./chain";

const inputs: ChainInput[] = [
  { x: 0.8, w1: 0.5, b1: -0.2, w2: 1.4, b2: 0.1, y: 0.2 },
  { x: -1.5, w1: 2, b1: 1, w2: -0.7, b2: 0, y: 1 },
  { x: 2, w1: -3, b1: 0.5, w2: 2.5, b2: -1, y: -1 },
];

describe("the chain", () => {
  test("goes forward link by link", () => {
    const { l1, s, l2, loss } = passChain({ x: 2, w1: 0.5, b1: -1, w2: 4, b2: 1, y: 1 });
    expect([l1, s, l2, loss]).toEqual([0, 0.5, 3, 2]);
  });

  test.each(inputs)("has the slopes by its weights that finite differences measure, at %o", (input) => {
    const { gradients } = passChain(input);
    const gap = 1e-6;
    for (const name of ["w1", "b1", "w2", "b2"] as const) {
      const at = (shift: number) => passChain({ ...input, [name]: input[name] + shift }).loss;
      expect(gradients[name], name).toBeCloseTo((at(gap) - at(-gap)) / (2 * gap), 7);
    }
  });

  test.each(inputs)("has a slope by W₁ that is the product of its links', at %o", (input) => {
    const { slopes, gradients } = passChain(input);
    const { l1ByW1, sByL1, l2ByS, lossByL2 } = slopes;
    expect(gradients.w1).toBeCloseTo(l1ByW1 * sByL1 * l2ByS * lossByL2, 12);
  });

  test.each(inputs)("loses less after a small step against the gradient, at %o", (input) => {
    const { gradients, loss } = passChain(input);
    expect(passChain({ ...input, w1: input.w1 - 0.01 * gradients.w1 }).loss).toBeLessThan(loss);
  });
});
