import { percent, points, whole } from "../../metrics/words";
import type { ExperimentSpec, LayerSpec } from "../../spec/experiment";
import type { NestedLayer } from "../../spec/fields";
import { defineRule } from "../define";
import { mendWith } from "../mends";
import { lossesByEpoch } from "../pictures";

/** Of what the moving averages began with: more that is left is not what the network trains with. */
const LEFT = 0.2;
/** Between training accuracy, with the batch's own numbers, and validation accuracy, with the averages. */
const WIDE_GAP = 0.05;
const FASTER = 0.9;

export const averagesBehind = defineRule({
  kind: "averagesBehind",
  label: "Batch normalization lags behind",
  examine({ spec, program, over, history, last, loss }) {
    const momenta = program.steps.flatMap(({ op }) => (op.op === "batchNormalization" ? [op.momentum] : []));
    if (!over || last === null || last.valAccuracy === null || momenta.length === 0) return null;
    const momentum = Math.max(...momenta);
    const left = momentum ** loss.steps;
    const gap = last.accuracy - last.valAccuracy;
    if (left < LEFT || gap < WIDE_GAP) return null;
    return {
      seen: [
        `With a momentum of ${momentum}, ${percent(left)} of what the moving averages began with is left after ${whole(loss.steps)} steps.`,
        `${percent(last.accuracy)} of the training images are right, with each batch's own mean and spread, and ${percent(last.valAccuracy)} of the validation images, with the averages: ${points(gap)} apart.`,
      ],
      why: "Batch normalization trains with the numbers of each batch, and is tested with moving averages of them. These need hundreds of steps to arrive; until then it is tested as another network than it was trained.",
      picture: lossesByEpoch(history),
      mend: mendWith(`Lower its momentum to ${FASTER}`, withMomentum(spec, FASTER)),
      advice: null,
    };
  },
});

function withMomentum(spec: ExperimentSpec, momentum: number): ExperimentSpec {
  const change = (layer: NestedLayer): NestedLayer => {
    if ("layers" in layer) return { ...layer, layers: (layer.layers as NestedLayer[]).map(change) };
    return layer.kind === "batchNormalization" ? { ...layer, momentum } : layer;
  };
  return { ...spec, layers: spec.layers.map((layer) => change(layer) as LayerSpec) };
}
