import { rounded } from "../../metrics/words";
import type { LossOp } from "../../spec/define";
import { defineRule } from "../define";
import { mendWith, withLastActivation } from "../mends";

/** The activation that gives what a loss reads; one that takes any number has none. */
const wanted: Partial<Record<LossOp, "softmax" | "sigmoid">> = {
  crossentropy: "softmax",
  binaryCrossentropy: "sigmoid",
};
/** The sum of an image's probabilities may be off by so much. */
const SUM_TOLERANCE = 0.1;

export const outputMismatch = defineRule({
  kind: "outputMismatch",
  label: "The last activation does not match the loss",
  examine({ spec, program, probes }) {
    const outputs = (probes?.now ?? probes?.first)?.outputs ?? null;
    const activation = wanted[program.loss];
    if (outputs === null || activation === undefined) return null;
    const { least, most, meanSum } = outputs;
    const outside = least < 0 || most > 1;
    const unsummed = program.loss === "crossentropy" && Math.abs(meanSum - 1) > SUM_TOLERANCE;
    if (!outside && !unsummed) return null;
    const probe = probes!.now ?? probes!.first;
    const bar = (label: string, value: number, marked: boolean) => ({
      label,
      value,
      text: rounded(value),
      marked,
    });
    return {
      seen: [
        `On ${probe.images} images the network's answers lie between ${rounded(least)} and ${rounded(most)}.`,
        ...(program.loss === "crossentropy"
          ? [`An image's answers add up to ${rounded(meanSum)} on average; probabilities add up to 1.`]
          : []),
      ],
      why: `This loss reads the answers as probabilities. What is not between 0 and 1 is cut off, and where it is cut off there is no gradient: those images teach nothing.`,
      picture: {
        kind: "bars",
        caption: "The network's answers",
        logarithmic: false,
        bars: [
          bar("smallest", least, least < 0),
          bar("largest", most, most > 1),
          ...(program.loss === "crossentropy" ? [bar("sum of an image's", meanSum, unsummed)] : []),
        ],
      },
      mend: mendWith(`End with ${activation}`, withLastActivation(spec, activation)),
      advice: null,
    };
  },
});
