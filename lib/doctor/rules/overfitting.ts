import { diagnose } from "../../metrics/diagnosis";
import { whole } from "../../metrics/words";
import { createLayer, type ExperimentSpec } from "../../spec/experiment";
import { countSamples } from "../../spec/samples";
import { defineRule } from "../define";
import { mendWith, withBestEpoch, withHiddenLayer } from "../mends";
import { lossesByEpoch } from "../pictures";

const PATIENCE = 3;
/** So many times more images are a real change, and still trained in a moment. */
const MORE = 10;
const DROPPED = 0.4;

export const overfitting = defineRule({
  kind: "overfitting",
  label: "Overfitting",
  yieldsTo: ["labelsShuffled", "imbalance", "averagesBehind", "learningRateTooHigh", "deadUnits"],
  examine({ spec, history, probes }) {
    const gradients = probes?.now ? { before: probes.first.arrays, after: probes.now.arrays } : null;
    const finding = diagnose({ spec, history, gradients }).find(({ issue }) => issue === "overfitting");
    if (finding === undefined) return null;
    return {
      seen: finding.evidence,
      why: "What is only true of the training images is learned too, once the rest is. It makes the training loss smaller and everything else worse.",
      picture: lossesByEpoch(history),
      mend: finding.way === "moreImages" ? moreImages(spec) : regularised(spec),
      advice: null,
    };
  },
});

function moreImages(spec: ExperimentSpec) {
  const sizeOf = (trainLimit: number | null) => {
    const { train, validation } = countSamples({ ...spec, dataset: { ...spec.dataset, trainLimit } });
    return train + validation;
  };
  const [used, all] = [sizeOf(spec.dataset.trainLimit), sizeOf(null)];
  const trainLimit = MORE * used < all ? MORE * used : null;
  const more = { ...spec, dataset: { ...spec.dataset, trainLimit } };
  return mendWith(
    `Train on ${whole(sizeOf(trainLimit))} images, and keep the best epoch`,
    withBestEpoch(more, PATIENCE),
  );
}

function regularised(spec: ExperimentSpec) {
  const best = withBestEpoch(spec, PATIENCE);
  if (spec.layers.some(({ kind }) => kind === "dropout")) return mendWith("Keep the best epoch", best);
  const dropout = { ...createLayer("dropout"), rate: DROPPED };
  return mendWith("Drop units out, and keep the best epoch", withHiddenLayer(best, dropout));
}
