// Networks that proved themselves, from the catalog of presets, cut down to a training of seconds.
import { canonical, type ExperimentSpec, parseExperiment } from "../../spec/experiment";
import { densenetStyle } from "../../spec/presets/densenet-style";
import { lenet5 } from "../../spec/presets/lenet5";
import { residualNetwork } from "../../spec/presets/residual-network";
import { vggStyle } from "../../spec/presets/vgg-style";
import { retitled } from "../checks";
import type { ExperimentInput } from "../define";

export interface Pattern {
  id: string;
  /** What it is called after. */
  name: string;
  /** Where it comes from. */
  origin: string;
  /** What is borrowed, in a sentence. */
  idea: string;
  experiment: ExperimentInput;
}

/** The preset on as many images as a telephone trains on in seconds. */
const short = (experiment: ExperimentInput): ExperimentInput =>
  retitled(experiment, experiment.title, {
    dataset: { id: "mnist", trainLimit: 5000 },
    training: { epochs: 3, batchSize: 32 },
  });

export const patterns: readonly Pattern[] = [
  {
    id: "lenet",
    name: "LeNet-5",
    origin: "LeCun and others, 1998",
    idea: "Convolve, shrink, convolve, shrink, then dense layers: the plan that all others started from.",
    experiment: short(lenet5.experiment),
  },
  {
    id: "vgg",
    name: "VGG-style",
    origin: "Simonyan and Zisserman, 2014",
    idea: "Nothing but 3×3 convolutions and pooling: two small ones in a row see as far as one of 5×5, with fewer weights and one more activation.",
    experiment: short(vggStyle.experiment),
  },
  {
    id: "resnet",
    name: "ResNet-style",
    origin: "He and others, 2015",
    idea: "A block's input is added to its output, so a block only has to learn what is to be changed, and gradients have a way around it.",
    experiment: short(residualNetwork.experiment),
  },
  {
    id: "densenet",
    name: "DenseNet-style",
    origin: "Huang and others, 2016",
    idea: "A block's input is not added but joined, channel by channel: every layer sees all that came before it, so a few new channels each are enough.",
    experiment: short(densenetStyle.experiment),
  },
];

const layersOf = (spec: ExperimentSpec) => JSON.stringify(JSON.parse(canonical(spec)).layers);

/** The pattern whose layers an experiment has, whatever else was changed. */
export const patternOf = (spec: ExperimentSpec): Pattern | null =>
  patterns.find(({ experiment }) => layersOf(parseExperiment(experiment)) === layersOf(spec)) ?? null;
