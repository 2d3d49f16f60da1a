import { LOW } from "../../metrics/diagnosis";
import { percent, whole } from "../../metrics/words";
import { withBatch } from "../../spec/fit";
import { countSamples, stepsPerEpoch } from "../../spec/samples";
import { defineRule } from "../define";
import { mendWith } from "../mends";
import { lossesByEpoch } from "../pictures";

/** Steps in an epoch: fewer are few. */
const FEW = 10;
/** So many steps in an epoch are sound, where batches do not get smaller than 8 for it. */
const SOUND = 60;
const SMALLEST = 8;
const LARGEST = 64;
/** A loss that falls by this share or more in its last epoch is still on its way. */
const FALLS = 0.02;

export const batchTooLarge = defineRule({
  kind: "batchTooLarge",
  label: "The batch is too large for the data",
  yieldsTo: [
    "outputMismatch",
    "inputsNotNormalised",
    "labelsShuffled",
    "learningRateTooHigh",
    "vanishingGradients",
  ],
  examine({ spec, over, history, before, last, skill, loss }) {
    if (!over || last === null || before === null) return null;
    const steps = stepsPerEpoch(spec);
    const former = history.at(-2)?.loss ?? before.loss;
    if (steps > FEW || skill(last.accuracy) >= LOW || last.loss > (1 - FALLS) * former) return null;
    const { train } = countSamples(spec);
    const size = 2 ** Math.floor(Math.log2(train / SOUND));
    const batchSize = Math.min(LARGEST, Math.max(SMALLEST, size));
    if (batchSize >= spec.training.batchSize) return null;
    return {
      seen: [
        `With batches of ${whole(spec.training.batchSize)} of ${whole(train)} images there ${steps === 1 ? "is one step" : `are ${steps} steps`} in an epoch: ${whole(loss.steps)} in all.`,
        `The loss still falls, by ${percent(1 - last.loss / former)} in the last epoch, and ${percent(last.accuracy)} of the training images are right.`,
      ],
      why: "The weights change once for each batch. A large batch knows the way better, but it is not a longer way: few steps lead nowhere.",
      picture: lossesByEpoch(history, before.loss),
      mend: mendWith(`Use batches of ${batchSize}`, withBatch(spec, batchSize)),
      advice: null,
    };
  },
});
