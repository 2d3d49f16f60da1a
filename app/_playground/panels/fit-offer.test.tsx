import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "@/lib/spec/experiment";
import { nearestThatFits } from "@/lib/spec/fit";
import { firstRun } from "@/lib/spec/presets/first-run";
import { OpeningContext } from "../use-stores";
import { describeOffer, FitOffer, whyOffered } from "./fit-offer";

const of = (changes: object): ExperimentSpec => parseExperiment({ ...firstRun, ...changes });
const output = { kind: "dense", units: 10, activation: "softmax" };
const layers = (count: number) => [
  { kind: "flatten" },
  ...Array.from({ length: count }, () => ({ kind: "dense", units: 4096 })),
  output,
];
const shown = (spec: ExperimentSpec) =>
  renderToStaticMarkup(
    <OpeningContext value={{ spec, forkedFrom: null }}>
      <FitOffer />
    </OpeningContext>,
  );

describe("the nearest that fits", () => {
  test("is offered for a network that is beyond the budget, and described", () => {
    const spec = of({ layers: layers(30) });
    const html = shown(spec);
    expect(html).toContain(describeOffer(spec, nearestThatFits(spec)!));
    expect(html).toContain("Use the nearest that fits");
  });

  test("says how large its batches are where that is what changes", () => {
    const convolution = { kind: "conv2d", filters: 512, padding: "same" };
    const spec = of({ layers: [convolution, { kind: "flatten" }, output], training: { batchSize: 4096 } });
    const nearest = nearestThatFits(spec)!;
    expect(nearest.training.batchSize).toBeLessThan(4096);
    expect(describeOffer(spec, nearest)).toMatch(new RegExp(` · batches of ${nearest.training.batchSize}$`));
  });

  test("is offered for the device's sake where the page could train it", () => {
    expect(whyOffered(of({ layers: layers(30) }), 1024 ** 3)).toBe(
      "This network is larger than this page can train.",
    );
    expect(whyOffered(of({ layers: layers(1) }), 32 * 1024 ** 2)).toBe(
      "Training this network takes about 54.4 MB, and this device may have only 33.6 MB to spare: the browser may end the page.",
    );
  });

  test("is not offered where the network fits, trainable or not", () => {
    expect(shown(of({}))).toBe("");
    expect(shown(of({ layers: [] }))).toBe("");
    expect(shown(of({ layers: [output] }))).toBe("");
  });
});
