import { fourDigits, percent } from "../../metrics/words";
import { defineRule } from "../define";
import { mendWith, withCallback } from "../mends";
import { lossesByEpoch } from "../pictures";

/** Epochs that are looked at: the later half against the earlier one. */
const EPOCHS = 6;
/** The loss of the later half is less than this share below the earlier one's. */
const NOTHING = 0.1;
/** In so many of these epochs it rises: it leaps about, where a loss that has arrived would stand still. */
const RISES = 2;
/** A loss below this share of guessing's has little left to gain. */
const DONE = 0.02;
const FINAL_SHARE = 0.01;

export const plateau = defineRule({
  kind: "plateau",
  label: "The loss stands still",
  isSymptom: true,
  examine({ spec, history, last, guess }) {
    if (last === null || history.length <= EPOCHS) return null;
    const recent = history.slice(-EPOCHS).map(({ loss }) => loss);
    const mean = (values: readonly number[]) => values.reduce((sum, loss) => sum + loss, 0) / values.length;
    const [former, latter] = [mean(recent.slice(0, EPOCHS / 2)), mean(recent.slice(EPOCHS / 2))];
    const rises = recent.filter((loss, i) => i > 0 && loss > recent[i - 1]!).length;
    if (latter < (1 - NOTHING) * former || rises < RISES || last.loss < DONE * guess.loss) return null;
    const { learningRate } = spec.optimizer;
    const falling = { schedule: "cosine", warmupEpochs: 0, finalShare: FINAL_SHARE };
    return {
      seen: [
        `Over the last ${EPOCHS} epochs the training loss went from ${fourDigits(former)} to ${fourDigits(latter)}, each the mean of three, and rose in ${rises} of them.`,
        `${percent(last.accuracy)} of the training images are right: there is something left to learn.`,
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
