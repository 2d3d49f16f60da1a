import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { wasmFromDisk } from "@/lib/engines/wasm/testing";
import { passChain } from "@/lib/lessons/mathematics/chain";
import type { TinyAnswer, TinyQuestion } from "@/lib/training/contract";
import { askTiny } from "@/lib/training/tiny";
import { Product } from "./product";
import { Stations } from "./stations";

const question: TinyQuestion = { x: 0.8, w1: 0.5, b1: -0.2, w2: 1.4, b2: 0.1, y: 0, learningRate: 0.5 };

async function ask(asked: TinyQuestion): Promise<TinyAnswer> {
  const engine = await wasmFromDisk();
  try {
    return await askTiny(engine, asked);
  } finally {
    engine.dispose();
  }
}

const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

describe("the chain of the tiny network", () => {
  test.each<[string, Partial<TinyQuestion>]>([
    ["as it opens", {}],
    ["with the other label", { y: 1 }],
    ["saturated", { w1: 5, b1: 2 }],
    ["with a negative input", { x: -1.7, w2: -3 }],
  ])("agrees with the engine to 1e-6, %s", async (_, part) => {
    const asked = { ...question, ...part };
    const { gradients, loss, l1, s, l2, stepped } = await ask(asked);
    const formula = passChain(asked);
    for (const name of ["w1", "b1", "w2", "b2"] as const)
      expect(Math.abs(gradients[name] - formula.gradients[name]), name).toBeLessThan(1e-6);
    for (const [engine, byHand] of [
      [loss, formula.loss],
      [l1, formula.l1],
      [s, formula.s],
      [l2, formula.l2],
      [stepped.w1, asked.w1 - asked.learningRate! * formula.gradients.w1],
    ] as const)
      expect(Math.abs(engine - byHand)).toBeLessThan(2e-6);
  });

  test("shows the four slopes, their product, and how far the engine is from it", async () => {
    const answer = await ask(question);
    const text = textOf(renderToStaticMarkup(<Product answer={answer} formula={passChain(question)} />));
    expect(text).toContain("∂L₁/∂W₁ 0.800");
    expect(text).toContain("0.248");
    expect(text).toContain("∂ℓ/∂W₁ = 0.241");
    expect(text).toMatch(/apart by (0|\de−(7|8|9|1\d)) ,/);
  });

  test("stands on its stations before the engine has answered, without numbers", async () => {
    const draw = (answer: TinyAnswer | null) =>
      textOf(
        renderToStaticMarkup(
          <Stations values={question} answer={answer} y={0} onKnob={() => {}} target={null} />,
        ),
      );
    expect(draw(null)).toContain("L₁ = W₁x + b₁ —");
    const text = draw(await ask(question));
    expect(text).toContain("L₁ = W₁x + b₁ 0.200 ∂ℓ/∂L₁ 0.301");
    expect(text).toContain("S = σ(L₁) 0.550");
    expect(text).toContain("∂L₂/∂S = W₂ × 1.400");
  });
});
