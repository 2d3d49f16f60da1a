import { fourDigits, percent } from "../../metrics/words";
import { defineRule } from "../define";
import { mendWith, withCallback } from "../mends";
import { lossesByEpoch } from "../pictures";

/** Epochs that have to bring nothing. */
const EPOCHS = 5;
/** Less than this share of the best loss is nothing. */
const NOTHING = 0.05;
/** Of these epochs, so many end with a larger loss than the one before: the loss leaps about, it has not arrived. */
const RISES = 2;
/** A loss below this share of guessing's has little left to gain. */
const DONE = 0.02;
const FINAL_SHARE = 0.01;

export const plateau = defineRule({
  kind: "plateau",
  label: "The loss stands still",
  isSymptom: true,
  examine({ spec, history, last, guess }) {
    if (last === null || history.length < EPOCHS + 2) return null;
    const lowest = (epochs: typeof history) => Math.min(...epochs.map(({ loss }) => loss));
    const recent = history.slice(-EPOCHS);
    const [former, best] = [lowest(history.slice(0, -EPOCHS)), lowest(recent)];
    const rises = recent.filter(
      ({ loss }, i) => loss > (recent[i - 1] ?? history.at(-EPOCHS - 1)!).loss,
    ).length;
    if (best < (1 - NOTHING) * former || rises < RISES || last.loss < DONE * guess.loss) return null;
    const { learningRate } = spec.optimizer;
    const falling = { schedule: "cosine", warmupEpochs: 0, finalShare: FINAL_SHARE };
    return {
      seen: [
        `The lowest training loss of the last ${EPOCHS} epochs is ${fourDigits(best)}; it was ${fourDigits(former)} before them.`,
        `In ${rises} of these epochs it rose. ${percent(last.accuracy)} of the training images are right: there is something left to learn.`,
      ],
      why: `The steps, at a learning rate of ${learningRate} to the end, are too long to go further down: they lead from one side of the valley to the other.`,
      picture: lossesByEpoch(history),
      mend: mendWith(
        "Let the learning rate fall along a cosine",
        withCallback(spec, "learningRateSchedule", falling, ["reduceLROnPlateau"]),
      ),
      advice: null,
    };
  },
});
