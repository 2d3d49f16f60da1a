// The network on TensorFlow.js: its own training step over the Ops, every tensor accounted for. Images stay
// bytes in this thread; each batch goes to the device as it is needed, so a phone's GPU never holds 188 MB.
import * as tf from "@tensorflow/tfjs-core";
import { type OpKind, sizeOf } from "../../spec/ops";
import type { Split } from "../../spec/samples";
import {
  type CompileOptions,
  type Engine,
  type EngineInfo,
  EngineLostError,
  type EvaluateResult,
  engineNames,
  type TrainResult,
} from "../engine";
import { dropoutKey, dropoutMask, type Head, splitHead } from "../head";
import { Rows } from "../rows";
import { activateBackend, readsAtOnce, type TfjsId } from "./backends";
import { activate, type Context, type Kernel, kernels } from "./kernels";
import { computeLoss } from "./losses";
import { optimizers, type Update, type Updated } from "./optimizers";

const EVALUATE_BATCH = 500;

type AnyKernel = Kernel<OpKind>;
type Mask = (op: number) => Context["mask"];

interface Compiled extends CompileOptions {
  head: Head;
  tensors: tf.Tensor[];
  slots: tf.Tensor[][];
}

/**
 * Starts TensorFlow.js on one backend.
 * @param device what the probe said of the device, for the log
 * @throws Error if the backend does not start
 */
export async function createTfjsEngine(id: TfjsId, device: string): Promise<Engine> {
  const { lost } = await activateBackend(id);
  return new TfjsEngine({ id, name: engineNames[id], device }, readsAtOnce(id), lost);
}

class TfjsEngine implements Engine {
  #rows = new Rows();
  #compiled: Compiled | null = null;
  #step = 0;
  #lostReason: string | null = null;
  /** Readbacks under way: a lost device may never answer them. */
  #readers = new Set<(error: Error) => void>();

  constructor(
    readonly info: EngineInfo,
    readonly readsAtOnce: boolean,
    lost: Promise<string>,
  ) {
    lost.then((reason) => {
      this.#lostReason = reason;
      for (const reject of this.#readers) reject(new EngineLostError(reason));
    });
  }

  allocate: Engine["allocate"] = (layouts) => this.#rows.allocate(layouts);
  upload: Engine["upload"] = (split, firstRow, images) => this.#rows.upload(split, firstRow, images);
  setLabels: Engine["setLabels"] = (split, labels) => this.#rows.setLabels(split, labels);

  compile(options: CompileOptions): void {
    this.#release();
    const { program, optimizer, weights } = options;
    const table = optimizers[optimizer.kind];
    const count = table.slotCount(optimizer as never);
    const initial = table.initial(optimizer as never);
    const shapes = program.weights.map(({ shape }) => [...shape]);
    this.#compiled = {
      ...options,
      head: splitHead(program),
      tensors: weights.map((array, i) => tf.tensor(array.slice(), shapes[i])),
      slots: shapes.map((shape) => Array.from({ length: count }, () => tf.fill(shape, initial))),
    };
    this.#step = 0;
  }

  async train(rows: Uint32Array, batchSize: number, learningRate: number): Promise<TrainResult> {
    const pending: tf.Tensor1D[] = [];
    const values: number[] = [];
    try {
      for (let start = 0; start < rows.length; start += batchSize) {
        const metrics = this.#trainBatch(rows.subarray(start, start + batchSize), learningRate);
        pending.push(metrics);
        if (!this.readsAtOnce) continue;
        values.push(...metrics.dataSync());
        if (!Number.isFinite(values.at(-2))) break;
      }
      // One readback for all batches of this call; a GPU is never waited for in between.
      if (!this.readsAtOnce) values.push(...(await this.#read(() => tf.concat1d(pending))));
    } finally {
      tf.dispose(pending);
    }
    const losses = Float32Array.from(values.filter((_, i) => i % 2 === 0));
    const correct = Float32Array.from(values.filter((_, i) => i % 2 === 1));
    const broken = losses.findIndex((loss) => !Number.isFinite(loss));
    const kept = broken < 0 ? losses.length : broken + 1;
    return { losses: losses.subarray(0, kept), correct: correct.subarray(0, kept) };
  }

  async evaluate(split: Split, rows: Uint32Array): Promise<EvaluateResult> {
    const { program, head } = this.#program();
    const sums = tf.tidy(() => {
      let total = tf.zeros([2]);
      for (let start = 0; start < rows.length; start += EVALUATE_BATCH) {
        const batch = rows.subarray(start, start + EVALUATE_BATCH);
        total = tf.tidy(() => {
          const pixels = this.#rows.pixels(
            split,
            batch,
            new Float32Array(batch.length * this.#rows.rowBytes(split)),
          );
          const outputs = this.#forward(this.#input(pixels), inference).at(-1)!;
          const labels = this.#rows.labels(split, batch);
          const { metrics } = computeLoss(program.loss, head.fused, outputs as tf.Tensor2D, labels);
          return tf.add(total, tf.mul(metrics, [batch.length, 1]));
        });
      }
      return tf.keep(total);
    });
    const [loss, correct] = await this.#read(() => sums);
    return { loss: loss! / rows.length, accuracy: correct! / rows.length };
  }

  async predict(images: Uint8Array): Promise<Float32Array> {
    const { head } = this.#program();
    return this.#read(() => {
      const pixels = this.#rows.convert(images, new Float32Array(images.length));
      const outputs = this.#forward(this.#input(pixels), inference).at(-1)!;
      return head.fused === null ? outputs : activate(head.fused, outputs);
    });
  }

