import { beforeAll, describe, expect, test } from "vitest";
import { emptySeries } from "../metrics/series";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { buildProgram } from "../spec/program";
import { examine, type RuleKind } from "./doctor";
import type { Observed } from "./observed";
import { rules } from "./registry";
import { healthy } from "./testing/healthy";
import { type Case, observe } from "./testing/observe";
import { mislabelled, sick } from "./testing/sick";

const kinds = Object.keys(sick) as RuleKind[];
const rulesOf = (observed: Observed) => examine(observed).map(({ rule }) => rule);

/** What the examination goes by where nothing of a run is known but its history. */
const onlyHistory = (observed: Observed): Observed => ({ ...observed, probes: null, data: null });

describe("every rule has a seeded sick experiment", () => {
  test("of its own", () => {
    expect(kinds.toSorted()).toEqual(rules.map(({ kind }) => kind).toSorted());
  });

  describe.each(kinds)("%s", (kind) => {
    const { experiment, source, seen, mend, gains, remains } = sick[kind];
    let ill: Case;
    let mended: Case;
    const findingOf = (observed: Observed) => examine(observed).find(({ rule }) => rule === kind);

    beforeAll(async () => {
      ill = await observe(experiment, source);
      mended = await observe(findingOf(ill)!.mend!.spec, source);
    });

    test("is found, with the numbers that show it and a picture that says what it shows", () => {
      const finding = findingOf(ill)!;
      expect(finding.seen[0]).toMatch(seen);
      expect(finding.seen.join(" ")).not.toMatch(/NaN|undefined|Infinity/);
      expect(finding.why).toMatch(/^[A-Z].*\.$/);
      const { picture } = finding;
      const values =
        picture.kind === "bars"
          ? picture.bars.map(({ value }) => value)
          : picture.lines.flatMap((line) => line.values);
      expect(values.length).toBeGreaterThan(0);
      expect(values.every(Number.isFinite)).toBe(true);
      if (picture.kind === "bars") expect(picture.bars.some(({ marked }) => marked)).toBe(true);
    });

    test("is mended by an experiment that can be trained and does better", () => {
      const { label, spec } = findingOf(ill)!.mend!;
      expect(label).toMatch(mend);
      expect(parseExperiment(spec)).toEqual(spec);
      expect(buildProgram(spec).problems.filter(({ severity }) => severity === "error")).toEqual([]);
      // A run whose loss stopped being a number has no test accuracy: guessing's stands in for it.
      const before = ill.run.test?.accuracy ?? 0.1;
      expect(100 * (mended.run.test!.accuracy - before)).toBeGreaterThan(gains);
      expect(findingOf(mended) === undefined).toBe(remains !== true);
    });
  });
});

describe("a sound run", () => {
  test("there are twenty of", () => {
    expect(Object.keys(healthy)).toHaveLength(20);
  });

  test.each(Object.entries(healthy))("has nothing to be found: %s", async (_, input) => {
    const observed = await observe(input);
    expect(observed.run.test!.accuracy).toBeGreaterThan(0.85);
    expect(rulesOf(observed)).toEqual([]);
    expect(rulesOf(onlyHistory(observed))).toEqual([]);
    // Nor at any time while it trains.
    for (let epochs = 1; epochs < observed.history.length; epochs++)
      expect(rulesOf({ ...observed, over: false, history: observed.history.slice(0, epochs) })).toEqual([]);
  });
});

