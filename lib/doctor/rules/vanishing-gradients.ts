import { LOW } from "../../metrics/diagnosis";
import { percent, rounded } from "../../metrics/words";
import type { Activation } from "../../spec/ops";
import { defineRule } from "../define";
import { mendWith, withBatchNormalization, withHiddenActivation } from "../mends";
import { gradientsByLayer, kernelGradients, layerName } from "../pictures";

/** The first layer's gradient over the last one's: less has died on its way. */
const VANISHED = 1e-3;
/** The spread of what the last hidden layer gives over the first one's: less has died on its way forwards. */
const FADED = 0.05;
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
    const hidden = probes.first.units.filter(({ layer }) => layer < final.layer);
    const [near, far] = [hidden[0], hidden.at(-1)];
    const kept = near === undefined || far === undefined ? 1 : far.deviation / near.deviation;
    // A sigmoid's outputs hardly differ, yet are not small: there the gradient itself says it.
    if (!(share < VANISHED) && !(kept < FADED)) return null;
    const saturates = program.steps.some(
      ({ op, layer }) =>
        op.op === "activation" && layer < spec.layers.length - 1 && saturating.includes(op.activation),
    );
    return {
      seen: [
        `Before the first step a weight of layer ${layerName(spec, first.layer)} has a gradient of ${rounded(first.gradient)}, one of layer ${layerName(spec, final.layer)} of ${rounded(final.gradient)}: ${percent(share, 2)} of it arrives.`,
        ...(kept < FADED
          ? [
              `What layer ${layerName(spec, near!.layer)} gives has a spread of ${rounded(near!.deviation)}; ${percent(kept, 2)} of that is left at layer ${layerName(spec, far!.layer)}.`,
            ]
          : []),
        `After ${last.epoch} epochs ${percent(last.accuracy)} of the training images are right.`,
      ],
      why: saturates
        ? "A sigmoid's slope is at most a quarter. On its way back the gradient is multiplied by it in every layer, and little is left for the first ones: they stay as they were made."
        : "What goes through the network is made smaller by every layer, and so is the gradient on its way back: the steps are too short for all of them.",
      picture: gradientsByLayer(
        spec,
        probes.first,
        (value) => kept < FADED || value < VANISHED * final.gradient,
      ),
      mend: saturates
        ? mendWith("Use relu in the hidden layers", withHiddenActivation(spec, saturating, "relu"))
        : mendWith("Normalise what comes out of each layer", withBatchNormalization(spec)),
      advice: null,
    };
  },
});
