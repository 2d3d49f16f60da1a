import type { Step } from "../define";
import { marks } from "./marks";

const quiz = "chain-product";

export const backpropagation: Step = {
  id: "backpropagation",
  title: "Backwards through the network",
  body: [
    {
      kind: "text",
      text: "In a network other layers lie between the first weights and the loss. *Backpropagation* still finds the slope of the loss by each of them, and it is nothing but the chain rule. Below is the smallest network that needs it: one input, one sigmoid unit, one output. Its numbers come from the engine that trains.",
    },
    {
      kind: "text",
      text: "Forwards, each station makes its value of the one before. Backwards, each takes the slope that arrives, multiplies it by its own and hands it on. What arrives at $W_1$ is the product of all links:",
    },
    {
      kind: "formula",
      tex: String.raw`\frac{\partial \ell}{\partial W_1} = \frac{\partial L_1}{\partial W_1}\cdot\frac{\partial S}{\partial L_1}\cdot\frac{\partial L_2}{\partial S}\cdot\frac{\partial \ell}{\partial L_2}`,
      says: "The slope of the loss by W 1 is the slope of L 1 by W 1, times the slope of S by L 1, times the slope of L 2 by S, times the slope of the loss by L 2.",
    },
    { kind: "figure", figure: "chain-rule" },
    {
      kind: "text",
      text: "With the slope known, the weight takes its step:",
    },
    {
      kind: "formula",
      tex: String.raw`W_1' = W_1 - \alpha\,\frac{\partial \ell}{\partial W_1}`,
      says: "The new W 1 is W 1 minus alpha times the slope of the loss by W 1.",
    },
    {
      kind: "text",
      text: "Now make $W_1$ and $b_1$ large. $S$ comes close to 1, its slope $S(1-S)$ close to nothing, and so does everything that passes through it: the unit is *saturated* and no longer learns. In a stack of sigmoids these small factors multiply, which is one reason why hidden layers have ReLU today.",
    },
    {
      kind: "quiz",
      quiz: {
        id: quiz,
        question: "∂ℓ/∂L₂ is 0.8, W₂ is 0.5 and S is 0.5. What is ∂ℓ/∂L₁?",
        options: [
          { text: "0.4", because: "That is ∂ℓ/∂S: the sigmoid’s own slope, S(1 − S), is still to come." },
          { text: "0.2", because: "The sigmoid’s slope is S(1 − S), not S." },
          { text: "0.1", right: true, because: "0.8 · 0.5 · 0.5 (1 − 0.5)." },
        ],
      },
    },
  ],
  checks: [
    {
      id: "stepped",
      label: "Make a step of W₁ that lowers the loss.",
      passes: (facts) => facts.marks[marks.stepped] === true,
    },
    {
      id: "saturated",
      label: "Saturate the sigmoid: bring its slope below 0.02.",
      passes: (facts) => facts.marks[marks.saturated] === true,
    },
    {
      id: "quiz",
      label: "Multiply the links of a chain.",
      passes: (facts) => facts.marks[quiz] === true,
    },
  ],
};
