import type { Step } from "../define";
import { marks } from "./marks";

export const descent: Step = {
  id: "descent",
  title: "Downhill",
  body: [
    {
      kind: "text",
      text: "A line has only two numbers to choose, its slope $w$ and its intercept $b$. So its loss can be drawn as a landscape: each place on this map is a line through the points you have just seen, and its height is that line’s loss. The cross is the lowest point.",
    },
    {
      kind: "text",
      text: "The *gradient* says where the ground rises fastest. *Gradient descent* goes the other way, one step after another. How long a step is, for the same slope, is the *learning rate* $\\alpha$:",
    },
    {
      kind: "formula",
      tex: String.raw`w' = w - \alpha\,\frac{\partial \ell}{\partial w} \qquad b' = b - \alpha\,\frac{\partial \ell}{\partial b}`,
      says: "The new w is w minus alpha times the slope of the loss by w; the new b is b minus alpha times the slope of the loss by b.",
    },
    { kind: "figure", figure: "loss-surface" },
    {
      kind: "text",
      text: "The arrow is the next step. It stands upright on the contour under the ball, and it becomes shorter by itself where the ground flattens. Along a narrow valley it points across rather than ahead, which is why the path zigzags.",
    },
    {
      kind: "hint",
      text: "A loss that hardly moves asks for a larger learning rate, one that grows from step to step for a smaller. Change it by factors of three to ten; the right size is a matter of its order of magnitude.",
    },
  ],
  checks: [
    {
      id: "arrived",
      label: "Let the ball find the lowest point by steps of its own.",
      passes: (facts) => facts.marks[marks.arrived] === true,
    },
    {
      id: "diverged",
      label: "Find a learning rate that throws it out of the valley.",
      passes: (facts) => facts.marks[marks.diverged] === true,
    },
  ],
};
