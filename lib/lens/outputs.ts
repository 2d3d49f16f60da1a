// The lens' engine: runs networks, or the first steps of them, on images given as bytes. Nothing is trained on it and no
// data set is uploaded, so that it is small.
import type { Engine, EngineSelection } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import { sizeOf } from "../spec/ops";
import type { Program, Step } from "../spec/program";

/** What is run: the same weights are the same array. */
export interface Network {
  program: Program;
  weights: readonly Float32Array[];
  dataset: DatasetDefinition;
}

export type SelectEngine = (choice: "wasm") => Promise<EngineSelection>;

/** The thread is given free this often, so that what else is asked is heard. */
const SLICE_MS = 30;
/** Images of one call to the engine. */
const CHUNK = 256;

export class Outputs {
  #engine: Promise<Engine> | null = null;
  #on: { weights: Network["weights"]; steps: number; dataset: DatasetDefinition } | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(readonly selectEngine: SelectEngine) {}

  /**
   * What the first `steps` steps make of images given as bytes, row-major, in inference mode.
   * @returns [images, width]
   */
  async of(network: Network, images: Uint8Array, steps: number): Promise<Float32Array> {
    const { program, dataset } = network;
    const rowBytes = sizeOf(program.input);
    const count = images.length / rowBytes;
    if (!Number.isInteger(count))
      throw new RangeError(`${images.length} bytes are no images of ${rowBytes} bytes each.`);
    if (steps === 0) return Float32Array.from(images, (byte) => byte / dataset.scale);
    const width = sizeOf(program.steps[steps - 1]!.output);
    const outputs = new Float32Array(count * width);
    let since = performance.now();
    for (let start = 0; start < count; start += CHUNK) {
      const part = images.subarray(start * rowBytes, Math.min(start + CHUNK, count) * rowBytes);
      outputs.set(await this.#predict(network, part, steps), start * width);
      if (performance.now() - since < SLICE_MS) continue;
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    return outputs;
  }

  /** One at a time; an engine that did not start is tried again with the next call. */
  #predict(network: Network, images: Uint8Array, steps: number): Promise<Float32Array> {
    const result = this.#queue.then(async () => {
      this.#engine ??= this.selectEngine("wasm").then(({ engine }) => engine);
      this.#engine.catch(() => {
        this.#engine = null;
      });
      const engine = await this.#engine;
      this.#put(engine, network, steps);
      return engine.predict(images);
    });
    this.#queue = result.catch(() => {});
    return result;
  }

  #put(engine: Engine, { program, weights, dataset }: Network, steps: number): void {
    const on = this.#on;
    if (on !== null && on.weights === weights && on.steps === steps) return;
    this.#on = null;
    if (on?.dataset !== dataset) {
      const layout = { rows: 1, rowBytes: sizeOf(dataset.shape), scale: dataset.scale };
      engine.allocate({ train: layout, test: layout });
    }
    engine.compile({
      program: firstSteps(program, steps),
      optimizer: { kind: "sgd", learningRate: 0.1, momentum: 0, nesterov: false },
      augmentation: [],
      weights,
      seed: 0,
      batchSize: 1,
    });
    this.#on = { weights, steps, dataset };
  }
}

/** The program up to a step, ending in a flat list of numbers, with nothing to be trained. */
function firstSteps(program: Program, count: number): Program {
  const steps: Step[] = program.steps.slice(0, count);
  const { output, layer } = steps.at(-1)!;
  const width = sizeOf(output);
  if (output.length > 1)
    steps.push({ op: { op: "flatten" }, layer, input: output, output: [width], fork: null, weights: [] });
  const weights = program.weights.map((weight) => ({ ...weight, trainable: false }));
  return { ...program, steps, weights, outputs: width };
}
