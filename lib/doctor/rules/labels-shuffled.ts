import { LOW } from "../../metrics/diagnosis";
import { percent, whole } from "../../metrics/words";
import { defineRule } from "../define";
import { mendWith, withBestEpoch } from "../mends";

/** With fewer images an agreement says little. */
const FEWEST = 200;
/** How far above chance the agreement is, from 0 to 1: less is low. Sound digits have two thirds and more. */
const LOW_AGREEMENT = 0.45;
/** Less than this is none at all. */
const NO_AGREEMENT = 0.1;
const PATIENCE = 3;

export const labelsShuffled = defineRule({
  kind: "labelsShuffled",
  label: "Labels do not go with their images",
  examine({ spec, data, last, skill }) {
    if (data === null || last === null || data.images < FEWEST) return null;
    const { agreement, chance, images } = data;
    const above = (agreement - chance) / (1 - chance);
    // A network that is right about images that it has not seen has learned something true.
    const { valAccuracy } = last;
    if (above >= LOW_AGREEMENT || (valAccuracy !== null && skill(valAccuracy) >= LOW)) return null;
    const hopeless = above < NO_AGREEMENT;
    return {
      seen: [
        `The nearest mean image names ${percent(agreement)} of ${whole(images)} labels, without any training. By chance it would be ${percent(chance)}; where labels are right it is about three of four.`,
        valAccuracy === null
          ? `The network has ${percent(last.accuracy)} of its training images right.`
          : `The network has ${percent(last.accuracy)} of its training images right, and ${percent(valAccuracy)} of those that it has not seen.`,
      ],
      why: hopeless
        ? "Labels and images have nothing to do with each other here. A network can only learn them by heart."
        : "Some labels are wrong. The network first learns what the right ones have in common, then the wrong ones by heart.",
      picture: {
        kind: "bars",
        caption: "Labels that the nearest mean image agrees with",
        logarithmic: false,
        bars: [
          { label: "here", value: agreement, text: percent(agreement), marked: true },
          { label: "by chance", value: chance, text: percent(chance), marked: false },
        ],
      },
      mend: hopeless
        ? null
        : mendWith("Stop before it learns wrong labels by heart", withBestEpoch(spec, PATIENCE)),
      advice: hopeless
        ? "Look at some training images with their labels. No experiment mends this: the data set has to be made anew."
        : null,
    };
  },
});
