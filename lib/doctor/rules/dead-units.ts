import { percent, whole } from "../../metrics/words";
import { defineRule } from "../define";
import { mendWith, withRate } from "../mends";
import { layerName } from "../pictures";

/** Of a layer's units. Sound runs lose up to a third. */
const MANY = 0.5;
/** The learning rate is divided by this. */
const LESS = 10;

export const deadUnits = defineRule({
  kind: "deadUnits",
  label: "Dead ReLUs",
  yieldsTo: ["outputMismatch", "inputsNotNormalised", "learningRateTooHigh"],
  examine({ spec, probes }) {
    const probe = probes?.now ?? null;
    if (probes === null || probe === null) return null;
    const relus = probe.units.map((units, i) => ({ ...units, first: probes.first.units[i]!.silent }));
    const layers = relus.filter(({ activation }) => activation === "relu");
    const worst = layers.toSorted((a, b) => b.silent - a.silent)[0];
    if (worst === undefined || worst.silent <= MANY) return null;
    const { learningRate } = spec.optimizer;
    const lower = Number((learningRate / LESS).toPrecision(1));
    const dead = Math.round(worst.silent * worst.units);
    return {
      seen: [
        `${whole(dead)} of the ${whole(worst.units)} units of layer ${layerName(spec, worst.layer)} give 0 for every one of ${whole(probe.images)} images: ${percent(worst.silent)}. Before training it was ${percent(worst.first)}.`,
      ],
      why: "A ReLU that is below 0 for every image has no slope there: no gradient reaches its weights any more, and it stays off. A step that was too long pushed it there.",
      picture: {
        kind: "bars",
        caption: "Units that give 0 for every image, layer by layer",
        logarithmic: false,
        bars: layers.map(({ layer, silent }) => ({
          label: layerName(spec, layer),
          value: silent,
          text: percent(silent),
          marked: silent > MANY,
        })),
      },
      mend: mendWith(`Lower the learning rate to ${lower}`, withRate(spec, lower)),
      advice: null,
    };
  },
});
