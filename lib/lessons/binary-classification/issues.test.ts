import { describe, expect, test } from "vitest";
import { mnistFromDisk } from "../../datasets/testing";
import { ReferenceEngine } from "../../engines/reference/engine";
import { wasmFromDisk } from "../../engines/wasm/testing";
import { earlyStopping, restoresBest } from "../../metrics/callbacks";
import { diagnose, type Issue, issues } from "../../metrics/diagnosis";
import { parseExperiment } from "../../spec/experiment";
import { countSamples } from "../../spec/samples";
import { Lab } from "../../training/lab";
import { replay } from "../../training/replay";
import type { ExperimentInput } from "../define";
import type { RunFacts } from "../facts";
import { logistic, network } from "./experiments";
import { cardRuns, issueCards } from "./issues";

const source = mnistFromDisk();
const lab = new Lab({
  openDataset: () => source,
  selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
  createReference: async () => new ReferenceEngine(),
});

/** Trains on real MNIST, as a page would, and looks at the gradients at both ends. */
async function observe(input: ExperimentInput) {
  const spec = parseExperiment(input);
  const engine = await wasmFromDisk();
  const { history, weights, test } = await replay(spec, { openDataset: () => source, engine });
  engine.dispose();
  const restoredEpoch = restoresBest(spec) ? earlyStopping(spec, history)!.best : null;
  const before = (await lab.gradients({ spec })).arrays;
  const after = (await lab.gradients({ spec, weights })).arrays;
  return { spec, history, restoredEpoch, test, gradients: { before, after } };
}
type Observed = Awaited<ReturnType<typeof observe>>;

const factsOf = ({ spec, history, restoredEpoch, test }: Observed): RunFacts => ({
  ...{ spec, state: "done", before: null, history, continuedFrom: 0, stopped: false },
  ...{ restoredEpoch, test, elapsedMs: 1 },
});

const named = (observed: Parameters<typeof diagnose>[0]): Issue[] =>
  diagnose(observed).map(({ issue }) => issue);

/** What the evidence and the remedy must say of each seeded run. */
const says: Record<Issue, { evidence: RegExp; remedy: RegExp }> = {
  notLearning: {
    evidence: /loss is 0\.71.*only guesses has 0\.69.*a step changes the weights by 0\.0006 % of their own/s,
    remedy: /too small: raise the learning rate, to about 0\.2\.$/,
  },
  overfitting: {
    evidence:
      /100\.0 % of the training images.*92\.\d %.*lowest after epoch 1,.*risen to 0\.4.*200 images.*0\.0\d+ % as long/s,
    remedy: /^Train on more images, 11,982 are there/,
  },
  underfitting: {
    evidence: /43\.9 % of the training images.*both are low.*1,600 parameters.*times as long as at first/s,
    remedy: /^Make the network larger/,
  },
};

describe.each(issues)("the card %s", (issue) => {
  const { ill, mended, change } = issueCards[issue];

  test("is brought about by its seeded run, with the evidence, and by nothing else; its mended run is sound", async () => {
    const sick = await observe(ill);
    expect(named(sick)).toEqual([issue]);
    const [{ evidence, remedy }] = diagnose(sick) as [ReturnType<typeof diagnose>[number]];
    expect(evidence.join("\n")).toMatch(says[issue].evidence);
    expect(remedy).toMatch(says[issue].remedy);
    // What the step's check goes by has no gradients.
    expect(named({ ...sick, gradients: null })).toEqual([issue]);

    const sound = await observe(mended);
    expect(named(sound)).toEqual([]);
    expect(sound.test.accuracy).toBeGreaterThan(0.93);

    const [a, b] = [factsOf(sick), factsOf(sound)];
    expect(cardRuns({ runs: [a, b] }, issue)).toEqual({ ill: a, mended: b });
    const title = { ...a, spec: { ...a.spec, title: "Mine" } };
    expect(cardRuns({ runs: [title] }, issue).ill).toBe(title);
    const changed = { ...a, spec: { ...a.spec, seed: 77 } };
    expect(cardRuns({ runs: [{ ...a, state: "training" }, changed] }, issue).ill).toBeUndefined();
    expect(cardRuns({ runs: [{ ...b, history: a.history }] }, issue).mended).toBeUndefined();
    for (const other of issues.filter((name) => name !== issue))
      expect(cardRuns({ runs: [a, b] }, other)).toEqual({ ill: undefined, mended: undefined });
  });

  test("tells truly what the mended experiment has more", () => {
    const numbers = [ill, mended].flatMap((input) => {
      const spec = parseExperiment(input);
      const hidden = spec.layers.find((layer) => layer.kind === "dense")!;
      return {
        notLearning: [spec.optimizer.learningRate],
        overfitting: [countSamples(spec).train],
        underfitting: [hidden.kind === "dense" ? hidden.units : 0],
      }[issue];
    });
    expect(change.match(/\d[\d,.]*/g)!.map((text) => Number(text.replace(",", "")))).toEqual(
      numbers.reverse(),
    );
  });
});

