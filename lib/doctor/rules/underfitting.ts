import { diagnose, suitedRate, type Way } from "../../metrics/diagnosis";
import { createLayer, type ExperimentSpec, trainingFields } from "../../spec/experiment";
import { defineRule, type Mend } from "../define";
import { mendWith, widened, withHiddenLayer, withRate } from "../mends";
import { lossesByEpoch } from "../pictures";

const WIDER = 8;
const LEAST_UNITS = 32;
const MORE_EPOCHS = 4;
const DROPPED = 0.2;

export const underfitting = defineRule({
  kind: "underfitting",
  label: "Underfitting",
  isSymptom: true,
  examine({ spec, over, history, probes, moved }) {
    if (!over) return null;
    const gradients = probes?.now ? { before: probes.first.arrays, after: probes.now.arrays } : null;
    const finding = diagnose({ spec, history, gradients }).find(({ issue }) => issue === "underfitting");
    if (finding === undefined) return null;
    return {
      seen: finding.evidence,
      why: "Images that it was trained on come out as wrong as others: it is not that it has learned them by heart, it has not learned enough.",
      picture: lossesByEpoch(history),
      mend: mendOf(spec, finding.way, moved),
      advice: null,
    };
  },
});

function mendOf(spec: ExperimentSpec, way: Way, moved: number | null): Mend | null {
  const { training, optimizer, layers } = spec;
  if (way === "lowerRate" && moved !== null) {
    const rate = suitedRate(optimizer.learningRate, moved);
    return mendWith(`Lower the learning rate to ${rate}`, withRate(spec, rate));
  }
  if (way === "moreEpochs") {
    const epochs = Math.min(trainingFields.epochs.max, MORE_EPOCHS * training.epochs);
    return mendWith(`Train for ${epochs} epochs`, { ...spec, training: { ...training, epochs } });
  }
  if (way === "dropLess") {
    const fewer = layers.map((layer) =>
      layer.kind === "dropout" ? { ...layer, rate: Math.min(layer.rate, DROPPED) } : layer,
    );
    return mendWith(`Drop ${100 * DROPPED} % of the units at most`, { ...spec, layers: fewer });
  }
  const wider = widened(spec, WIDER, LEAST_UNITS);
  if (JSON.stringify(wider) !== JSON.stringify(spec))
    return mendWith(`Make the hidden layers ${WIDER} times as wide`, wider);
  const hidden = { ...createLayer("dense"), units: LEAST_UNITS * 2 };
  return mendWith(`Add a hidden layer of ${LEAST_UNITS * 2} units`, withHiddenLayer(spec, hidden));
}
