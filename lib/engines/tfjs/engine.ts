// The network on TensorFlow.js: its own training step over the Ops, every tensor accounted for. Images stay
// bytes in this thread; each batch goes to the device as it is needed, so a phone's GPU never holds 188 MB.
import * as tf from "@tensorflow/tfjs-core";
import { Augmenter } from "../../spec/augment";
import { type OpKind, sizeOf } from "../../spec/ops";
import type { Split } from "../../spec/samples";
import {
  type CompileOptions,
  type Engine,
  type EngineInfo,
  EngineLostError,
  type EngineState,
  type EvaluateResult,
  engineNames,
  type TrainResult,
} from "../engine";
import { dropoutKey, dropoutMask, type Head, splitHead } from "../head";
import { Rows } from "../rows";
import { activate } from "./activations";
import { activateBackend, readsAtOnce, type TfjsId } from "./backends";
import { cut, join, separate } from "./flat";
import type { Context, Kernel } from "./kernel";
import { kernels } from "./kernels";
import { computeLoss } from "./losses";
import { optimizers, type Update, type Updated } from "./optimizers";

/** Images that are evaluated at a time, and the numbers of all their activations: a phone's GPU has to hold them. */
const EVALUATE_BATCH = 500;
const EVALUATE_NUMBERS = 2 ** 25;

type AnyKernel = Kernel<OpKind>;

