// Wires an engine and the data to the trainer and to the network that only answers, and exposes them; all the work is
// elsewhere. A worker does one or the other: what is not used holds nothing.
import { expose, proxy } from "comlink";
import { createLoader } from "@/lib/datasets/loader";
import { selectEngine } from "@/lib/engines/select";
import type { NetworkApi, TrainerApi, WorkerApi } from "@/lib/training/contract";
import { Network } from "@/lib/training/network";
import { Trainer } from "@/lib/training/trainer";

const trainer = new Trainer({
  openDataset: (dataset, onProgress) => createLoader(dataset, { onProgress }),
  selectEngine,
  now: () => performance.now(),
});

const network = new Network({ openDataset: (dataset) => createLoader(dataset), selectEngine });

expose({
  trainer: proxy({
    load: (spec, engine, listener) => trainer.load(spec, engine, listener),
    train: () => trainer.train(),
    pause: () => trainer.pause(),
    resume: () => trainer.resume(),
    stop: () => trainer.stop(),
    continueTraining: (epochs) => trainer.continueTraining(epochs),
    evaluate: () => trainer.evaluate(),
    predictTest: (rows) => trainer.predictTest(rows),
    predict: (images) => trainer.predict(images),
    snapshot: () => trainer.snapshot(),
    memory: () => trainer.memory(),
  } satisfies TrainerApi),
  network: proxy({
    open: (spec, weights) => network.open(spec, weights),
    predict: (images) => network.predict(images),
    predictTest: (rows) => network.predictTest(rows),
    evaluate: () => network.evaluate(),
  } satisfies NetworkApi),
} satisfies WorkerApi);
