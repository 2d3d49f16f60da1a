import { beforeAll, expect, test } from "vitest";
import type { DatasetSource } from "../datasets/source";
import { digitsFromDisk, mnistFromDisk } from "../datasets/testing";
import { type DatasetId, type ExperimentSpec, parseExperiment } from "./experiment";
import { digits8x8 } from "./presets/digits8x8";
import { firstRun } from "./presets/first-run";
import { countSamples, epochOrder, mapLabels, selectSamples, stepsPerEpoch } from "./samples";

const first = parseExperiment(firstRun);
const change = (parts: Partial<ExperimentSpec>): ExperimentSpec => ({ ...first, ...parts });
type Labels = { train: Uint8Array; test: Uint8Array };
let labels: Labels;
let labelsOf: Record<DatasetId, Labels>;

beforeAll(async () => {
  const read = async (source: DatasetSource): Promise<Labels> => ({
    train: await source.labels("train"),
    test: await source.labels("test"),
  });
  labelsOf = { mnist: await read(mnistFromDisk()), digits: await read(digitsFromDisk()) };
  labels = labelsOf.mnist;
});

const digits = parseExperiment(digits8x8.experiment);
const specs: [string, ExperimentSpec, number[]][] = [
  ["the first lesson", first, [48000, 12000, 10000, 1500]],
  [
    "no validation, batches of 64",
    change({ validation: { split: 0, from: "first" }, training: { ...first.training, batchSize: 64 } }),
    [60000, 0, 10000, 938],
  ],
  [
    "6,400 images",
    change({ dataset: { id: "mnist", classes: null, trainLimit: 6400 } }),
    [5120, 1280, 10000, 160],
  ],
  [
    "zeros and ones",
    change({ dataset: { id: "mnist", classes: [0, 1], trainLimit: null } }),
    [10132, 2533, 2115, 317],
  ],
  ["the digits, the last fifth kept as Keras keeps it", digits, [1149, 288, 360, 36]],
  [
    "the digits, the first fifth kept",
    { ...digits, validation: { split: 0.2, from: "first" } },
    [1150, 287, 360, 36],
  ],
  [
    "four fifths kept from the back, of which floating point takes no image",
    change({
      dataset: { id: "mnist", classes: null, trainLimit: 1000 },
      validation: { split: 0.8, from: "last" },
    }),
    [200, 800, 10000, 7],
  ],
  [
    "one image, of which none can be kept",
    { ...digits, dataset: { ...digits.dataset, trainLimit: 1 } },
    [1, 0, 360, 1],
  ],
];

test.each(specs)("counts %s without looking at any data, and the real labels agree", (_, spec, expected) => {
  const { train, validation, test } = countSamples(spec);
  expect([train, validation, test, stepsPerEpoch(spec)]).toEqual(expected);
  const rows = selectSamples(spec, labelsOf[spec.dataset.id]);
  expect([rows.train.length, rows.validation.length, rows.test.length]).toEqual([train, validation, test]);
});

test("validation comes from the first or the last end, and never overlaps training", () => {
  const head = selectSamples(first, labels);
  expect([head.validation[0], head.validation.at(-1), head.train[0], head.train.at(-1)]).toEqual([
    0, 11999, 12000, 59999,
  ]);
  const tail = selectSamples(change({ validation: { split: 0.2, from: "last" } }), labels);
  expect([tail.train[0], tail.train.at(-1), tail.validation[0], tail.validation.at(-1)]).toEqual([
    0, 47999, 48000, 59999,
  ]);
});

test("a class filter keeps those classes only and numbers them by their place in the filter", () => {
  const spec = change({ dataset: { id: "mnist", classes: [7, 3], trainLimit: null } });
  const { train } = selectSamples(spec, labels);
  const mapped = mapLabels(spec, labels.train);
  for (const row of train) expect([7, 3][mapped[row]!]).toBe(labels.train[row]);
});

test("epoch 1 walks the shards in file order and shuffles within each; later epochs shuffle everything", () => {
  const { train } = selectSamples(first, labels);
  const order = epochOrder(first, train, 0);
  for (let i = 0; i < order.length; i++) expect(Math.floor(order[i]! / 1000)).toBe(12 + Math.floor(i / 1000));
  expect([...order.subarray(0, 1000)].sort((a, b) => a - b)).toEqual([...train.subarray(0, 1000)]);
  expect(order.subarray(0, 1000)).not.toEqual(train.subarray(0, 1000));
  const later = epochOrder(first, train, 1);
  expect(new Set(later.subarray(0, 1000).map((row) => Math.floor(row / 1000))).size).toBeGreaterThan(40);
  expect(later.toSorted()).toEqual(train);
  expect(later).not.toEqual(epochOrder(first, train, 2));
  expect(later).toEqual(epochOrder(first, train, 1));
  expect(later).not.toEqual(epochOrder({ ...first, seed: 2 }, train, 1));
});

test("without shuffling every epoch is in file order", () => {
  const spec = change({ training: { ...first.training, shuffle: false } });
  const { train } = selectSamples(spec, labels);
  expect(epochOrder(spec, train, 3)).toEqual(train);
});
