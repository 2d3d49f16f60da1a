import { expect, test } from "vitest";
import { describeExperiment, describeNetwork, describeOptimizer } from "./describe";
import { createLayer, createOptimizer, type LayerSpec, parseExperiment } from "./experiment";
import { firstRun } from "./presets/first-run";
import * as presets from "./presets/registry";

const spec = parseExperiment(firstRun);
const [flatten, ...rest] = spec.layers;
const network = (layers: LayerSpec[]) => describeNetwork({ ...spec, layers });

test.each<[keyof typeof presets, string]>([
  ["firstRunPreset", "784-128-64-10 · Adam .001 · 109,386 parameters"],
  ["digits8x8", "64-64-10 · Adam .001 · 4,810 parameters"],
  ["convolutionalNetwork", "conv 16-32 · 128-10 · Adam .001 · 206,922 parameters"],
  [
    "densenetStyle",
    "conv 16 · dense block 24-32 · conv 16 · dense block 24-32-40 · 10 · Adam .003 · 9,882 parameters",
  ],
  ["vggStyle", "conv 8-8-16-16-32-32 · 128-10 · Adam .001 · 56,322 parameters"],
  ["plainConvolutions", "conv 8-16 · 32-10 · Adam .001 · 26,698 parameters"],
  ["normalizedConvolutions", "conv 8-16 · 32-10 · Adam .001 · 26,794 parameters"],
  ["lenet5", "conv 6-16 · 120-84-10 · SGD .1 · 61,706 parameters"],
  ["residualNetwork", "conv 16 · residual 16-32 · 10 · Adam .001 · 19,530 parameters"],
  ["smallAndSharp", "conv 16-24-32 · 10 · Adam .003 · 18,882 parameters"],
])("%s is %s", (name, words) => {
  expect(describeExperiment(parseExperiment(presets[name].experiment))).toBe(words);
});

test("layers that keep the width are left out", () => {
  expect(network([flatten!, createLayer("dropout"), createLayer("batchNormalization"), ...rest])).toBe(
    "784-128-64-10",
  );
  expect(network([])).toBe("784");
});

test("a network that cannot be trained is described up to what does not fit, without a count", () => {
  expect(network(rest)).toBe("784-?");
  expect(describeExperiment({ ...spec, layers: rest })).toBe("784-? · Adam .001");
  const convolution = createLayer("conv2d");
  expect(describeExperiment({ ...spec, layers: [convolution, ...rest] })).toBe("conv 16 · ? · Adam .001");
  expect(describeExperiment({ ...spec, layers: [] })).toBe("784 · Adam .001 · 0 parameters");
});

test.each([
  [0.001, "Adam .001"],
  [0.0015, "Adam .0015"],
  [10, "Adam 10"],
  [1.5, "Adam 1.5"],
  [1e-7, "Adam 1e-7"],
])("a learning rate of %d is %s", (learningRate, words) => {
  const optimizer = { ...createOptimizer("adam"), learningRate };
  expect(describeOptimizer({ ...spec, optimizer })).toBe(words);
});

test("one parameter is one parameter", () => {
  const layers = [{ kind: "conv2d", filters: 1, kernelSize: 1, useBias: false }];
  expect(describeExperiment(parseExperiment({ ...firstRun, layers }))).toBe(
    "conv 1 · Adam .001 · 1 parameter",
  );
});
