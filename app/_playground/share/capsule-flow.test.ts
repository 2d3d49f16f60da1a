import { describe, expect, test } from "vitest";
import { decodeCapsule, MAX_CAPSULE_PARAMETERS, whyNoCapsule } from "@/lib/share/capsule";
import { atOnce } from "@/lib/share/testing";
import { type ExperimentSpec, parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { buildProgram, initialWeights } from "@/lib/spec/program";
import { makeCapsule } from "./capsule-flow";

const spec = parseExperiment({
  ...firstRun,
  layers: [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "softmax" }],
});
const weights = initialWeights(buildProgram(spec), 7);
const large = parseExperiment({
  ...firstRun,
  layers: [
    { kind: "flatten" },
    { kind: "dense", units: 320, activation: "relu" },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
});

describe("a trained network in a link", () => {
  test("is measured with the weights that the link holds, not with those that were trained", async () => {
    const measured: (readonly Float32Array[])[] = [];
    const { text, testAccuracy } = await makeCapsule(spec, {
      readWeights: async () => weights,
      async measure(experiment: ExperimentSpec, shortened) {
        expect(experiment).toBe(spec);
        measured.push(shortened);
        return 0.9;
      },
    });
    expect(testAccuracy).toBe(0.9);
    expect(measured).toEqual([atOnce(decodeCapsule(spec, text))]);
    expect(measured[0]).not.toEqual(weights);
  });

  test("is refused with the numbers where the network is too large, before anything is asked of it", async () => {
    const sentence = "This network has 254,410 parameters; a link holds the weights of at most 250,000.";
    expect(MAX_CAPSULE_PARAMETERS).toBe(250_000);
    expect(whyNoCapsule(buildProgram(large))).toBe(sentence);
    expect(whyNoCapsule(buildProgram(spec))).toBeNull();
    const never = () => Promise.reject(new Error("It was asked."));
    await expect(makeCapsule(large, { readWeights: never, measure: never })).rejects.toThrow(sentence);
  });

  test("needs a network that is still there", async () => {
    const parts = { readWeights: async () => null, measure: async () => 1 };
    await expect(makeCapsule(spec, parts)).rejects.toThrow("There is no trained network any more");
  });
});
