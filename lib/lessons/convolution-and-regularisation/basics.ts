// What is decided before a training, the training itself, and how to read it.
import { parseExperiment } from "../../spec/experiment";
import { groupDigits } from "../../spec/group-digits";
import { buildProgram } from "../../spec/program";
import { countSamples, stepsPerEpoch } from "../../spec/samples";
import { answered } from "../checks";
import type { Step } from "../define";
import { bestEpoch, finished, finishedRuns, keepsBest, overfits } from "./checks";
import { main, overfitting, withBinary, withCategorical } from "./experiments";
import { marks } from "./marks";

const spec = parseExperiment(main);
const samples = countSamples(spec);
const { parameters } = buildProgram(spec);
const { epochs, batchSize } = spec.training;

export const compile: Step = {
  id: "compile",
  title: "Compile: what is decided before training",
  holdOut: true,
  experiment: withCategorical,
  variants: [
    { label: "Categorical cross-entropy", experiment: withCategorical },
    { label: "Binary cross-entropy", experiment: withBinary },
  ],
  body: [
    {
      kind: "text",
      text: "A stack of layers cannot learn yet. Keras calls what is missing *compiling*; in the playground it is three choices that are made before the first image is looked at.",
    },
    {
      kind: "list",
      items: [
        "The *loss* is the one number that training makes smaller. It decides what counts as a mistake, and how bad it is.",
        "The *optimizer* turns gradients into steps of the weights. Here it is Adam with its usual learning rate, 0.001.",
        "The *metrics* are for you. Accuracy is counted and printed, and nothing is trained by it.",
      ],
    },
    {
      kind: "code",
      language: "python",
      code: 'model.compile(\n    loss="categorical_crossentropy",\n    optimizer=keras.optimizers.Adam(),\n    metrics=["accuracy"],\n)',
    },
    {
      kind: "text",
      text: "The lesson that this one follows pairs one-hot labels with `binary_crossentropy`. That is allowed and it learns, but it asks another question. Categorical cross-entropy asks *which one of the classes*; binary cross-entropy asks of every class by itself *is it this one, yes or no*, and takes the mean of the answers.",
    },
    {
      kind: "formula",
      tex: "L_\\text{categorical} = -\\ln p_y",
      says: "The categorical loss is minus the logarithm of the probability of the right class.",
    },
    {
      kind: "formula",
      tex: "L_\\text{binary} = -\\frac{1}{K}\\Bigl(\\ln p_y + \\sum_{k \\ne y} \\ln(1 - p_k)\\Bigr)",
      says: "The binary loss is minus the mean, over all K classes, of the logarithm of the right class's probability and of the logarithms of one minus each other class's probability.",
    },
    {
      kind: "text",
      text: "With two classes and a softmax both are the same number. With ten, nine of the questions are an easy *no*, so the binary loss looks much smaller without a network that is any better. Usual for one class out of many is a softmax with categorical cross-entropy, sparse where labels are class numbers. Sigmoids with binary cross-entropy are usual for one yes-or-no output, or where several answers may be right at once.",
    },
    { kind: "text", text: "Train the network once with each loss: both experiments stand above the run." },
    { kind: "figure", figure: "run-pair" },
    {
      kind: "quiz",
      quiz: {
        id: "comparing-losses",
        question:
          "A network ends with a binary cross-entropy of 0.04, another with a categorical one of 0.20. Which is better?",
        options: [
          {
            text: "The first: its loss is five times smaller.",
            because: "The two losses have different sizes for the same answers.",
          },
          {
            text: "That cannot be seen from these two numbers.",
            right: true,
            because: "Losses are compared with the same loss only. Accuracy on the validation images tells.",
          },
          {
            text: "The second: only categorical cross-entropy works with one-hot labels.",
            because: "Both work with one-hot labels; your two runs show it.",
          },
        ],
      },
    },
  ],
  checks: [
    {
      id: "both-losses",
      label: "Train the network with categorical and with binary cross-entropy.",
      passes: (facts) => {
        const used = new Set(finishedRuns(facts).map((run) => run.spec.loss));
        const categorical = used.has("categoricalCrossentropy") || used.has("sparseCategoricalCrossentropy");
        return categorical && used.has("binaryCrossentropy");
      },
    },
    answered("comparing-losses", "Say what two different losses tell."),
  ],
};

export const batches: Step = {
  id: "batches",
  title: "Batches, steps and epochs",
  experiment: main,
  holdOut: true,
  body: [
    {
      kind: "text",
      text: "A *batch* is what the network looks at before one step of its weights. An *epoch* is every training image once. So an epoch has as many steps as batches fit into the images, and that rarely comes out even.",
    },
    { kind: "figure", figure: "steps-per-epoch" },
    {
      kind: "text",
      text: "The original gives `len(dataset_train) // batch_size` as the usual number of steps, which rounds down: the images that are left over are not trained on in that epoch. Left to itself, Keras's `fit` rounds up and trains the short batch as well, and so does this playground. The short batch counts for fewer images in the printed loss, but its step is as long as any other.",
    },
    {
      kind: "list",
      items: [
        "Smaller batches: more steps an epoch, each in a rougher direction, and little memory.",
        "Larger batches: fewer steps, each better aimed; more of the work can be done at once, and more must be kept in memory.",
      ],
    },
    {
      kind: "quiz",
      quiz: {
        id: "short-batch",
        question: "1,149 images in batches of 32. Keras prints 36/36. What is the 36th batch?",
        options: [
          {
            text: "32 images, some of them for the second time.",
            because: "No image comes twice in an epoch.",
          },
          {
            text: "The 29 images that are left after 35 full batches.",
            right: true,
            because: "35 · 32 = 1,120, and 1,149 − 1,120 = 29. Rounded down there would be 35 steps.",
          },
          { text: "An empty one, which only validates.", because: "Validation is not counted as a step." },
        ],
      },
    },
  ],
  checks: [
    {
      id: "uneven",
      label: "Find a batch size that leaves a short batch.",
      passes: ({ marks: noted }) => noted[marks.uneven] === true,
    },
    {
      id: "even",
      label: "Find another that comes out even.",
      passes: ({ marks: noted }) => noted[marks.even] === true,
    },
    answered("short-batch", "Say what the last batch is."),
  ],
};

