import type { ExperimentSpec } from "../../spec/experiment";
import { buildProgram } from "../../spec/program";
import type { Step } from "../define";
import { lessonExperiment } from "./experiment";
import { hasFiveEpochs, isOnEverything } from "./training";

/** 784·128 + 128, 128·64 + 64, 64·32 + 32 and 32·10 + 10. */
const PARAMETERS = 111_146;
const LAYERS = ["flatten", "128 relu", "64 relu", "32 relu", "10 softmax"];

export function isTheExercise(spec: ExperimentSpec): boolean {
  const layers = spec.layers.map((layer) =>
    layer.kind === "dense" ? `${layer.units} ${layer.activation}` : layer.kind,
  );
  return layers.join() === LAYERS.join() && buildProgram(spec).parameters === PARAMETERS;
}

export const exercise: Step = {
  id: "exercise",
  title: "Yours: one layer more",
  experiment: { ...lessonExperiment, title: "One layer more" },
  body: [
    {
      kind: "text",
      text: "Build a network with three hidden layers: 128, 64 and 32 units with ReLU, then ten with softmax. The playground has the one you have just trained. *Add a layer* puts a new one before the last; set its units and, where needed, its place.",
    },
    {
      kind: "table",
      head: ["layer", "gives", "weights + biases"],
      rows: [
        ["Flatten", "784", "0"],
        ["Dense, ReLU", "128", "784 · 128 + 128 = 100,480"],
        ["Dense, ReLU", "64", "128 · 64 + 64 = 8,256"],
        ["Dense, ReLU", "32", "64 · 32 + 32 = 2,080"],
        ["Dense, softmax", "10", "32 · 10 + 10 = 330"],
        ["together", "", "111,146"],
      ],
    },
    {
      kind: "text",
      text: "Train it for five epochs, on all images and in batches of 64 as before. With one layer more it has only 1,760 parameters more. Is its test accuracy better by more than another seed would have made it?",
    },
    {
      kind: "hint",
      text: "A difference that is smaller than that between two seeds says nothing. Train with seeds 1, 2 and 3 before you call one network the better.",
    },
  ],
  checks: [
    {
      id: "built",
      label: "Train a network of 784-128-64-32-10 with 111,146 parameters.",
      passes: ({ runs }) => runs.some(({ spec }) => isTheExercise(spec)),
    },
    {
      id: "trained",
      label: "Bring it through five epochs on all 60,000 images.",
      passes: ({ runs }) =>
        runs.some((run) => isTheExercise(run.spec) && isOnEverything(run.spec) && hasFiveEpochs(run)),
    },
  ],
};
