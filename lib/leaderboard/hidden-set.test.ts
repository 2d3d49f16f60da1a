import { beforeAll, describe, expect, test } from "vitest";
import { mnistFromDisk } from "../datasets/testing";
import { mnist } from "../spec/datasets/mnist";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import * as presets from "../spec/presets/registry";
import { buildProgram } from "../spec/program";
import { calibration } from "./calibration";
import { drawHiddenSet } from "./hidden-set";
import { testJudge } from "./testing/judge";
import { trained } from "./testing/trained";

const SECRET = "a secret for tests alone";
let images: Uint8Array;

beforeAll(async () => {
  images = (await mnistFromDisk().images("test", 0)).slice(0, 200 * 784);
});

const difference = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
const ink = (all: Uint8Array, n: number) =>
  all.subarray(784 * n, 784 * (n + 1)).reduce((sum, value) => sum + value, 0);

describe("the hidden images", () => {
  test("are the same for the same secret and season, and others for others", async () => {
    const one = await drawHiddenSet(images, mnist, SECRET, 1);
    expect(await drawHiddenSet(images, mnist, SECRET, 1)).toEqual(one);
    for (const other of [
      await drawHiddenSet(images, mnist, SECRET, 2),
      await drawHiddenSet(images, mnist, `${SECRET}.`, 1),
      images,
    ])
      expect(difference(one, other)).toBeGreaterThan(3);
  });

  test("are still the digits that they were made of: as much ink, in about the same place", async () => {
    const hidden = await drawHiddenSet(images, mnist, SECRET, 1);
    for (let n = 0; n < 200; n++) {
      const ratio = ink(hidden, n) / ink(images, n);
      expect(ratio).toBeGreaterThan(0.75);
      expect(ratio).toBeLessThan(1.3);
    }
    // Two digits of different classes differ by about 45 a pixel.
    expect(difference(hidden, images)).toBeLessThan(25);
  });

  test("one image's draw does not depend on how many there are", async () => {
    const few = await drawHiddenSet(images.subarray(0, 10 * 784), mnist, SECRET, 1);
    expect((await drawHiddenSet(images, mnist, SECRET, 1)).subarray(0, 10 * 784)).toEqual(few);
  });
});

test("the published calibration holds for the lesson's network, trained here and measured with another secret", async () => {
  const { clean, hidden, parameters } = calibration.find(({ preset }) => preset === "firstRunPreset")!;
  const experiment = parseExperiment(firstRun);
  const { weights } = await trained(experiment);
  const { accuracies } = await (await testJudge(SECRET)).evaluate(experiment, weights);
  expect(accuracies.clean).toBe(clean);
  expect(accuracies.hidden).toBeGreaterThan(hidden[0] - 0.003);
  expect(accuracies.hidden).toBeLessThan(hidden[1] + 0.003);
  expect(buildProgram(experiment).parameters).toBe(parameters);
}, 60_000);

test("every calibrated recipe is a preset with as many parameters", () => {
  for (const { preset, parameters, title } of calibration) {
    const experiment = parseExperiment(presets[preset].experiment);
    expect([experiment.title, buildProgram(experiment).parameters]).toEqual([title, parameters]);
  }
});
