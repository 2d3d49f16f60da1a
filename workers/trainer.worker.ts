// Wires an engine and the data to the trainer, to the network that only answers and to the laboratory, and exposes them;
// all the work is elsewhere. A worker does one of these: what is not used holds nothing.
import { expose, proxy } from "comlink";
import { createLoader } from "@/lib/datasets/loader";
import { selectEngine } from "@/lib/engines/select";
import { browserCheckpoints } from "@/lib/training/checkpoint-claim";
import type { LabApi, NetworkApi, TrainerApi, WorkerApi } from "@/lib/training/contract";
import type { Lab } from "@/lib/training/lab";
import { Network } from "@/lib/training/network";
import { Trainer } from "@/lib/training/trainer";

const trainer = new Trainer({
  openDataset: (dataset, onProgress, quick) => createLoader(dataset, { onProgress, quick }),
  selectEngine,
  now: () => performance.now(),
  checkpoints: browserCheckpoints,
});

const network = new Network({ openDataset: (dataset) => createLoader(dataset), selectEngine });

let lab: Promise<Lab> | null = null;

/** Downloaded when somebody asks: most pages never do. Where it did not come, the next one asks anew. */
function openLab(): Promise<Lab> {
  lab ??= import("@/lib/training/lab").then(
    ({ Lab }) =>
      new Lab({
        openDataset: (dataset) => createLoader(dataset),
        selectEngine,
        createReference: async () => new (await import("@/lib/engines/reference/engine")).ReferenceEngine(),
      }),
  );
  lab.catch(() => {
    lab = null;
  });
  return lab;
}

expose({
  trainer: proxy({
    load: (spec, engine, listener, options) => trainer.load(spec, engine, listener, options),
    train: () => trainer.train(),
    allowData: () => trainer.allowData(),
    pause: () => trainer.pause(),
    resume: () => trainer.resume(),
    stop: () => trainer.stop(),
    continueTraining: (epochs) => trainer.continueTraining(epochs),
    resumeKept: () => trainer.resumeKept(),
    keepNow: () => trainer.keepNow(),
    loadBest: () => trainer.loadBest(),
    openTest: () => trainer.openTest(),
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
  lab: proxy({
    gradientStep: async (batch) => (await openLab()).gradientStep(batch),
    gradients: async (batch) => (await openLab()).gradients(batch),
    tiny: async (question) => (await openLab()).tiny(question),
  } satisfies LabApi),
} satisfies WorkerApi);
