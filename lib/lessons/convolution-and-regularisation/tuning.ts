// From one network to a good one: patterns to borrow, three ways to tune, and the test that is opened once.
import { parseExperiment } from "../../spec/experiment";
import { groupDigits } from "../../spec/group-digits";
import { countSamples } from "../../spec/samples";
import { axisOf } from "../../sweeps/common";
import { roundsOf } from "../../sweeps/search";
import type { GridSweep, SearchSweep } from "../../sweeps/sweep";
import { answered } from "../checks";
import type { Step } from "../define";
import { differInOneThing, finished, finishedRuns, hasBestWeights, keepsBest, somePair } from "./checks";
import { DROPOUT_LAYER, final, tuned } from "./experiments";
import { marks } from "./marks";
import { patternOf, patterns } from "./patterns";

const base = parseExperiment(tuned);
const rateField = `layers[${DROPOUT_LAYER}].rate`;

const grid: GridSweep = {
  kind: "grid",
  title: "Learning rate and dropout",
  base,
  axes: [
    axisOf(base, "optimizer.learningRate", [0.0003, 0.001, 0.003]),
    axisOf(base, rateField, [0, 0.25, 0.5]),
  ],
};

const search: SearchSweep = {
  kind: "search",
  title: "Learning rate, dropout and filters",
  base,
  ranges: [
    {
      field: "optimizer.learningRate",
      label: "Learning rate",
      min: 0.0001,
      max: 0.03,
      integer: false,
      logarithmic: true,
    },
    { field: rateField, label: "Dropout rate", min: 0, max: 0.7, integer: false, logarithmic: false },
    { field: "layers[2].filters", label: "Filters", min: 4, max: 32, integer: true, logarithmic: true },
  ],
  trials: 9,
  minEpochs: 2,
  maxEpochs: 18,
  keepOneIn: 3,
  seed: 1,
};

const cells = grid.axes.reduce((product, { values }) => product * values.length, 1);
/** Epochs that the search trains at most; a trial that goes on at once is not begun anew. */
const searched = roundsOf(search).reduce((sum, { epochs, trials }) => sum + epochs * trials, 0);

export const provenPatterns: Step = {
  id: "patterns",
  title: "Borrow a proven pattern",
  experiment: patterns[0]!.experiment,
  variants: patterns.map(({ name, experiment }) => ({ label: name, experiment })),
  holdOut: true,
  body: [
    {
      kind: "text",
      text: "No architecture is right for everything. Start with one that is simple and see it learn; then borrow from what has worked for others before inventing anything.",
    },
    { kind: "figure", figure: "patterns" },
    {
      kind: "text",
      text: "The plans are theirs; the sizes are made for images of 28×28 pixels and for seconds. Load one and train it. Parameters and multiply-adds are two different costs: a convolution uses each of its few weights at every place of the image, a dense layer uses each of its many once.",
    },
  ],
  checks: [
    {
      id: "trained",
      label: "Train one of the patterns.",
      passes: (facts) => finishedRuns(facts).some(({ spec }) => patternOf(spec) !== null),
    },
  ],
};

export const byHand: Step = {
  id: "by-hand",
  title: "Tune by hand: one thing at a time",
  experiment: tuned,
  holdOut: true,
  body: [
    {
      kind: "text",
      text: "Learning rate, batch size, dropout, filters: none of these is learned, so somebody has to choose them. The oldest way is to change *one* of them, train again and compare. Two changes at once may cancel each other, or one may take the credit for the other.",
    },
    {
      kind: "text",
      text: "Train the network beside this text, change one thing, and train it again. If you have no idea of your own: a learning rate of 0.003, or 32 filters in the second convolution.",
    },
    { kind: "figure", figure: "run-pair" },
    {
      kind: "hint",
      text: "Decide by the validation images. Write down what you tried, also what did not help: the list of runs under *Runs* does that for you.",
    },
  ],
  checks: [
    {
      id: "one-change",
      label: "Train twice, with exactly one thing changed.",
      passes: (facts) => somePair(finishedRuns(facts), differInOneThing),
    },
  ],
};