  async readWeights(): Promise<Float32Array[]> {
    const copies: Float32Array[] = [];
    for (const tensor of this.#program().tensors) copies.push(await this.#read(() => tf.clone(tensor)));
    return copies;
  }

  memory() {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes + this.#rows.bytes };
  }

  dispose(): void {
    this.#release();
    this.#rows.dispose();
  }

  #program(): Compiled {
    if (this.#compiled === null) throw new Error("compile() comes before training or predicting");
    return this.#compiled;
  }

  #release(): void {
    tf.dispose([this.#compiled?.tensors ?? [], this.#compiled?.slots ?? []]);
    this.#compiled = null;
  }

  /** Pixels as [count, …input]. */
  #input(pixels: Float32Array): tf.Tensor {
    const { input } = this.#program().program;
    return tf.tensor(pixels, [pixels.length / sizeOf(input), ...input]);
  }

  /** Input, then every step's output. */
  #forward(input: tf.Tensor, mask: Mask): tf.Tensor[] {
    const { head } = this.#program();
    const activations = [input];
    for (const [i, { op }] of head.steps.entries())
      activations.push((kernels[op.op] as AnyKernel).forward(op, activations[i]!, this.#context(i, mask)));
    return activations;
  }

  #context(i: number, mask: Mask): Context {
    const { head, tensors } = this.#program();
    const step = head.steps[i]!;
    return { step, weights: step.weights.map((index) => tensors[index]!), mask: mask(i) };
  }

  /** One step of the weights; gives the batch's mean loss and right answers. */
  #trainBatch(rows: Uint32Array, learningRate: number): tf.Tensor1D {
    if (this.#lostReason !== null) throw new EngineLostError(this.#lostReason);
    const { program, head, seed } = this.#program();
    const mask: Mask = (op) => (rate, length) => dropoutMask(dropoutKey(seed, this.#step, op), rate, length);
    const kept: tf.Tensor[] = [];
    const metrics = tf.tidy(() => {
      const pixels = this.#rows.pixels(
        "train",
        rows,
        new Float32Array(rows.length * this.#rows.rowBytes("train")),
      );
      const activations = this.#forward(this.#input(pixels), mask);
      const labels = this.#rows.labels("train", rows);
      const outputs = activations.at(-1) as tf.Tensor2D;
      const { metrics, gradient } = computeLoss(program.loss, head.fused, outputs, labels);
      const gradients: tf.Tensor[] = [];
      const first = head.steps.findIndex((step) => step.weights.length > 0);
      let slope: tf.Tensor = gradient;
      for (let i = head.steps.length - 1; i >= first; i--) {
        const { op, weights } = head.steps[i]!;
        const kernel = kernels[op.op] as AnyKernel;
        const context = this.#context(i, mask);
        const back = kernel.backward(op, activations[i]!, activations[i + 1]!, slope, context, i > first);
        for (const [k, index] of weights.entries()) gradients[index] = back.gradients[k]!;
        if (back.dx !== null) slope = back.dx;
      }
      for (const [i, updated] of this.#updates(gradients, learningRate).entries()) {
        kept.push(...this.#replace(i, updated));
      }
      return metrics;
    });
    tf.dispose(kept);
    return metrics;
  }

  #updates(gradients: readonly tf.Tensor[], learningRate: number): Updated[] {
    const { optimizer, tensors, slots } = this.#program();
    this.#step++;
    return tensors.map((weights, i) => {
      const update: Update = {
        weights,
        gradient: gradients[i]!,
        slots: slots[i]!,
        learningRate,
        step: this.#step,
      };
      return optimizers[optimizer.kind].update(optimizer as never, update);
    });
  }

  /** Puts the new weights and slots in place; returns the old ones, to be freed after the tidy. */
  #replace(i: number, { weights, slots }: Updated): tf.Tensor[] {
    const compiled = this.#program();
    const old = [compiled.tensors[i]!, ...compiled.slots[i]!];
    compiled.tensors[i] = tf.keep(weights);
    compiled.slots[i] = slots.map((slot) => tf.keep(slot));
    return old;
  }

  /** Values of a tensor, which is freed. @throws EngineLostError where the device went away meanwhile */
  async #read(make: () => tf.Tensor): Promise<Float32Array> {
    if (this.#lostReason !== null) throw new EngineLostError(this.#lostReason);
    const tensor = tf.tidy(make);
    let fail: (error: Error) => void = () => {};
    const lost = new Promise<never>((_, reject) => {
      fail = reject;
    });
    this.#readers.add(fail);
    try {
      return (await Promise.race([tensor.data(), lost])) as Float32Array;
    } finally {
      this.#readers.delete(fail);
      tensor.dispose();
    }
  }
}

const inference: Mask = () => () => null;
