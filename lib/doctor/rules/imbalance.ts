import { whole } from "../../metrics/words";
import type { ExperimentSpec } from "../../spec/experiment";
import { countSamples, datasetOf } from "../../spec/samples";
import { defineRule } from "../define";
import { mendWith } from "../mends";

/** Of an equal share of the images: a class with less is rare. MNIST's rarest digit has nine tenths of one. */
const RARE = 0.25;
/** So many images of each class are enough for chance to even out. */
const ENOUGH = 100;

export const imbalance = defineRule({
  kind: "imbalance",
  label: "Some classes have hardly any images",
  examine({ spec, data }) {
    if (data === null) return null;
    const { counts } = data;
    const total = counts.reduce((sum, count) => sum + count, 0);
    const rare = counts.map((count) => count < (RARE * total) / counts.length);
    if (!rare.includes(true)) return null;
    const { classNames } = datasetOf(spec);
    const names = (spec.dataset.classes ?? [...classNames.keys()]).map((label) => classNames[label]!);
    const said = names.flatMap((name, i) => (rare[i] ? [`${name} has ${whole(counts[i]!)}`] : []));
    const more = withMoreImages(spec);
    return {
      seen: [
        `Of ${whole(total)} training images, class ${said.join(", class ")}. An equal share would be ${whole(Math.round(total / counts.length))}.`,
      ],
      why: "The loss is a mean over images. Classes that have hardly any hardly count, and the network need not learn them to make it small.",
      picture: {
        kind: "bars",
        caption: "Training images of each class",
        logarithmic: false,
        bars: counts.map((count, i) => ({
          label: names[i]!,
          value: count,
          text: whole(count),
          marked: rare[i]!,
        })),
      },
      mend: more && mendWith(`Train on ${whole(poolOf(more))} images`, more),
      advice: more === null ? "All images are used already: collect more of these classes." : null,
    };
  },
});

const poolOf = (spec: ExperimentSpec): number => {
  const { train, validation } = countSamples(spec);
  return train + validation;
};

/** As many more images as even chance out, or all; null where all are used. */
function withMoreImages(spec: ExperimentSpec): ExperimentSpec | null {
  const limited = (trainLimit: number | null) => ({ ...spec, dataset: { ...spec.dataset, trainLimit } });
  const all = poolOf(limited(null));
  const used = poolOf(spec);
  if (used >= all) return null;
  const wanted = ENOUGH * (spec.dataset.classes?.length ?? datasetOf(spec).classNames.length);
  return limited(wanted > used && wanted < all ? wanted : null);
}
