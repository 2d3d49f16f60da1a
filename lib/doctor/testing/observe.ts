// For tests only: trains on real images with our own engine, and looks at the run as the page does.
import type { DatasetSource } from "../../datasets/source";
import { mnistFromDisk } from "../../datasets/testing";
import { wasmFromDisk } from "../../engines/wasm/testing";
import { Lens } from "../../lens/lens";
import { untrained } from "../../lens/testing";
import { parseExperiment } from "../../spec/experiment";
import { emptyRun, type Run, reduceRun } from "../../store/reduce";
import { create } from "../../training/testing";
import type { Observed } from "../observed";

const mnist = mnistFromDisk();

export interface Case extends Observed {
  run: Run;
}

/** Trains an experiment to its end. @param source what it trains on; real MNIST as it is where left out */
export async function observe(input: unknown, source: DatasetSource = mnist): Promise<Case> {
  const spec = parseExperiment(input);
  const selectEngine = async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] });
  const { trainer, recorder } = create({ openDataset: () => source, selectEngine });
  await trainer.load(spec, "wasm", recorder.send);
  await trainer.train();
  const run = recorder.events.reduce(reduceRun, { ...emptyRun, spec });
  const diverged = run.failure?.code === "diverged";
  const lens = new Lens({ openDataset: () => source, selectEngine });
  await lens.open(spec, diverged ? untrained(spec) : (await trainer.snapshot()).weights, false);
  const { first, now, data } = await lens.ask("probe", {});
  return {
    ...{ run, spec, over: true, diverged, data },
    history: run.history,
    restoredEpoch: run.restoredEpoch,
    before: run.before,
    loss: run.loss,
    probes: { first, now: diverged ? null : now },
  };
}
