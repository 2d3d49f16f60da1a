// What the picture of an experiment shows, as data: words and numbers for whoever draws it. Nothing is drawn here.
import { describeExperiment, describeNetwork, shortName } from "../spec/describe";
import type { ExperimentSpec } from "../spec/experiment";
import { type Shape, sizeOf } from "../spec/ops";
import { buildProgram, type Program } from "../spec/program";
import { datasetOf } from "../spec/samples";

/** A station of the network: its input, or a layer. */
export interface PreviewBlock {
  /** "conv 16" or "128"; null for a layer that has no matrix of weights and is drawn faintly. */
  label: string | null;
  /** The label where there is little room: "16". */
  shortLabel: string | null;
  parameters: number;
  /** 0 to 1 by the logarithm of the numbers that it gives; null where a problem leaves them unknown. */
  height: number | null;
  /** Whether it gives an image, of several channels perhaps. */
  isImage: boolean;
}

export interface Preview {
  /** The title, or the network where there is no title that can be drawn. */
  headline: string;
  /** "784-128-64-10 · Adam .001 · 109,386 parameters", without the network where that is the headline. */
  description: string;
  /** "MNIST digits" */
  dataset: string;
  input: PreviewBlock;
  layers: readonly PreviewBlock[];
}

/**
 * Characters that the picture's typeface has and that no renderer takes for a pictogram: Latin 1 without its control
 * characters, the soft hyphen, © and ®, and the dashes, quotes and ellipsis of English.
 */
const DRAWABLE = /^[\x20-\x7e\xa0-\xa8\xaa-\xac\xaf-\xff\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2212]*$/;

/** A title as it can be drawn; null where it is empty or has another character. */
export function drawableTitle(title: string): string | null {
  const text = title.trim();
  return text !== "" && DRAWABLE.test(text) ? text : null;
}

/** In characters; a longer one is told by its number of layers, as its blocks are there to be seen. */
const LONGEST_NETWORK = 48;

export function previewOf(spec: ExperimentSpec): Preview {
  const program = buildProgram(spec);
  const { input, layers } = program;
  const sizes = [input, ...layers.map(({ output }) => output)].map((shape) => (shape ? sizeOf(shape) : 0));
  const largest = Math.max(2, ...sizes);
  const block = (output: Shape | null, label: PreviewLabel, parameters: number): PreviewBlock => ({
    ...label,
    parameters,
    height: output === null ? null : Math.log2(sizeOf(output)) / Math.log2(largest),
    isImage: output?.length === 3,
  });
  const area = input.length === 3 ? input.slice(0, 2).join("×") : String(sizeOf(input));
  const described = describeNetwork(spec, program);
  const rest = describeExperiment(spec).slice(described.length);
  const network = described.length > LONGEST_NETWORK ? `${layers.length} layers` : described;
  const title = drawableTitle(spec.title);
  return {
    headline: title ?? network,
    description: title === null ? rest.replace(/^ · /, "") : network + rest,
    dataset: datasetOf(spec).label,
    input: block(input, { label: area, shortLabel: String(input[0]) }, 0),
    layers: layers.map(({ output, parameters }, index) =>
      block(output, labelOf(spec, program, index), parameters),
    ),
  };
}

type PreviewLabel = Pick<PreviewBlock, "label" | "shortLabel">;

/** Layers with a matrix of weights by their name and width; "?" where the network ends in a problem. */
function labelOf(spec: ExperimentSpec, { layers, steps, weights }: Program, index: number): PreviewLabel {
  const { output } = layers[index]!;
  if (output === null) return { label: "?", shortLabel: "?" };
  const own = steps.filter(({ layer }) => layer === index).flatMap((step) => step.weights);
  if (own.every((weight) => weights[weight]!.shape.length === 1)) return { label: null, shortLabel: null };
  const width = String(output.at(-1));
  const name = output.length === 1 ? "" : shortName(spec.layers[index]!.kind);
  return { label: `${name} ${width}`.trim(), shortLabel: width };
}
