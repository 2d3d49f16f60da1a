import type { Step } from "../define";
import { marks } from "./marks";

export const tape: Step = {
  id: "tape",
  title: "Nobody does this by hand",
  body: [
    {
      kind: "text",
      text: "With a hundred thousand weights nobody writes the chain down. Frameworks do it by *automatic differentiation*: while they compute, they note each operation on a *tape*, and afterwards they read the tape from its end to its beginning. In TensorFlow:",
    },
    {
      kind: "code",
      language: "python",
      code: [
        "x = tf.Variable(tf.random.uniform([2, 2], -3, 3))",
        "with tf.GradientTape() as tape:",
        "    y = x ** 2",
        "dy_dx = tape.gradient(y, x)",
        "print(tf.abs(dy_dx - 2 * x))  # zeros",
      ].join("\n"),
    },
    {
      kind: "text",
      text: "The tape below is a real one, a few dozen lines in this page. It has never heard of $2x$. All it knows is the slope of each single operation: of a product by one factor, that is the other factor.",
    },
    { kind: "figure", figure: "tape" },
    {
      kind: "text",
      text: "Two shares meet at $x$, since $y = x \\cdot x$ uses it twice, and their sum is $2x$. The engine trains in just this way: one pass forwards, one back, and every weight has its slope.",
    },
  ],
  checks: [
    {
      id: "read-back",
      label: "Read the tape of y = x² back to its beginning.",
      passes: (facts) => facts.marks[marks.readBack] === true,
    },
  ],
};