interface Compiled extends CompileOptions {
  head: Head;
  augmenter: Augmenter;
  evaluateBatch: number;
  /** Index of the first step with weights: gradients are not asked for before it. */
  first: number;
  /** All weights that are trained. */
  flat: tf.Tensor1D;
  /** All weights, one per entry of `program.weights`; those that are trained are cut from `flat`. */
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
    const { program, optimizer, augmentation, weights, resume, seed } = options;
    const table = optimizers[optimizer.kind];
    const initial = table.initial(optimizer as never);
    const flat = tf.tensor1d(join(weights, program));
    const slots =
      resume?.slots.map((arrays) => tf.tensor1d(join(arrays, program))) ??
      Array.from({ length: table.slotCount(optimizer as never) }, () => tf.fill(flat.shape, initial));
    const numbers = program.steps.reduce((sum, { output }) => sum + sizeOf(output), 0);
    this.#compiled = {
      ...options,
      head: splitHead(program),
      augmenter: new Augmenter(augmentation, program.input, this.#rows.scale("train"), seed),
      evaluateBatch: Math.max(1, Math.min(EVALUATE_BATCH, Math.floor(EVALUATE_NUMBERS / numbers))),
      first: program.steps.findIndex((step) => step.weights.length > 0),
      flat,
      tensors: cut(flat, program).map((tensor, i) => tensor ?? tf.tensor1d(weights[i]!)),
      slots,
    };
    this.#step = resume?.step ?? 0;
  }

  async train(rows: Uint32Array, batchSize: number, learningRates: Float64Array): Promise<TrainResult> {
    const pending: tf.Tensor1D[] = [];
    const values: number[] = [];
    try {
      for (let start = 0; start < rows.length; start += batchSize) {
        const metrics = this.#trainBatch(
          rows.subarray(start, start + batchSize),
          learningRates[start / batchSize]!,
        );
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
    const { program, head, evaluateBatch } = this.#program();
    const sums = tf.tidy(() => {
      let total = tf.zeros([2]);
      for (let start = 0; start < rows.length; start += evaluateBatch) {
        const batch = rows.subarray(start, start + evaluateBatch);
        total = tf.tidy(() => {
          const input = this.#input(split, this.#rows.images(split, batch));
          const outputs = this.#forward(input, false).activations.at(-1) as tf.Tensor2D;
          const labels = this.#rows.labels(split, batch);
          const { metrics } = computeLoss(program.loss, head.fused, outputs, labels);
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
      const outputs = this.#forward(this.#input("train", images), false).activations.at(-1)!;
      return head.fused === null ? outputs : activate(head.fused, outputs);
    });
  }

  async readWeights(): Promise<Float32Array[]> {
    const { program, flat, tensors } = this.#program();
    const isTrained = (i: number) => program.weights[i]!.trainable;
    const others = tensors.filter((_, i) => !isTrained(i));
    const [trained, ...moving] = await Promise.all([flat, ...others].map((tensor) => this.#copy(tensor)));
    return separate(trained!, program).map((array, i) => (isTrained(i) ? array : moving.shift()!));
  }

  async readState(): Promise<EngineState> {
    const { program, slots } = this.#program();
    const step = this.#step;
    const [weights, ...states] = await Promise.all([
      this.readWeights(),
      ...slots.map(async (slot) => separate(await this.#copy(slot), program)),
    ]);
    return { weights: weights!, slots: states, step };
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
  #input(split: Split, images: Uint8Array): tf.Tensor {
    const { input } = this.#program().program;
    const pixels = this.#rows.convert(split, images, new Float32Array(images.length));
    return tf.tensor(pixels, [pixels.length / sizeOf(input), ...input]);
  }

  /** Input, then every step's output. */
  #forward(input: tf.Tensor, training: boolean) {
    const { head } = this.#program();
    const activations = [input];
    const contexts: Context[] = [];
    for (const [i, { op }] of head.steps.entries()) {
      contexts.push(this.#context(i, training, contexts));
      activations.push((kernels[op.op] as AnyKernel).forward(op, activations[i]!, contexts[i]!));
    }
    return { activations, contexts };
  }

  #context(i: number, training: boolean, before: readonly Context[]): Context {
    const { head, tensors, seed, first } = this.#program();
    const step = head.steps[i]!;
    const key = dropoutKey(seed, this.#step, i);
    return {
      step,
      training,
      weights: step.weights.map((index) => tensors[index]!),
      moved: [],
      kept: [],
      mask: (rate, length) => dropoutMask(key, rate, length),
      forked:
        step.fork === null
          ? { shape: step.input, x: null, dx: null, needsInput: i > first }
          : before[step.fork]!.forked,
    };
  }

  /** One step of the weights; gives the batch's mean loss and right answers. */
  #trainBatch(rows: Uint32Array, learningRate: number): tf.Tensor1D {
    if (this.#lostReason !== null) throw new EngineLostError(this.#lostReason);
    const { program, head, first, augmenter } = this.#program();
    const before = held(this.#program());
    const metrics = tf.tidy(() => {
      const images = augmenter.apply(this.#rows.images("train", rows), this.#step);
      const { activations, contexts } = this.#forward(this.#input("train", images), true);
      const labels = this.#rows.labels("train", rows);
      const outputs = activations.at(-1) as tf.Tensor2D;
      const { metrics, gradient } = computeLoss(program.loss, head.fused, outputs, labels);
      const gradients: tf.Tensor1D[] = [];
      const moved: tf.Tensor[] = [];
      let slope: tf.Tensor = gradient;
      for (let i = head.steps.length - 1; i >= first; i--) {
        const { op, weights } = head.steps[i]!;
        const { backward } = kernels[op.op] as AnyKernel;
        const back = backward(op, activations[i]!, activations[i + 1]!, slope, contexts[i]!, i > first);
        for (const [k, index] of weights.entries()) {
          if (program.weights[index]!.trainable) gradients[index] = tf.reshape(back.gradients[k]!, [-1]);
          else moved[index] = contexts[i]!.moved[k]!;
        }
        if (back.dx !== null) slope = back.dx;
      }
      this.#update(tf.concat1d(gradients.filter((gradient) => gradient !== undefined)), moved, learningRate);
      return metrics;
    });
    tf.dispose(before);
    return metrics;
  }

  /** Puts the next weights and state in place; the caller frees the old ones. */
  #update(gradient: tf.Tensor, moved: readonly tf.Tensor[], learningRate: number): void {
    const compiled = this.#program();
    const { optimizer, flat, slots, program } = compiled;
    const update: Update = { weights: flat, gradient, slots, learningRate, step: ++this.#step };
    const next: Updated = optimizers[optimizer.kind].update(optimizer as never, update);
    compiled.flat = next.weights as tf.Tensor1D;
    compiled.slots = next.slots;
    compiled.tensors = cut(compiled.flat, program).map((tensor, i) => tensor ?? moved[i]!);
    for (const tensor of held(compiled)) tf.keep(tensor);
  }

  #copy(tensor: tf.Tensor): Promise<Float32Array> {
    return this.#read(() => tf.clone(tensor));
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

const held = ({ flat, tensors, slots }: Compiled): tf.Tensor[] => [flat, ...tensors, ...slots];
