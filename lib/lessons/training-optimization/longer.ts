import { answered, trained } from "../checks";
import type { Step } from "../define";
import { firstRun } from "./experiments";

const fifteen: Step = {
  id: "longer",
  title: "Fifteen epochs",
  experiment: firstRun,
  body: [
    {
      kind: "text",
      text: "Would more epochs help? Go on from where your run is: set *Continue training* to 10 more epochs, and press it. (After a reload, train the five first.) The weights and Adam’s memory are kept, and the curves go on as one history.",
    },
    {
      kind: "text",
      text: "In Keras one counts from the beginning of the run, not from now:",
    },
    {
      kind: "code",
      language: "python",
      code: "more = net.fit(images, labels, initial_epoch=5, epochs=15)",
    },
    {
      kind: "text",
      text: "`epochs=15` is the epoch to *reach*. Starting from 5 this trains ten more, not fifteen; for fifteen more it would have to say `epochs=20`. And it returns the history of those ten alone: for one curve, the two have to be put together.",
    },
    {
      kind: "hint",
      text: "Be patient, and keep looking: some networks need many epochs. Whether yours does, validation tells you.",
    },
    {
      kind: "quiz",
      quiz: {
        id: "what-more-brings",
        question: "Compare epoch 5 with epoch 15 in your curves. What did ten more epochs bring?",
        options: [
          {
            text: "Training improved, validation hardly or not at all",
            right: true,
            because:
              "The training loss goes towards 0 while the validation loss rises: the network learns its 48,000 images by heart.",
          },
          {
            text: "Both improved alike",
            because:
              "Read the red line: after a few epochs its loss goes up, and its accuracy stays where it was.",
          },
          { text: "Nothing changed", because: "Look at the blue line: training accuracy is now above 0.99." },
        ],
      },
    },
  ],
  checks: [
    trained(
      "fifteen-epochs",
      "Continue a run of five epochs up to epoch 15.",
      ({ history, continuedFrom }) => continuedFrom > 0 && history.length >= 15,
    ),
    answered("what-more-brings"),
  ],
};

export const longer: readonly Step[] = [fifteen];