export const train: Step = {
  id: "train",
  title: "Train, and keep the best",
  experiment: main,
  holdOut: true,
  body: [
    {
      kind: "text",
      text: `Two convolutions look for small patterns, pooling after each halves the image, and a dense layer of 64 units reads what was found: ${groupDigits(parameters)} parameters in all. Batches of ${batchSize}, ${epochs} epochs, as in the original.`,
    },
    {
      kind: "text",
      text: `Only the first ${groupDigits(samples.train + samples.validation)} of 60,000 images are used, ${groupDigits(samples.train)} to train on and ${groupDigits(samples.validation)} to validate on, so that it takes seconds and does not exhaust a telephone. That makes ${stepsPerEpoch(spec)} steps an epoch. Set *Images* to more when you have the time.`,
    },
    {
      kind: "text",
      text: "*Model checkpoint* is among the callbacks: after each epoch it looks at the validation loss, and where that is lower than ever before it keeps the weights and says so in the log: `val_loss improved`. Without it you are left with the weights of the last epoch, which may not be the best.",
    },
    {
      kind: "code",
      language: "python",
      code: 'best = keras.callbacks.ModelCheckpoint(\n    "best.keras", monitor="val_loss", save_best_only=True, verbose=1)\n\nstarted = time.perf_counter()\nhistory = model.fit(\n    images, labels, batch_size=16, epochs=10,\n    validation_data=(val_images, val_labels), callbacks=[best])\nprint(f"{time.perf_counter() - started:.2f} s")',
    },
    {
      kind: "text",
      text: "Press *Train* and watch the log: which epochs are announced as better, and how long the whole training took.",
    },
    {
      kind: "hint",
      text: "The test images stay locked until the last step of this lesson. Whatever is chosen by looking at them is fitted to them, and then they no longer say how good a network is.",
    },
  ],
  checks: [
    {
      id: "trained",
      label: `Train ${epochs} epochs in batches of ${batchSize}, with a checkpoint.`,
      passes: (facts) =>
        finishedRuns(facts).some(
          (run) =>
            run.spec.training.batchSize === batchSize && run.history.length >= epochs && keepsBest(run.spec),
        ),
    },
    {
      id: "learned",
      label: "Get at least 94 % of the validation images right.",
      passes: ({ runs }) =>
        runs.some((run) => finished(run) && (run.history.at(-1)?.valAccuracy ?? 0) >= 0.94),
    },
  ],
};

export const curves: Step = {
  id: "curves",
  title: "Read the curves",
  experiment: overfitting,
  holdOut: true,
  body: [
    {
      kind: "text",
      text: "Now the same network with far fewer images: 1,000 to train on, 1,000 to validate on, and 25 epochs. Train it and watch the two losses.",
    },
    {
      kind: "text",
      text: "At first both fall. Then training loss goes on towards zero while validation loss turns and rises: the network learns its 1,000 images by heart, and what it adds is of no use on others. That is *overfitting*. It grows more certain of its mistakes, so the loss rises even where the accuracy stays.",
    },
    { kind: "figure", figure: "best-epoch" },
    {
      kind: "quiz",
      quiz: {
        id: "rising-validation",
        question: "Training loss falls, validation loss rises. What helps?",
        options: [
          { text: "Train for more epochs.", because: "That is more of what makes it worse." },
          {
            text: "More images, moved images, dropout, or a smaller network.",
            right: true,
            because:
              "All of them make it harder to learn images by heart. Stopping at the best epoch, as the checkpoint does, limits the damage.",
          },
          {
            text: "A larger network, since this one makes mistakes.",
            because:
              "It makes none on the images that it trains on. A larger one would learn those by heart sooner.",
          },
          {
            text: "Take the validation images for training as well.",
            because: "More images would help, but then nothing is left that tells you whether it did.",
          },
        ],
      },
    },
  ],
  checks: [
    {
      id: "overfitted",
      label: "Train until validation loss has turned.",
      passes: ({ runs }) => runs.some((run) => finished(run) && overfits(run)),
    },
    {
      id: "best-epoch",
      label: "Name the best epoch of your run.",
      passes: (facts) => {
        const named = facts.marks[marks.bestEpoch];
        return finishedRuns(facts).some(({ history }) => bestEpoch(history) === named);
      },
    },
    answered("rising-validation", "Say what helps."),
  ],
};
