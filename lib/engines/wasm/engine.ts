// Our own engine: SIMD WebAssembly on one thread, the same to the last bit on every device. This file keeps its
// state and calls the stages; compile.ts lays the memory out, and the arithmetic is in assembly/.
import type { LossOp } from "../../spec/define";
import type { Split } from "../../spec/samples";
import {
  type CompileOptions,
  type DataLayout,
  type Engine,
  type EngineState,
  type EvaluateResult,
  engineNames,
  type TrainResult,
} from "../engine";
import { activationKinds } from "./activation";
import { Arena } from "./arena";
import { type Compiled, compileProgram, readRows } from "./compile";
import type { WasmExports } from "./exports";
import { Images } from "./images";
import { fetchModule, instantiate } from "./module";
import { optimizers } from "./optimizers";

/** Rows of one copy into the module; longer calls are cut. */
const ROWS_AT_ONCE = 65536;

const lossKinds: Record<LossOp, number> = { crossentropy: 0, binaryCrossentropy: 1, meanSquaredError: 2 };

/**
 * An engine with a memory of its own.
 * @param load gives the compiled module; in a browser it is fetched
 */
export async function createWasmEngine(load = fetchModule): Promise<Engine> {
  return new WasmEngine(instantiate(await load()));
}

class WasmEngine implements Engine {
  readonly info = { id: "wasm", name: engineNames.wasm, device: "same on every device" } as const;
  #wasm: WasmExports;
  #arena: Arena;
  #images: Images;
  /** Where the images end and programs begin. */
  #mark = 0;
  #rows = 0;
  #compiled: Compiled | null = null;
  #step = 0;
  #isTraining = false;

  constructor(wasm: WasmExports) {
    this.#wasm = wasm;
    this.#arena = new Arena(wasm.memory, wasm.heapBase.value);
    this.#images = new Images(wasm, this.#arena);
  }

  allocate(layouts: Record<Split, DataLayout>): void {
    this.#compiled = null;
    this.#arena.release();
    this.#rows = this.#arena.take(4 * ROWS_AT_ONCE);
    this.#images.allocate(layouts);
    this.#mark = this.#arena.mark;
  }

  upload(split: Split, firstRow: number, images: Uint8Array): void {
    this.#images.upload(split, firstRow, images);
  }

  setLabels(split: Split, labels: Uint8Array): void {
    this.#images.setLabels(split, labels);
  }

  compile(options: CompileOptions): void {
    this.#arena.release(this.#mark);
    this.#step = options.resume?.step ?? 0;
    this.#compiled = compileProgram(options, this.#images, () => (this.#isTraining ? this.#step : null));
  }

  async train(rows: Uint32Array, batchSize: number, learningRates: Float64Array): Promise<TrainResult> {
    const batches = Math.ceil(rows.length / batchSize);
    const losses = new Float32Array(batches);
    const correct = new Float32Array(batches);
    const perCopy = Math.floor(ROWS_AT_ONCE / batchSize) * batchSize;
    this.#isTraining = true;
    for (let done = 0, batch = 0; done < rows.length; done += perCopy) {
      const part = rows.subarray(done, done + perCopy);
      this.#arena.words(this.#rows, part.length).set(part);
      for (let start = 0; start < part.length; start += batchSize, batch++) {
        const count = Math.min(batchSize, part.length - start);
        correct[batch] = this.#trainBatch(this.#rows + 4 * start, count, learningRates[batch]!);
        losses[batch] = this.#wasm.lossSum() / count;
        if (!Number.isFinite(losses[batch]))
          return { losses: losses.subarray(0, batch + 1), correct: correct.subarray(0, batch + 1) };
      }
    }
    return { losses, correct };
  }