describe("what is found", () => {
  const spec = parseExperiment(firstRun);
  const nothing: Observed = {
    ...{ spec, over: true, history: [], restoredEpoch: null, before: null, loss: emptySeries },
    ...{ diverged: false, probes: null, data: null },
  };
  /** Epochs as [loss, accuracy, validation loss, validation accuracy]. */
  const epochs = (...rows: [number, number, number?, number?][]) =>
    rows.map(([loss, accuracy, valLoss = null, valAccuracy = null], i) => ({
      ...{ epoch: i + 1, loss, accuracy, valLoss, valAccuracy },
    }));
  const poor = epochs([1.2, 0.5], [1.19, 0.52], [1.18, 0.53]);

  test("is nothing before there is anything to go by", () => {
    expect(examine(nothing)).toEqual([]);
  });

  test("of where a run ends is said once it is over", () => {
    expect(rulesOf({ ...nothing, history: poor })).toEqual(["underfitting"]);
    expect(rulesOf({ ...nothing, history: poor, over: false })).toEqual([]);
  });

  test("is judged at the epoch whose weights are there", () => {
    const parting = epochs([0.5, 0.85, 0.6, 0.82], [0.1, 0.97, 0.5, 0.88], [0.02, 1, 0.7, 0.88]);
    expect(rulesOf({ ...nothing, history: parting })).toEqual(["overfitting"]);
    expect(rulesOf({ ...nothing, history: parting, restoredEpoch: 2 })).toEqual([]);
  });

  test.each([
    ["falls still", {}, epochs([1.5, 0.4], [1.2, 0.5]), "Train for 20 epochs"],
    ["stands still", {}, poor, "Make the hidden layers 8 times as wide"],
    [
      "stands still, where most units are dropped",
      { layers: firstRun.layers.toSpliced(3, 0, { kind: "dropout", rate: 0.8 } as never) },
      poor,
      "Drop 20 % of the units at most",
    ],
    [
      "stands still, where there is no hidden layer",
      { layers: [firstRun.layers[0], firstRun.layers.at(-1)] },
      poor,
      "Add a hidden layer of 64 units",
    ],
  ])("of a poor loss goes by how it moves: it %s", (_, changes, history, label) => {
    const [finding] = examine({ ...nothing, spec: parseExperiment({ ...firstRun, ...changes }), history });
    expect(finding).toMatchObject({ rule: "underfitting", mend: { label } });
    expect(buildProgram(finding!.mend!.spec).problems).toEqual([]);
  });

  test.each([
    ["all are used", {}, "Drop units out, and keep the best epoch", 5],
    [
      "units are dropped already",
      { layers: firstRun.layers.toSpliced(3, 0, { kind: "dropout", rate: 0.2 } as never) },
      "Keep the best epoch",
      5,
    ],
    [
      "few of the images are used",
      { dataset: { id: "mnist", trainLimit: 3000 } },
      "Train on 30,000 images, and keep the best epoch",
      4,
    ],
  ])("of images learned by heart goes by the experiment: %s", (_, changes, label, layers) => {
    const history = epochs([0.5, 0.85, 0.6, 0.82], [0.1, 0.97, 0.5, 0.88], [0.02, 1, 0.7, 0.88]);
    const [finding] = examine({ ...nothing, spec: parseExperiment({ ...firstRun, ...changes }), history });
    expect(finding).toMatchObject({ rule: "overfitting", mend: { label } });
    const { spec: mended } = finding!.mend!;
    expect(mended.layers).toHaveLength(layers);
    expect(mended.callbacks).toMatchObject([{ kind: "earlyStopping", restoreBestWeights: true }]);
    expect(buildProgram(mended).problems).toEqual([]);
  });

  test("explains what comes of it: a symptom is not said beside its cause", () => {
    const images = { images: 2000, mean: 0.8, deviation: 0.006, agreement: 0.75, chance: 0.1 };
    const data = { ...images, counts: new Array<number>(10).fill(200) };
    expect(rulesOf({ ...nothing, history: poor, data })).toEqual(["inputsNotNormalised"]);
  });

  test("of a loss that is no number is told without a look into the network", () => {
    const [finding, ...others] = examine({
      ...nothing,
      diverged: true,
      before: { loss: 2.3, accuracy: 0.1 },
    });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: "learningRateTooHigh",
      mend: { label: "Lower the learning rate to 0.0001" },
    });
  });

  test("of rare classes is what to do where all images are used already", () => {
    const images = { images: 2000, mean: 0.1, deviation: 0.3, agreement: 0.75, chance: 0.1 };
    const counts = [...new Array<number>(9).fill(5000), 40];
    const [finding] = examine({ ...nothing, data: { ...images, counts } });
    expect(finding).toMatchObject({ rule: "imbalance", mend: null });
    expect(finding!.seen).toEqual([
      "Of 45,040 training images, class 9 has 40. An equal share would be 4,504.",
    ]);
    expect(finding!.advice).toMatch(/collect more of these classes/);
  });

  test("of labels that have nothing to do with the images is that no experiment mends it", async () => {
    const experiment = { ...sick.labelsShuffled.experiment, training: { epochs: 2, batchSize: 32 } };
    const [finding] = examine(await observe(experiment, mislabelled(1)));
    expect(finding).toMatchObject({ rule: "labelsShuffled", mend: null });
    expect(finding!.advice).toMatch(/the data set has to be made anew/);
  });
});
