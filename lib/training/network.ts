// A trained network that answers: no loop, no optimizer. What a published run, a saved run and a capsule open in.
import type { DatasetSource } from "../datasets/source";
import type { Engine, EngineSelection, EvaluateResult } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import type { Program } from "../spec/program";
import { datasetOf, mapLabels, selectSamples } from "../spec/samples";
import { checkWeights, trainableProgram } from "./checked";
import type { NetworkApi, Predictions } from "./contract";
import { Feed } from "./feed";
import { asProbabilities } from "./probabilities";

export interface NetworkParts {
  openDataset(dataset: DatasetDefinition): DatasetSource;
  /** Starts the engine that answers: ours, so that the answers are the same on every device. */
  selectEngine(choice: "wasm"): Promise<EngineSelection>;
}

interface Opened {
  spec: ExperimentSpec;
  program: Program;
  engine: Engine;
  feed: Feed;
}

export class Network implements NetworkApi {
  #parts: NetworkParts;
  #opened: Promise<Opened> | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: NetworkParts) {
    this.#parts = parts;
  }

  async open(spec: unknown, weights: readonly Float32Array[]): Promise<void> {
    const former = this.#opened;
    this.#opened = this.#compile(parseExperiment(spec), weights);
    await former?.then(({ engine }) => engine.dispose()).catch(() => {});
    await this.#opened;
  }

  async predict(images: Uint8Array): Promise<Float32Array> {
    const { engine, program } = await this.#network();
    return asProbabilities(await this.#exclusive(() => engine.predict(images)), program);
  }

  async predictTest(rows: readonly number[]): Promise<Predictions> {
    const { spec, feed } = await this.#network();
    const all = await feed.labels();
    const { test } = selectSamples(spec, all);
    const kept = Uint32Array.from(rows, (row) => test[row % test.length]!);
    await feed.ensure("test", kept);
    const images = feed.testImages(kept);
    const labels = mapLabels(spec, all.test);
    return {
      images,
      labels: Uint8Array.from(kept, (row) => labels[row]!),
      probabilities: await this.predict(images),
    };
  }

  async evaluate(): Promise<EvaluateResult> {
    const { spec, engine, feed } = await this.#network();
    const labels = await feed.labels();
    const { test } = selectSamples(spec, labels);
    await feed.ensure("test", test);
    return this.#exclusive(async () => {
      engine.setLabels("test", mapLabels(spec, labels.test));
      return engine.evaluate("test", test);
    });
  }

  async #compile(spec: ExperimentSpec, weights: readonly Float32Array[]): Promise<Opened> {
    const program = trainableProgram(spec);
    checkWeights(program, weights);
    const dataset = datasetOf(spec);
    const { engine } = await this.#parts.selectEngine("wasm");
    const feed = new Feed(this.#parts.openDataset(dataset), engine, dataset);
    engine.compile({
      program,
      optimizer: spec.optimizer,
      augmentation: [],
      weights,
      seed: spec.seed,
      batchSize: 1,
    });
    return { spec, program, engine, feed };
  }

  #network(): Promise<Opened> {
    if (this.#opened === null) throw new Error("open() comes before predicting");
    return this.#opened;
  }

  /** One at a time on the engine. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => {});
    return result;
  }
}