  async evaluate(split: Split, rows: Uint32Array): Promise<EvaluateResult> {
    const { evaluateBatch } = this.#program();
    this.#isTraining = false;
    let [loss, correct] = [0, 0];
    for (let start = 0; start < rows.length; start += evaluateBatch) {
      const part = rows.subarray(start, start + evaluateBatch);
      this.#arena.words(this.#rows, part.length).set(part);
      this.#forward(split, this.#rows, part.length);
      correct += this.#loss(split, this.#rows, part.length, false);
      loss += this.#wasm.lossSum();
    }
    return { loss: loss / rows.length, accuracy: correct / rows.length };
  }

  async predict(images: Uint8Array): Promise<Float32Array> {
    const { program, input, stages, fused, evaluateBatch } = this.#program();
    this.#isTraining = false;
    const { channels, pitch, pointer } = stages.at(-1)!.output;
    const { rowBytes } = this.#images.file("train");
    const count = images.length / rowBytes;
    const result = new Float32Array(count * channels);
    for (let start = 0; start < count; start += evaluateBatch) {
      const size = Math.min(evaluateBatch, count - start);
      input.loadBytes(images.subarray(start * rowBytes, (start + size) * rowBytes), size);
      for (const stage of stages) stage.forward(size);
      const kind = activationKinds[program.loss === "crossentropy" ? "softmax" : "sigmoid"];
      if (fused) this.#wasm.activate(kind, pointer, pointer, size, channels, pitch, 0);
      const outputs = readRows(this.#arena, pointer, { rows: size, width: channels, stride: pitch });
      result.set(outputs, start * channels);
    }
    return result;
  }

  async readWeights(): Promise<Float32Array[]> {
    return this.#program().arrays.map((weight) => readRows(this.#arena, weight.pointer, weight));
  }

  async readState(): Promise<EngineState> {
    const { arrays, optimizer } = this.#program();
    const read = (slot: number) =>
      arrays.map((weight) =>
        weight.slots[slot] === 0 ? new Float32Array(0) : readRows(this.#arena, weight.slots[slot]!, weight),
      );
    const count = optimizers[optimizer.kind].slotCount(optimizer as never);
    return {
      weights: await this.readWeights(),
      slots: Array.from({ length: count }, (_, slot) => read(slot)),
      step: this.#step,
    };
  }

  memory() {
    return { tensors: 3 * (this.#compiled?.arrays.length ?? 0), bytes: this.#arena.size };
  }

  dispose(): void {
    this.#compiled = null;
    this.#images.release();
    this.#arena.release();
  }

  #program(): Compiled {
    if (this.#compiled === null) throw new Error("compile() comes before training or predicting");
    return this.#compiled;
  }

  /** @returns right answers; without a step where the loss is not finite */
  #trainBatch(rows: number, count: number, learningRate: number): number {
    const { optimizer, stages } = this.#program();
    this.#forward("train", rows, count);
    const correct = this.#loss("train", rows, count, true);
    if (!Number.isFinite(Math.fround(this.#wasm.lossSum() / count))) return correct;
    optimizers[optimizer.kind].configure(this.#wasm, optimizer as never, learningRate, this.#step + 1);
    for (let i = stages.length - 1; i >= 0; i--) stages[i]!.backward(count);
    this.#step++;
    return correct;
  }

  /** @param rows pointer to the numbers of the images */
  #forward(split: Split, rows: number, count: number): void {
    const { input, stages } = this.#program();
    input.load(split, rows, count, this.#isTraining ? this.#step : null);
    for (const stage of stages) stage.forward(count);
  }

  /** @returns right answers; the sum of losses is the module's `lossSum` */
  #loss(split: Split, rows: number, count: number, withGradient: boolean): number {
    const { program, stages, fused } = this.#program();
    const { pointer, channels, pitch, gradient } = stages.at(-1)!.output;
    const { labels } = this.#images.file(split);
    return this.#wasm.loss(
      ...([lossKinds[program.loss], Number(fused), pointer, count, channels, pitch, labels, rows] as const),
      withGradient ? gradient : 0,
    );
  }
}
