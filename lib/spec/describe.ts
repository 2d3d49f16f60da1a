// An experiment in a few words, the same on every page and server.
import type { ExperimentSpec, LayerKind } from "./experiment";
import { groupDigits } from "./group-digits";
import { sizeOf } from "./ops";
import * as optimizers from "./optimizers/registry";
import { buildProgram, type Program } from "./program";

/**
 * "784-128-64-10" or "conv 16-32 · 128-10". Layers with a matrix of weights; the others say nothing here. Those that
 * give an image are named, with their channels; the others are widths alone, from the input's on where the network
 * begins with them. From the first layer that does not fit on there is only a "?".
 */
export function describeNetwork(spec: ExperimentSpec, program = buildProgram(spec)): string {
  const { input, layers, steps, weights } = program;
  const runs: { name: string; sizes: (number | "?")[] }[] = [];
  const add = (name: string, size: number | "?") => {
    if (runs.at(-1)?.name === name) runs.at(-1)!.sizes.push(size);
    else runs.push({ name, sizes: runs.length === 0 && name === "" ? [sizeOf(input), size] : [size] });
  };
  for (const [index, { output }] of layers.entries()) {
    const own = steps.filter(({ layer }) => layer === index).flatMap((step) => step.weights);
    if (output === null) {
      add("", "?");
      break;
    }
    if (own.every((weight) => weights[weight]!.shape.length === 1)) continue;
    const name = output.length === 1 ? "" : shortName(spec.layers[index]!.kind);
    add(name, output.at(-1)!);
  }
  if (runs.length === 0) return String(sizeOf(input));
  return runs.map(({ name, sizes }) => `${name} ${sizes.join("-")}`.trim()).join(" · ");
}

/** What a kind of layers is called among others: "conv", "dense block". */
export const shortName = (kind: LayerKind): string =>
  kind.replace(/\d+d$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The optimizer and its learning rate: "Adam .001" */
export function describeOptimizer({ optimizer: { kind, learningRate } }: ExperimentSpec): string {
  return `${optimizers[kind].label} ${String(learningRate).replace(/^0\./, ".")}`;
}

/** "784-128-64-10 · Adam .001 · 109,386 parameters", without the count where a layer does not fit. */
export function describeExperiment(spec: ExperimentSpec): string {
  const program = buildProgram(spec);
  return [describeNetwork(spec, program), describeOptimizer(spec), ...describeSize(program)].join(" · ");
}

function describeSize({ layers, parameters }: Program): string[] {
  if (layers.some(({ output }) => output === null)) return [];
  return [`${groupDigits(parameters)} parameter${parameters === 1 ? "" : "s"}`];
}

/** What an experiment is called: its title, or else its network. */
export const titleOf = (spec: ExperimentSpec): string => spec.title.trim() || describeNetwork(spec);
