// Wires an engine and the data to the trainer and exposes it; all the work is elsewhere.
import { expose } from "comlink";
import { createLoader } from "@/lib/datasets/loader";
import { selectEngine } from "@/lib/engines/select";
import type { TrainerApi } from "@/lib/training/contract";
import { Trainer } from "@/lib/training/trainer";

const trainer = new Trainer({
  openDataset: (dataset, onProgress) => createLoader(dataset, { onProgress }),
  selectEngine,
  now: () => performance.now(),
});

expose({
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
} satisfies TrainerApi);
