import { expect, test } from "vitest";
import { recordWith } from "@/lib/metrics/testing";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { compareCsv, runCsv } from "./compare-csv";

test("every number of a run stands in a row of its own, at its epoch", () => {
  const experiment = parseExperiment({
    ...firstRun,
    dataset: { id: "mnist", trainLimit: 40 },
    validation: { split: 0 },
    training: { epochs: 1, batchSize: 10 },
  });
  const series = { steps: 4, stride: 2, means: [2, 1] };
  const [epoch] = recordWith({}).history;
  const record = recordWith({
    experiment,
    steps: 4,
    curves: { loss: series, accuracy: series },
    history: [{ ...epoch!, loss: 1.5, valLoss: 1.25 }],
  });
  const readers = {
    trainOf: ({ loss }: { loss: number }) => loss,
    validationOf: ({ valLoss }: { valLoss: number | null }) => valLoss,
  };
  const plain = recordWith({ experiment, curves: { loss: series, accuracy: series } });
  const lines = compareCsv(
    [
      { name: "First, run", record },
      { name: "Other", record: plain },
    ],
    "loss",
    readers,
  ).split("\r\n");
  expect(lines).toEqual([
    "run,name,line,epoch,loss",
    'A,"First, run",batches,0.25,2',
    'A,"First, run",batches,0.75,1',
    'A,"First, run",training,1,1.5',
    'A,"First, run",validation,1,1.25',
    "B,Other,batches,0.25,2",
    "B,Other,batches,0.75,1",
    "B,Other,training,1,0.3",
    "",
  ]);
});

test("a run alone has rows without a letter, with every digit of its values", () => {
  const [epoch] = recordWith({}).history;
  const run = {
    series: { steps: 3, stride: 1, means: [2.123456789012345, 1, 0.5] },
    history: [{ ...epoch!, accuracy: 1 / 3, valAccuracy: 0.25 }],
    stepsPerEpoch: 2,
  };
  const readers = {
    trainOf: ({ accuracy }: { accuracy: number }) => accuracy,
    validationOf: ({ valAccuracy }: { valAccuracy: number | null }) => valAccuracy,
  };
  expect(runCsv(run, "accuracy", readers).split("\r\n")).toEqual([
    "line,epoch,accuracy",
    "batches,0.25,2.123456789012345",
    "batches,0.75,1",
    "batches,1.25,0.5",
    "training,1,0.3333333333333333",
    "validation,1,0.25",
    "",
  ]);
});
