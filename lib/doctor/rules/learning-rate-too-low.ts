import { GOOD_STEP, LOW, suitedRate } from "../../metrics/diagnosis";
import { fourDigits, percent } from "../../metrics/words";
import { defineRule } from "../define";
import { mendWith, withRate } from "../mends";
import { lossesByEpoch } from "../pictures";

export const learningRateTooLow = defineRule({
  kind: "learningRateTooLow",
  label: "The learning rate is too low",
  yieldsTo: ["outputMismatch", "inputsNotNormalised", "labelsShuffled", "vanishingGradients"],
  examine({ spec, over, history, before, last, skill, moved }) {
    if (!over || last === null || moved === null || before === null) return null;
    const falls = history.every(({ loss }, i) => i === 0 || loss < history[i - 1]!.loss);
    if (moved > GOOD_STEP / 10 || skill(last.accuracy) >= LOW || !falls) return null;
    const { learningRate } = spec.optimizer;
    const suited = suitedRate(learningRate, moved);
    return {
      seen: [
        `At a learning rate of ${learningRate} the first step changes the weights by ${percent(moved, 2)} of their own length; about 1 % is sound.`,
        `The loss falls all the time, but slowly: from ${fourDigits(before.loss)} to ${fourDigits(last.loss)} in ${last.epoch} epochs. ${percent(last.accuracy)} of the training images are right.`,
      ],
      why: "Every step goes the right way and is too short to get anywhere in the time there is.",
      picture: lossesByEpoch(history, before.loss),
      mend: mendWith(`Raise the learning rate to ${suited}`, withRate(spec, suited)),
      advice: null,
    };
  },
});
