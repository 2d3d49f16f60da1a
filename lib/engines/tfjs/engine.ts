// The network on TensorFlow.js: its own training step over the Ops, every tensor accounted for. Images stay
// bytes in this thread; each batch goes to the device as it is needed, so a phone's GPU never holds 188 MB.
import * as tf from "@tensorflow/tfjs-core";
import { type OpKind, sizeOf } from "../../spec/ops";
import type { Program } from "../../spec/program";
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
  /** All weights end to end: the optimizer then takes a dozen kernels a step, not a dozen for each array. */
  flat: tf.Tensor1D;
  /** The same weights, cut and shaped. */
  tensors: tf.Tensor[];
  /** The optimizer's state, as long as `flat`. */
  slots: readonly tf.Tensor[];
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
    const values = new Float32Array(program.parameters);
    let end = 0;
    for (const array of weights) {
      values.set(array, end);
      end += array.length;
    }
    const flat = tf.tensor1d(values);
    this.#compiled = {
      ...options,
      head: splitHead(program),
      flat,
      tensors: cut(flat, program),
      slots: Array.from({ length: count }, () => tf.fill([values.length], initial)),
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
    if (this.#compiled !== null) tf.dispose(held(this.#compiled));
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
    const before = held(this.#program());
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
      this.#update(
        tf.concat1d(gradients.map((gradient) => tf.reshape(gradient, [-1]) as tf.Tensor1D)),
        learningRate,
      );
      return metrics;
    });
    tf.dispose(before);
    return metrics;
  }

  /** Puts the next weights and state in place; the caller frees the old ones. */
  #update(gradient: tf.Tensor, learningRate: number): void {
    const compiled = this.#program();
    const { optimizer, flat, slots, program } = compiled;
    const update: Update = { weights: flat, gradient, slots, learningRate, step: ++this.#step };
    const next: Updated = optimizers[optimizer.kind].update(optimizer as never, update);
    compiled.flat = next.weights as tf.Tensor1D;
    compiled.slots = next.slots;
    compiled.tensors = cut(compiled.flat, program);
    for (const tensor of held(compiled)) tf.keep(tensor);
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

const held = ({ flat, tensors, slots }: Compiled): tf.Tensor[] => [flat, ...tensors, ...slots];

/** One tensor per entry of `program.weights`. */
function cut(flat: tf.Tensor1D, { weights }: Program): tf.Tensor[] {
  return tf.tidy(() => {
    const parts = tf.split(
      flat,
      weights.map(({ shape }) => sizeOf(shape)),
    );
    return parts.map((part, i) => tf.reshape(part, [...weights[i]!.shape]));
  });
}
