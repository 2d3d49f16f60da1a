// Wires an engine and the data to the trainer, to the network that only answers, to the laboratory and to the lens, and exposes them;
// all the work is elsewhere. A worker does one of these: what is not used holds nothing.
import { expose, proxy } from "comlink";
import { createLoader } from "@/lib/datasets/loader";
import { selectEngine } from "@/lib/engines/select";
import type { LensApi } from "@/lib/lens/contract";
import type { Lens } from "@/lib/lens/lens";
import type { LabApi, NetworkApi, TrainerApi, WorkerApi } from "@/lib/training/contract";
import type { Lab } from "@/lib/training/lab";
import type { Network } from "@/lib/training/network";
import { Trainer } from "@/lib/training/trainer";

const trainer = new Trainer({
  openDataset: (dataset, onProgress, quick) => createLoader(dataset, { onProgress, quick }),
  selectEngine,
  now: () => performance.now(),
  // A run is over before it is kept more often than not: what keeps it is downloaded after the first steps.
  checkpoints: {
    claim: async (id, onAsked) =>
      (await import("@/lib/training/checkpoint-claim")).browserCheckpoints.claim(id, onAsked),
  },
});

/** Downloaded when somebody asks: most pages never do. Where it did not come, the next one asks anew. */
function onDemand<T>(download: () => Promise<T>): () => Promise<T> {
  let there: Promise<T> | null = null;
  return () => {
    there ??= download();
    there.catch(() => {
      there = null;
    });
    return there;
  };
}

const openNetwork = onDemand<Network>(async () => {
  const { Network } = await import("@/lib/training/network");
  return new Network({ openDataset: (dataset) => createLoader(dataset), selectEngine });
});

const openLab = onDemand<Lab>(async () => {
  const { Lab } = await import("@/lib/training/lab");
  return new Lab({
    openDataset: (dataset) => createLoader(dataset),
    selectEngine,
    createReference: async () => new (await import("@/lib/engines/reference/engine")).ReferenceEngine(),
  });
});

const openLens = onDemand<Lens>(async () => {
  const { Lens } = await import("@/lib/lens/lens");
  return new Lens({ openDataset: (dataset) => createLoader(dataset), selectEngine });
});

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
    open: async (spec, weights) => (await openNetwork()).open(spec, weights),
    predict: async (images) => (await openNetwork()).predict(images),
    predictTest: async (rows) => (await openNetwork()).predictTest(rows),
    evaluate: async () => (await openNetwork()).evaluate(),
  } satisfies NetworkApi),
  lab: proxy({
    gradientStep: async (batch) => (await openLab()).gradientStep(batch),
    gradients: async (batch) => (await openLab()).gradients(batch),
    tiny: async (question) => (await openLab()).tiny(question),
  } satisfies LabApi),
  lens: proxy({
    open: async (spec, weights, locked) => (await openLens()).open(spec, weights, locked),
    look: async (weights) => (await openLens()).look(weights),
    ask: async (kind, question) => (await openLens()).ask(kind, question),
  } satisfies LensApi),
} satisfies WorkerApi);
