import { describe, expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { residualNetwork } from "../spec/presets/residual-network";
import { drawableTitle, previewOf } from "./preview";
import { placeBlocks } from "./preview-layout";

const of = (changes: object): ExperimentSpec => parseExperiment({ ...firstRun, ...changes });
const output = { kind: "dense", units: 10, activation: "softmax" };
const frame = { width: 1000, height: 200, mostWide: 100, mostGap: 80, faint: 10 };
const deep = of({
  layers: [
    { kind: "flatten" },
    ...Array.from({ length: 30 }, () => ({ kind: "dense", units: 4096 })),
    output,
  ],
});

describe("what a picture says", () => {
  test("is the title, what it is made of, and a block for each layer", () => {
    const { headline, description, dataset, input, layers } = previewOf(of({}));
    expect(headline).toBe("First run");
    expect(description).toBe("784-128-64-10 · Adam .001 · 109,386 parameters");
    expect(dataset).toBe("MNIST digits");
    expect(input.label).toBe("28×28");
    expect(layers.map(({ label, parameters }) => [label, parameters])).toEqual([
      [null, 0],
      ["128", 100_480],
      ["64", 8256],
      ["10", 650],
    ]);
  });

  test("names layers that give images, and passes over those without a matrix of weights", () => {
    const { layers } = previewOf(parseExperiment(residualNetwork.experiment));
    const named = layers.flatMap(({ label }) => label ?? []);
    expect(named).toEqual(["conv 16", "residual 16", "residual 32", "10"]);
    expect(layers.find(({ label }) => label === "residual 32")?.isImage).toBe(true);
  });

  test("is the network where there is no title that can be drawn", () => {
    for (const title of ["", "  ", "Digits 🔥", "شبكة عصبية", "©", "a\u00adb", "\u0000", "\ud800", "数字"]) {
      const { headline, description } = previewOf(of({ title }));
      expect(headline).toBe("784-128-64-10");
      expect(description).toBe("Adam .001 · 109,386 parameters");
    }
  });

  test("counts the layers of a network that is too long to be written out", () => {
    expect(previewOf(deep)).toMatchObject({ description: "32 layers · Adam .001 · 489,914,378 parameters" });
    expect(previewOf({ ...deep, title: "" })).toMatchObject({ headline: "32 layers" });
  });

  test("has a question mark and no height for what a problem leaves unknown", () => {
    const { description, layers } = previewOf(of({ layers: [{ kind: "dense" }, output] }));
    expect(description).toBe("784-? · Adam .001");
    expect(layers.map(({ label, height }) => [label, height])).toEqual([
      ["?", null],
      ["?", null],
    ]);
  });
});

test("a title keeps every character that English and its neighbours are written with", () => {
  for (const title of ["Größe — “naïve” où… ½ × ’x’", "a < b && c > d", "100% #1 *"])
    expect(drawableTitle(` ${title} `)).toBe(title);
});

describe("the blocks' places", () => {
  test("are within the frame for any network, one after the other", () => {
    for (const spec of [of({}), deep, of({ layers: [] }), parseExperiment(residualNetwork.experiment)]) {
      let end = 0;
      for (const { x, y, width, tall } of placeBlocks(previewOf(spec), frame)) {
        expect(x).toBeGreaterThanOrEqual(end);
        expect(width).toBeGreaterThan(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y + tall).toBeLessThanOrEqual(frame.height + 1e-9);
        end = x + width;
      }
      expect(end).toBeLessThanOrEqual(frame.width + 1e-9);
    }
  });

  test("are the taller, the more numbers a layer gives, and the input is a square", () => {
    const [input, , ...dense] = placeBlocks(previewOf(of({})), frame);
    expect(input!.tall).toBe(input!.width);
    const heights = dense.map(({ tall }) => tall);
    expect(heights).toEqual([...heights].sort((a, b) => b - a));
    expect(new Set(heights).size).toBe(3);
  });
});
