// For tests only: trains on real images with our own engine, and looks at the run as the page does.
import type { DatasetSource } from "../datasets/source";
import { mnistFromDisk } from "../datasets/testing";
import { wasmFromDisk } from "../engines/wasm/testing";
import { probeBatch } from "../lens/probe";
import { dataFacts } from "../metrics/data-facts";
import { parseExperiment } from "../spec/experiment";
import { buildProgram, initialWeights } from "../spec/program";
import { datasetOf, epochOrder, mapLabels, selectSamples } from "../spec/samples";
import { emptyRun, type Run, reduceRun } from "../store/reduce";
import { readTrainImages } from "../training/feed";
import { create } from "../training/testing";
import type { Observed } from "./observed";

const mnist = mnistFromDisk();

export interface Case extends Observed {
  run: Run;
}

export async function observe(input: unknown, source: DatasetSource = mnist): Promise<Case> {
  const spec = parseExperiment(input);
  const engine = await wasmFromDisk();
  const { trainer, recorder } = create({
    openDataset: () => source,
    selectEngine: async () => ({ engine, reports: [], alternatives: [] }),
  });
  await trainer.load(spec, "wasm", recorder.send);
  await trainer.train();
  const run = recorder.events.reduce(reduceRun, { ...emptyRun, spec });
  const weights = run.state === "failed" ? null : (await trainer.snapshot()).weights;
  engine.dispose();
  const program = buildProgram(spec);
  const dataset = datasetOf(spec);
  const all = { train: await source.labels("train"), test: await source.labels("test") };
  const { train } = selectSamples(spec, all);
  const mapped = mapLabels(spec, all.train);
  const take = async (rows: Uint32Array) => ({
    images: await readTrainImages(source, dataset, rows),
    labels: Uint8Array.from(rows, (row) => mapped[row]!),
  });
  const batch = {
    ...(await take(epochOrder(spec, train, 0).subarray(0, 64))),
    scale: dataset.scale,
    seed: spec.seed,
  };
  const looked = await take(train.subarray(0, 2000));
  const counts = new Array<number>(program.classes).fill(0);
  for (const row of train) counts[mapped[row]!]! += 1;
  return {
    run,
    spec,
    over: true,
    history: run.history,
    restoredEpoch: run.restoredEpoch,
    before: run.before,
    loss: run.loss,
    diverged: run.failure?.code === "diverged",
    probes: {
      first: probeBatch(program, initialWeights(program, spec.seed), batch),
      now: weights && probeBatch(program, weights, batch),
    },
    data: dataFacts(looked.images, looked.labels, dataset.scale, counts),
  };
}
