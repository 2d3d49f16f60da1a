import { LOW } from "../../metrics/diagnosis";
import { percent, rounded } from "../../metrics/words";
import type { Activation } from "../../spec/ops";
import { defineRule } from "../define";
import { mendWith, withBatchNormalization, withHiddenActivation } from "../mends";
import { gradientsByLayer, kernelGradients, layerName } from "../pictures";

/** The first layer's gradient over the last one's: less has died on its way. */
const VANISHED = 1e-3;
const saturating: readonly Activation[] = ["sigmoid", "tanh", "softmax"];

export const vanishingGradients = defineRule({
  kind: "vanishingGradients",
  label: "Vanishing gradients",
  examine({ spec, program, probes, last, skill }) {
    if (probes === null || last === null || skill(last.accuracy) >= LOW) return null;
    const kernels = kernelGradients(probes.first);
    const [first, final] = [kernels[0], kernels.at(-1)];
    if (first === undefined || final === undefined || first === final) return null;
    const share = first.gradient / final.gradient;
    if (!(share < VANISHED)) return null;
    const saturates = program.steps.some(
      ({ op, layer }) =>
        op.op === "activation" && layer < spec.layers.length - 1 && saturating.includes(op.activation),
    );
    return {
      seen: [
        `Before the first step a weight of layer ${layerName(spec, first.layer)} has a gradient of ${rounded(first.gradient)}, one of layer ${layerName(spec, final.layer)} of ${rounded(final.gradient)}: ${percent(share, 2)} of it arrives.`,
        `After ${last.epoch} epochs ${percent(last.accuracy)} of the training images are right.`,
      ],
      why: saturates
        ? "A sigmoid's slope is at most a quarter. On its way back the gradient is multiplied by it in every layer, and little is left for the first ones: they stay as they were made."
        : "On its way back the gradient is made smaller by every layer, and little is left for the first ones: they stay as they were made.",
      picture: gradientsByLayer(spec, probes.first, (value) => value < VANISHED * final.gradient),
      mend: saturates
        ? mendWith("Use relu in the hidden layers", withHiddenActivation(spec, saturating, "relu"))
        : mendWith("Normalise what comes out of each layer", withBatchNormalization(spec)),
      advice: null,
    };
  },
});
