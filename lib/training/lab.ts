// The laboratory: answers about small computations, with the engine that trains. It holds an engine of its own and one
// batch at a time; no run is touched by it.
import type { DatasetSource } from "../datasets/source";
import type { Engine, EngineSelection, GradientEngine } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import { parseExperiment } from "../spec/experiment";
import { initialWeights } from "../spec/program";
import { datasetOf, epochOrder, mapLabels, selectSamples } from "../spec/samples";
import { checkWeights, trainableProgram } from "./checked";
import type {
  GradientNorms,
  GradientStep,
  LabApi,
  LabBatch,
  StepArray,
  TinyAnswer,
  TinyQuestion,
} from "./contract";
import { readTrainImages } from "./feed";
import { compile, gradientsAt, lossAt, type StepBatch, step, upload } from "./steps";
import { askTiny } from "./tiny";

export interface LabParts {
  openDataset(dataset: DatasetDefinition): DatasetSource;
  /** Starts the engine that is asked. */
  selectEngine(choice: "wasm"): Promise<EngineSelection>;
  /** The independent one that its steps are checked against; downloaded when it is needed. */
  createReference(): Promise<GradientEngine>;
}

/** More images than any batch has are not looked at. */
const MAX_IMAGES = 4096;

interface Prepared extends StepBatch {
  weights: readonly Float32Array[];
}

export class Lab implements LabApi {
  #engine: Promise<Engine> | null = null;
  #sources = new Map<DatasetDefinition, DatasetSource>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(readonly parts: LabParts) {}

  async gradientStep({
    learningRate,
    ...question
  }: LabBatch & { learningRate: number }): Promise<GradientStep> {
    if (!(Number.isFinite(learningRate) && learningRate > 0))
      throw new RangeError(`learningRate is ${learningRate}; it must be a number above 0.`);
    const batch = await this.#prepare(question);
    const reference = await this.parts.createReference();
    upload(reference, batch);
    compile(reference, batch, batch.weights);
    const rows = Uint32Array.from(batch.labels.keys());
    const { gradients } = reference.gradients("train", rows);
    reference.dispose();
    return this.#onEngine(async (engine) => {
      upload(engine, batch);
      const { loss, weights: stepped } = await step(engine, batch, batch.weights, learningRate);
      const arrays = trained(batch, (k) => compareStep(batch, k, gradients[k]!, stepped[k]!, learningRate));
      return {
        engine: engine.info,
        learningRate,
        images: rows.length,
        loss,
        lossAfter: await lossAt(engine, batch, stepped),
        arrays,
        largestDifference: Math.max(...arrays.map(({ largestDifference }) => largestDifference)),
      };
    });
  }

  async gradients(question: LabBatch): Promise<GradientNorms> {
    const batch = await this.#prepare(question);
    return this.#onEngine(async (engine) => {
      upload(engine, batch);
      const { loss, gradients } = await gradientsAt(engine, batch, batch.weights);
      const arrays = trained(batch, (k) => ({
        ...placeOf(batch, k),
        size: batch.weights[k]!.length,
        weight: rootMeanSquare(batch.weights[k]!),
        gradient: rootMeanSquare(gradients[k]!),
      }));
      return { engine: engine.info, loss, arrays };
    });
  }

  tiny(question: TinyQuestion): Promise<TinyAnswer> {
    return this.#onEngine((engine) => askTiny(engine, question));
  }

  /** The question's batch with its images. Labels and shards are fetched as a run fetches them. */
  async #prepare({ spec: input, weights, rows }: LabBatch): Promise<Prepared> {
    const spec = parseExperiment(input);
    const program = trainableProgram(spec);
    if (weights !== undefined) checkWeights(program, weights);
    const dataset = datasetOf(spec);
    const source = this.#sources.get(dataset) ?? this.parts.openDataset(dataset);
    this.#sources.set(dataset, source);
    const [train, test] = await Promise.all([source.labels("train"), source.labels("test")]);
    const chosen = chooseRows(spec, selectSamples(spec, { train, test }).train, rows);
    const labels = mapLabels(spec, train);
    return {
      program,
      images: await readTrainImages(source, dataset, chosen),
      labels: Uint8Array.from(chosen, (row) => labels[row]!),
      scale: dataset.scale,
      seed: spec.seed,
      weights: weights ?? initialWeights(program, spec.seed),
    };
  }

  /** One question at a time; an engine that did not start is tried again with the next one. */
  #onEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    const result = this.#queue.then(async () => {
      this.#engine ??= this.parts.selectEngine("wasm").then(({ engine }) => engine);
      this.#engine.catch(() => {
        this.#engine = null;
      });
      return work(await this.#engine);
    });
    this.#queue = result.catch(() => {});
    return result;
  }
}

/** Rows of the training file. @throws RangeError where a place is none of the experiment's, or there are too many */
function chooseRows(
  spec: Parameters<typeof epochOrder>[0],
  train: Uint32Array,
  places: readonly number[] | undefined,
): Uint32Array {
  if (places === undefined) return epochOrder(spec, train, 0).subarray(0, spec.training.batchSize);
  if (places.length < 1 || places.length > MAX_IMAGES)
    throw new RangeError(`rows has ${places.length} entries; it must have from 1 to ${MAX_IMAGES}.`);
  return Uint32Array.from(places, (place) => {
    const row = train[place];
    if (row === undefined)
      throw new RangeError(`rows has ${place}; each must be a whole number from 0 to ${train.length - 1}.`);
    return row;
  });
}

/** What `of` makes of every weight array that is trained. */
const trained = <T>({ program }: StepBatch, of: (index: number) => T): T[] =>
  program.weights.flatMap(({ trainable }, k) => (trainable ? [of(k)] : []));

function placeOf({ program }: StepBatch, index: number) {
  const { layer } = program.steps.find(({ weights }) => weights.includes(index))!;
  return { name: program.weights[index]!.name, layer };
}

function compareStep(
  batch: Prepared,
  index: number,
  gradients: Float64Array,
  stepped: Float32Array,
  learningRate: number,
): StepArray {
  const weights = batch.weights[index]!;
  const expected = gradients.map((gradient, i) => weights[i]! - learningRate * gradient);
  const largestDifference = expected.reduce(
    (max, value, i) => Math.max(max, Math.abs(value - stepped[i]!)),
    0,
  );
  const { shape } = batch.program.weights[index]!;
  return { ...placeOf(batch, index), shape, weights, gradients, expected, stepped, largestDifference };
}

function rootMeanSquare(values: Float32Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / values.length);
}