export const gridSearch: Step = {
  id: "grid",
  title: "Tune on a grid: every combination",
  sweep: grid,
  holdOut: true,
  body: [
    {
      kind: "text",
      text: `A *grid* trains every combination of a few values: here three learning rates with three dropout rates, ${cells} trainings of ${base.training.epochs} epochs. It is thorough, and it shows what one change at a time cannot: a high rate of dropout may want a larger learning rate. But each further field multiplies the number of trainings.`,
    },
    {
      kind: "text",
      text: "Run it and read the map: the score is the accuracy on the validation images after the last epoch. No cell sees the test images.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "grid-size",
        question: `You try each of its cells with four batch sizes to this grid of ${cells}. How many trainings are there then?`,
        options: [
          {
            text: String(cells + 4),
            because: "Every batch size is combined with every cell that there was.",
          },
          { text: String(cells * 4), right: true, because: `${cells} · 4. This is why grids stay small.` },
          { text: String(cells * cells), because: "Only the new values multiply." },
        ],
      },
    },
  ],
  checks: [
    {
      id: "grid",
      label: "Run the grid to its end.",
      passes: ({ sweeps }) =>
        sweeps.some(({ sweep, done }) => done && sweep.kind === "grid" && sweep.axes.length > 1),
    },
    answered("grid-size", "Say how a grid grows."),
  ],
};

export const automated: Step = {
  id: "search",
  title: "Tune automatically: a search with a budget",
  sweep: search,
  holdOut: true,
  body: [
    {
      kind: "text",
      text: `A *search* draws its combinations by lot from ranges, so it also tries values that no grid would have. This one is *successive halving*: ${search.trials} trials train for ${search.minEpochs} epochs each, the best third goes on for three times as many, and so on to ${search.maxEpochs}. What does badly early is not paid for to the end: at most ${searched} epochs instead of ${search.trials * search.maxEpochs}. Keras Tuner has the same idea under the name of Hyperband.`,
    },
    {
      kind: "text",
      text: "What it cannot see is a network that begins slowly and would have won in the end.",
    },
  ],
  checks: [
    {
      id: "search",
      label: "Run the search to its end.",
      passes: ({ sweeps }) => sweeps.some(({ sweep, done }) => done && sweep.kind === "search"),
    },
  ],
};

const tested = countSamples(parseExperiment(final)).test;

export const heldOutTest: Step = {
  id: "test",
  title: "Open the test, once",
  experiment: final,
  holdOut: true,
  body: [
    {
      kind: "text",
      text: "The network beside this text has what helped: moved images, a quarter dropped out, and a checkpoint. Change it to what you found to be best. Then train it, load the weights of its best epoch, and only then open the test.",
    },
    {
      kind: "list",
      items: [
        "*Train*: the test images stay locked.",
        "*Load the best weights*: those that the checkpoint kept, as `load_model` brings them back from their file.",
        `*Open the test images*: ${groupDigits(tested)} images that no choice of yours has looked at.`,
      ],
    },
    { kind: "figure", figure: "held-out" },
    {
      kind: "text",
      text: "Why only once? You have looked at validation dozens of times and kept what did well on it, so the validation accuracy of the winner is a little too good: part of it is luck that was selected. The test has not been selected by, and so its number can be believed. Go back, change something and look again, and it becomes a second validation set.",
    },
    {
      kind: "hint",
      text: "If the test disappoints, that is the result. Report it; take new images before you try again.",
    },
  ],
  checks: [
    {
      id: "restored",
      label: "Train with a checkpoint and load the best weights.",
      passes: ({ runs }) => runs.some((run) => finished(run) && keepsBest(run.spec) && hasBestWeights(run)),
    },
    {
      id: "tested",
      label: "Open the test with those weights, once.",
      passes: ({ runs, marks: noted }) => {
        const tested = runs.filter(({ test }) => test !== null);
        const [run] = tested;
        return (
          run !== undefined &&
          tested.length === 1 &&
          keepsBest(run.spec) &&
          hasBestWeights(run) &&
          noted[marks.openedEarly] !== true
        );
      },
    },
  ],
};
