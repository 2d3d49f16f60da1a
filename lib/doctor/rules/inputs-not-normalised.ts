import { rounded, whole } from "../../metrics/words";
import { defineRule } from "../define";
import { mendWith, withNormalisedInputs } from "../mends";

/** First weights are made for numbers that differ by about 1: pixels that differ by less than this hardly move anything. */
const NARROW = 0.05;
const WIDE = 5;
/** The mean over the deviation: what all pixels have in common then drowns what tells images apart. */
const FAR = 5;

export const inputsNotNormalised = defineRule({
  kind: "inputsNotNormalised",
  label: "The inputs are not normalised",
  examine({ spec, data }) {
    if (data === null || spec.layers[0]?.kind === "batchNormalization") return null;
    const { mean, deviation, images } = data;
    const narrow = deviation < NARROW;
    const wide = deviation > WIDE;
    const far = Math.abs(mean) > FAR * deviation;
    if (!narrow && !wide && !far) return null;
    return {
      seen: [
        `The pixels of ${whole(images)} training images have a mean of ${rounded(mean)} and a deviation of ${rounded(deviation)}, as the network sees them.`,
        far
          ? `The mean is ${rounded(Math.abs(mean) / deviation)} times the deviation: the images are nearly the same to it.`
          : "A deviation near 1 is what its first weights are made for.",
      ],
      why: "The first layer multiplies all inputs with weights of the same size. Where inputs are far from 0, or hardly differ, the steps go into what all images have in common.",
      picture: {
        kind: "bars",
        caption: "Pixels as the network sees them",
        logarithmic: false,
        bars: [
          { label: "mean", value: mean, text: rounded(mean), marked: far },
          { label: "deviation", value: deviation, text: rounded(deviation), marked: narrow || wide },
        ],
      },
      mend: mendWith("Normalise the inputs in a first layer", withNormalisedInputs(spec)),
      advice: null,
    };
  },
});
