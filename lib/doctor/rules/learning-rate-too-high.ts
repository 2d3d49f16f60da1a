import { HUGE_STEP, LOW, suitedRate } from "../../metrics/diagnosis";
import { lossText, percent } from "../../metrics/words";
import { defineRule } from "../define";
import { mendWith, withRate } from "../mends";
import { lossByBatch } from "../pictures";

/** The worst loss over the untrained network's: more has been thrown off. */
const THROWN = 2;

export const learningRateTooHigh = defineRule({
  kind: "learningRateTooHigh",
  label: "The learning rate is too high",
  yieldsTo: ["outputMismatch", "explodingGradients", "inputsNotNormalised"],
  examine({ spec, loss, before, diverged, last, skill, moved }) {
    const worst = Math.max(...loss.means);
    const thrown = before !== null && worst > THROWN * before.loss;
    const poor = last !== null && skill(last.accuracy) < LOW;
    const huge = moved !== null && moved > HUGE_STEP;
    if (!diverged && !(poor && (huge || thrown))) return null;
    const { learningRate } = spec.optimizer;
    // Where the first steps are of a sound size, a tenth is what people try.
    const suited = Math.min(Number((learningRate / 10).toPrecision(1)), suitedRate(learningRate, moved ?? 0));
    return {
      seen: [
        ...(moved === null
          ? []
          : [
              `At a learning rate of ${learningRate} the first step changes the weights by ${percent(moved, 2)} of their own length; about 1 % is sound.`,
            ]),
        ...(before === null
          ? []
          : [`The loss was ${lossText(before.loss)} before training, and ${lossText(worst)} at its worst.`]),
        diverged
          ? "Then it stopped being a number."
          : `After ${last!.epoch} epochs it is ${lossText(last!.loss)}, and ${percent(last!.accuracy)} of the training images are right.`,
      ],
      why: "The gradient says where the loss falls for a small step. Steps that are too long leap over the valley, and may end higher than they began.",
      picture: lossByBatch(loss, before?.loss ?? null),
      mend: mendWith(`Lower the learning rate to ${suited}`, withRate(spec, suited)),
      advice: null,
    };
  },
});