const ten = (layers: readonly object[], more: object = {}): ExperimentInput => ({
  version: 1,
  title: "Ten digits",
  dataset: { id: "mnist", trainLimit: 12_000 },
  layers: [...layers, { kind: "dense", units: 10, activation: "softmax" }],
  optimizer: { kind: "adam", learningRate: 0.001 },
  training: { epochs: 5, batchSize: 32, shuffle: true },
  ...more,
});
const flatten = { kind: "flatten" };
const relu = (units: number) => ({ kind: "dense", units, activation: "relu" });
const conv = (filters: number) => ({ kind: "conv2d", filters, kernelSize: 3, activation: "relu" });
const pool = { kind: "maxPooling2d" };
const validated = { validation: { split: 0.2, from: "first" } };

const healthy: Record<string, ExperimentInput> = {
  "the lesson's network, with another seed": { ...network, ...validated, seed: 2 },
  "logistic regression without validation": { ...logistic, seed: 3 },
  "zeros and ones by mean squared error": { ...network, ...validated, loss: "meanSquaredError", seed: 4 },
  "fours and nines by two softmax units": {
    ...network,
    ...validated,
    dataset: { id: "mnist", classes: [4, 9] },
    layers: [flatten, relu(32), { kind: "dense", units: 2, activation: "softmax" }],
    loss: "sparseCategoricalCrossentropy",
  },
  "plain SGD": ten([flatten, relu(64)], { optimizer: { kind: "sgd", learningRate: 0.1 }, seed: 5 }),
  "RMSprop, two hidden layers": ten([flatten, relu(128), relu(64)], {
    optimizer: { kind: "rmsprop", learningRate: 0.001 },
  }),
  AdaGrad: ten([flatten, relu(64)], { optimizer: { kind: "adagrad", learningRate: 0.03 }, seed: 6 }),
  "as few images as the small digits have": ten([flatten, relu(64)], {
    dataset: { id: "mnist", trainLimit: 1437 },
    validation: { split: 0.2, from: "last" },
    training: { epochs: 10, batchSize: 32, shuffle: true },
  }),
  "dropout and batch normalization": ten([
    flatten,
    { kind: "dense", units: 64, activation: "linear" },
    { kind: "batchNormalization" },
    { kind: "activation", activation: "relu" },
    { kind: "dropout", rate: 0.3 },
  ]),
  "a convolutional network": ten([conv(8), pool, conv(16), pool, flatten], {
    dataset: { id: "mnist", trainLimit: 6000 },
    training: { epochs: 3, batchSize: 32, shuffle: true },
    seed: 7,
  }),
};

describe("a sound run", () => {
  test("there are ten kinds of", () => {
    expect(Object.keys(healthy)).toHaveLength(10);
  });

  test.each(Object.entries(healthy))("has none of the issues: %s", async (_, input) => {
    const observed = await observe(input);
    expect(observed.test.accuracy).toBeGreaterThan(0.85);
    expect(diagnose(observed)).toEqual([]);
    expect(diagnose({ ...observed, gradients: null })).toEqual([]);
  });
});
