import type { Step } from "../define";
import { lessonExperiment } from "./experiment";
import { marks } from "./marks";

const quiz = "loss-half";

export const loss: Step = {
  id: "loss",
  title: "How wrong is it?",
  experiment: lessonExperiment,
  body: [
    {
      kind: "text",
      text: "A network that nobody has trained knows nothing. To make it better we first need one number for how wrong it is: the *loss*. Where numbers are predicted, it is often the mean of the squared errors:",
    },
    {
      kind: "formula",
      tex: String.raw`\ell = \frac{1}{2n}\sum_{i=1}^{n}\left(y_i - \hat y_i\right)^2`,
      says: "The loss is one over two n times the sum over all n examples of the squared difference between the label y and the prediction y hat.",
    },
    {
      kind: "text",
      text: "Here $y_i$ is the label of example $i$, $\\hat y_i$ what was predicted for it, and $n$ the number of examples. A square is never negative, and one large error costs more than two of half its size.",
    },
    { kind: "figure", figure: "squared-loss" },
    {
      kind: "text",
      text: "The ½ only tidies up the slope: the derivative of $\\tfrac12 e^2$ is $e$. Keras and the engine of this playground do without it, so that their `meanSquaredError` is twice this loss. The best line is the same.",
    },
    {
      kind: "quiz",
      quiz: {
        id: quiz,
        question:
          "The figure says that ℓ is 0.30. What does the engine’s mean squared error say of the same line?",
        options: [
          {
            text: "0.15",
            because: "The engine leaves the ½ out, so that its number is larger, not smaller.",
          },
          { text: "0.30", because: "The two differ by the factor ½." },
          { text: "0.60", right: true, because: "Without the ½ the same squares come to twice as much." },
        ],
      },
    },
  ],
  checks: [
    {
      id: "fitted",
      label: "Drag the line until hardly any other has less loss.",
      passes: (facts) => facts.marks[marks.fitted] === true,
    },
    {
      id: "quiz",
      label: "Say what the engine’s mean squared error would be.",
      passes: (facts) => facts.marks[quiz] === true,
    },
  ],
};
