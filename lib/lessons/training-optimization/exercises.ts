import { answered, bestEpoch, testAccuracy, trained } from "../checks";
import type { Step } from "../define";
import type { RunFacts } from "../facts";
import { stopEarly, widerNetwork } from "./experiments";

/** Units of the dense layers, in order. */
const unitsOf = ({ spec }: RunFacts): number[] =>
  spec.layers.flatMap((layer) => (layer.kind === "dense" ? [layer.units] : []));

const isWider = (run: RunFacts): boolean => unitsOf(run).join() === "256,128,64,10";

const wider: Step = {
  id: "exercise-network",
  title: "Exercise: a larger network",
  experiment: widerNetwork,
  body: [
    {
      kind: "text",
      text: "Your turn. Press *Edit* and change the experiment:",
    },
    {
      kind: "list",
      items: [
        "three hidden dense layers, of 256, 128 and 64 units, each with `relu`;",
        "Adam with a learning rate of 0.001, as it is;",
        "10 epochs, in batches of 64.",
      ],
    },
    {
      kind: "text",
      text: "*Add a layer* puts a new one before the output. Then press Done, and Train. The parameters are counted for you: the new network has 242,762, more than twice as many as the first one.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "twice-as-large",
        question: "Twice the parameters: what do you expect of the test accuracy?",
        options: [
          {
            text: "Half as many errors",
            because:
              "Parameters are not what the first network lacked: it could already learn its training images.",
          },
          {
            text: "A little better: about 0.98",
            right: true,
            because:
              "A larger network fits faster and a little better. For more, the kind of network has to change.",
          },
          {
            text: "Much worse: it overfits at once",
            because:
              "It does overfit a little, as the first one did after ten epochs. The test accuracy holds.",
          },
        ],
      },
    },
  ],
  checks: [
    trained("network", "Train a network with 256, 128 and 64 hidden units.", isWider),
    trained(
      "settings",
      "Train it for 10 epochs in batches of 64.",
      (run) => isWider(run) && run.spec.training.batchSize === 64 && run.history.length >= 10,
    ),
    trained(
      "accuracy",
      "Reach a test accuracy of at least 0.97.",
      (run) => isWider(run) && testAccuracy(run) >= 0.97,
    ),
    answered("twice-as-large"),
  ],
};

/** As the exercise asks for it. */
function stopsEarly({ spec }: RunFacts): boolean {
  const callback = spec.callbacks.find(({ kind }) => kind === "earlyStopping");
  return (
    callback?.kind === "earlyStopping" &&
    callback.monitor === "valLoss" &&
    callback.patience === 3 &&
    callback.restoreBestWeights
  );
}

const stopping: Step = {
  id: "exercise-stopping",
  title: "Exercise: stop in time",
  experiment: stopEarly,
  body: [
    {
      kind: "text",
      text: "You have seen the validation loss turn. *Early stopping* watches for that: when the loss has not improved for a few epochs, training ends, and the weights of the best epoch are put back.",
    },
    {
      kind: "list",
      items: [
        "Allow 50 epochs.",
        "Under Callbacks, add *Early stopping*: it watches the validation loss, with a patience of 3.",
        "Let it restore the best weights.",
      ],
    },
    {
      kind: "code",
      language: "python",
      code: 'stop = keras.callbacks.EarlyStopping(\n    monitor="val_loss", patience=3,\n    restore_best_weights=True,\n)',
    },
    {
      kind: "text",
      text: "Train. It ends long before epoch 50, and the log names the epoch whose weights it went back to: the lowest point of the red loss curve.",
    },
    {
      kind: "hint",
      text: "Save the best model, not the last one. A callback does it without you watching.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "patience",
        question: "Why wait three epochs instead of stopping at the first that is worse?",
        options: [
          {
            text: "The curve is noisy: one worse epoch may be followed by a better one",
            right: true,
            because: "Patience is how much noise you put up with. The best weights are kept all the while.",
          },
          {
            text: "The weights need three epochs to settle",
            because: "Nothing settles: they go back to what they were in the best epoch.",
          },
          {
            text: "To use up more of the 50 epochs",
            because: "The 50 are only a limit. Unused ones cost nothing.",
          },
        ],
      },
    },
  ],
  checks: [
    trained("callback", "Train with early stopping, as described.", stopsEarly),
    trained(
      "stopped",
      "See it end before epoch 50.",
      (run) => stopsEarly(run) && run.stopped && run.spec.training.epochs === 50 && run.history.length < 50,
    ),
    trained(
      "restored",
      "See the weights of the best epoch put back.",
      (run) => stopsEarly(run) && run.restoredEpoch !== null && run.restoredEpoch === bestEpoch(run),
    ),
    answered("patience"),
  ],
};

const summary: Step = {
  id: "summary",
  title: "What you found",
  body: [
    {
      kind: "text",
      text: "You have trained a network, read its log and its curves, gone on where a run had ended, compared optimizers, learning rates and batch sizes, and let a callback stop in time. All of it moved the test accuracy by a point or two: the first run was already good.",
    },
    {
      kind: "text",
      text: "One question is left, about everything you compared:",
    },
    {
      kind: "quiz",
      quiz: {
        id: "choose-by",
        question: "You have trained ten networks and want to keep the best. Which number do you choose by?",
        options: [
          {
            text: "Training accuracy",
            because: "It prefers the network that has learned most by heart.",
          },
          {
            text: "Validation accuracy",
            right: true,
            because: "And the test accuracy of the chosen one then says, once, how good it really is.",
          },
          {
            text: "Test accuracy",
            because:
              "The best of ten test accuracies is partly luck. Once you have chosen by it, nothing is left to measure with.",
          },
        ],
      },
    },
  ],
  checks: [answered("choose-by")],
};

export const exercises: readonly Step[] = [wider, stopping, summary];
