// The oracle: an interpreter of Ops in float64. It trains for real, only slowly; the other engines' losses,
// gradients and weights are checked against it.

import { Augmenter } from "../../spec/augment";
import { sizeOf } from "../../spec/ops";
import type { Split } from "../../spec/samples";
import {
  type CompileOptions,
  type Engine,
  type EngineState,
  type EvaluateResult,
  engineNames,
  type GradientEngine,
  type TrainResult,
} from "../engine";
import { type Head, splitHead } from "../head";
import { Rows } from "../rows";
import { activate } from "./activations";
import { computeLoss } from "./losses";
import { optimizers, type Update } from "./optimizers";
import { type BackwardPass, backpropagate, type ForwardPass, forward } from "./passes";

const EVALUATE_BATCH = 256;

interface Compiled extends CompileOptions {
  head: Head;
  arrays: Float64Array[];
  /** As in an EngineState: [slot][weight]. */
  slots: Float64Array[][];
  augmenter: Augmenter;
}

const toDouble = (array: Float32Array) => Float64Array.from(array);
const toSingle = (array: Float64Array) => Float32Array.from(array);

export class ReferenceEngine implements GradientEngine {
  readonly info = { id: "reference", name: engineNames.reference, device: "float64, for checking" } as const;
  #rows = new Rows();
  #compiled: Compiled | null = null;
  #step = 0;

  allocate: Engine["allocate"] = (layouts) => this.#rows.allocate(layouts);
  upload: Engine["upload"] = (split, firstRow, images) => this.#rows.upload(split, firstRow, images);
  setLabels: Engine["setLabels"] = (split, labels) => this.#rows.setLabels(split, labels);

  compile(options: CompileOptions): void {
    const { program, optimizer, augmentation, weights, resume, seed } = options;
    const table = optimizers[optimizer.kind];
    const initial = table.initial(optimizer as never);
    const fresh = () =>
      weights.map(({ length }, i) =>
        new Float64Array(program.weights[i]!.trainable ? length : 0).fill(initial),
      );
    const slots = Array.from({ length: table.slotCount(optimizer as never) }, fresh);
    this.#compiled = {
      ...options,
      head: splitHead(program),
      arrays: weights.map(toDouble),
      slots: resume?.slots.map((arrays) => arrays.map(toDouble)) ?? slots,
      augmenter: new Augmenter(augmentation, program.input, this.#rows.scale("train"), seed),
    };
    this.#step = resume?.step ?? 0;
  }

  async train(rows: Uint32Array, batchSize: number, learningRates: Float64Array): Promise<TrainResult> {
    const losses: number[] = [];
    const correct: number[] = [];
    for (let start = 0; start < rows.length; start += batchSize) {
      const batch = this.#backpropagate("train", rows.subarray(start, start + batchSize));
      losses.push(batch.result.loss);
      correct.push(batch.result.correct);
      // As the float32 that the other engines compute in.
      if (!Number.isFinite(Math.fround(batch.result.loss))) break;
      this.#update(batch, learningRates[start / batchSize]!);
    }
    return { losses: Float32Array.from(losses), correct: Float32Array.from(correct) };
  }

  /** Loss and gradients of one batch in training mode, without a step: what other engines are compared with. */
  gradients(split: Split, rows: Uint32Array) {
    const { result, gradients } = this.#backpropagate(split, rows);
    return { result, gradients };
  }

  #backpropagate(split: Split, rows: Uint32Array) {
    const { program, arrays: weights, augmenter, seed } = this.#program();
    const images = augmenter.apply(this.#rows.images(split, rows), this.#step);
    const pixels = this.#rows.convert(split, images, new Float64Array(images.length));
    const training = { seed, step: this.#step };
    return backpropagate(program, { weights, pixels, training }, this.#rows.labels(split, rows));
  }

  async evaluate(split: Split, rows: Uint32Array): Promise<EvaluateResult> {
    const { program, head } = this.#program();
    let [loss, correct] = [0, 0];
    for (let start = 0; start < rows.length; start += EVALUATE_BATCH) {
      const batch = rows.subarray(start, start + EVALUATE_BATCH);
      const images = this.#rows.images(split, batch);
      const pixels = this.#rows.convert(split, images, new Float64Array(images.length));
      const outputs = this.#outputs(pixels, batch.length);
      const result = computeLoss(program.loss, head.fused, outputs, this.#rows.labels(split, batch));
      loss += result.loss * batch.length;
      correct += result.correct;
    }
    return { loss: loss / rows.length, accuracy: correct / rows.length };
  }

  async predict(images: Uint8Array): Promise<Float32Array> {
    const { program, head } = this.#program();
    const count = images.length / sizeOf(program.input);
    const pixels = this.#rows.convert("train", images, new Float64Array(images.length));
    const outputs = this.#outputs(pixels, count);
    return Float32Array.from(head.fused === null ? outputs : activate(head.fused, outputs, program.outputs));
  }

  async readWeights(): Promise<Float32Array[]> {
    return this.#program().arrays.map(toSingle);
  }

  async readState(): Promise<EngineState> {
    const { arrays, slots } = this.#program();
    return {
      weights: arrays.map(toSingle),
      slots: slots.map((slot) => slot.map(toSingle)),
      step: this.#step,
    };
  }

  memory() {
    const held = this.#compiled === null ? [] : [...this.#compiled.arrays, ...this.#compiled.slots.flat()];
    return {
      tensors: held.length,
      bytes: this.#rows.bytes + held.reduce((sum, array) => sum + array.byteLength, 0),
    };
  }

  dispose(): void {
    this.#rows.dispose();
    this.#compiled = null;
  }

  #program(): Compiled {
    if (this.#compiled === null) throw new Error("compile() comes before training or predicting");
    return this.#compiled;
  }

  /** The last step's output, in inference; logits where an activation is folded into the loss. */
  #outputs(pixels: Float64Array, count: number): Float64Array {
    const { head, arrays: weights } = this.#program();
    return forward({ steps: head.steps, weights, pixels, count }).activations.at(-1)!;
  }

  #update({ gradients, contexts }: BackwardPass & ForwardPass, learningRate: number) {
    const { optimizer, arrays, slots, program } = this.#program();
    this.#step++;
    for (const [i, weights] of arrays.entries()) {
      if (!program.weights[i]!.trainable) continue;
      const update: Update = {
        weights,
        gradient: gradients[i]!,
        slots: slots.map((slot) => slot[i]!),
        learningRate,
        step: this.#step,
      };
      optimizers[optimizer.kind].update(optimizer as never, update);
    }
    for (const { step, moved } of contexts)
      for (const [k, values] of moved.entries())
        if (values !== undefined) arrays[step.weights[k]!]!.set(values);
  }
}
