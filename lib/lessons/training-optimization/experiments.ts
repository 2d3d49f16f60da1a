// What the lesson trains: the first run, and the same with one thing changed.
import { parseExperiment } from "../../spec/experiment";
import { firstRun } from "../../spec/presets/first-run";
import { retitled } from "../checks";

/** 784-128-64-10 on MNIST: 5 epochs in batches of 32, Adam. */
export { firstRun };

const during = (epochs: number) => ({ training: { ...firstRun.training, epochs } });

export const optimizersBase = parseExperiment(retitled(firstRun, "Optimizers"));
export const learningRatesBase = parseExperiment(retitled(firstRun, "Learning rates", during(3)));
export const batchSizesBase = parseExperiment(retitled(firstRun, "Batch sizes", during(3)));

/** The exercises begin with the first run; the reader makes the rest. */
export const widerNetwork = retitled(firstRun, "Exercise 1");
export const stopEarly = retitled(firstRun, "Exercise 2");
