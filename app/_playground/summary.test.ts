import { expect, test } from "vitest";
import { createLayer, parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
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
