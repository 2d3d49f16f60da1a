import { expect, test } from "vitest";
import type { PresetDefinition } from "@/lib/spec/define";
import { createLayer, type LayerSpec, parseExperiment } from "@/lib/spec/experiment";
import { convolutionalNetwork } from "@/lib/spec/presets/convolutional-network";
import { firstRun } from "@/lib/spec/presets/first-run";
import { residualNetwork } from "@/lib/spec/presets/residual-network";
import { summarize } from "./summary";

const spec = parseExperiment(firstRun);

test("an experiment is summed up by its widths and its optimizer", () => {
  expect(summarize(spec)).toEqual({ network: "MNIST · 784-128-64-10", training: "Adam 0.001 · batch 32" });
});

test("layers that keep the width are left out, unknown widths are marked", () => {
  const [flatten, ...rest] = spec.layers;
  expect(summarize({ ...spec, layers: [flatten!, createLayer("dropout"), ...rest] }).network).toBe(
    "MNIST · 784-128-64-10",
  );
  expect(summarize({ ...spec, layers: rest }).network).toBe("MNIST · 784-?");
});

test("layers that give images are named with their channels, before the widths", () => {
  const start = ({ experiment }: PresetDefinition) => parseExperiment(experiment);
  const convolutional = start(convolutionalNetwork);
  const network = (layers: LayerSpec[]) => summarize({ ...convolutional, layers }).network;
  expect(network(convolutional.layers)).toBe("MNIST · conv 16-32 · 128-10");
  expect(network(start(residualNetwork).layers)).toBe("MNIST · conv 16 · residual 16-32 · 10");
  const withoutFlatten = convolutional.layers.filter(({ kind }) => kind !== "flatten");
  expect(network(withoutFlatten)).toBe("MNIST · conv 16-32 · ?");
  expect(network(withoutFlatten.slice(0, 2))).toBe("MNIST · conv 16");
});
