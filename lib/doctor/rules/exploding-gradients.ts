import { LOW } from "../../metrics/diagnosis";
import { gradientLength } from "../../metrics/gradients";
import { lossText, rounded } from "../../metrics/words";
import { defineRule } from "../define";
import { mendWith, withBatchNormalization } from "../mends";
import { gradientsByLayer } from "../pictures";

/** The length of the untrained network's whole gradient. Sound ones have 0.1 to 5, and about 10 with batch normalization. */
const EXPLODED = 20;
/** The untrained loss over guessing's: what explodes on its way back has grown on its way forwards. */
const LOUD = 2;

export const explodingGradients = defineRule({
  kind: "explodingGradients",
  label: "Exploding gradients",
  yieldsTo: ["outputMismatch", "inputsNotNormalised"],
  examine({ spec, probes, last, diverged, skill, guess }) {
    if (probes === null || (!diverged && (last === null || skill(last.accuracy) >= LOW))) return null;
    const length = gradientLength(probes.first.arrays);
    if (length < EXPLODED || probes.first.loss < LOUD * guess.loss) return null;
    const normalised = withBatchNormalization(spec);
    return {
      seen: [
        `Before the first step the gradient is ${rounded(length)} long, and the loss ${lossText(probes.first.loss)}; guessing has ${lossText(guess.loss)}.`,
        diverged
          ? "The loss then stopped being a number."
          : `After ${last!.epoch} epochs the loss is ${lossText(last!.loss)}.`,
      ],
      why: "Each layer makes what comes through it larger, and the gradient on its way back too. Many such layers multiply: a step that suits the last one throws the others far off.",
      picture: gradientsByLayer(spec, probes.first, () => true),
      mend: mendWith("Normalise what comes out of each layer", normalised),
      advice: null,
    };
  },
});
