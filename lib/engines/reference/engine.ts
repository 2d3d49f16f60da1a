// The oracle: an interpreter of Ops in float64. It trains for real, only slowly; the other engines' losses,
// gradients and weights are checked against it.
import type { OpKind } from "../../spec/ops";
import { sizeOf } from "../../spec/ops";
import type { Split } from "../../spec/samples";
import {
  type CompileOptions,
  type Engine,
  type EvaluateResult,
  engineNames,
  type TrainResult,
} from "../engine";
import { dropoutKey, dropoutMask, type Head, splitHead } from "../head";
import { Rows } from "../rows";
import { activate, type Context, type Kernel, kernels } from "./kernels";
import { computeLoss } from "./losses";
import { optimizers, type Update } from "./optimizers";

const EVALUATE_BATCH = 256;

interface Compiled extends CompileOptions {
  head: Head;
  arrays: Float64Array[];
  slots: Float64Array[][];
}

type AnyKernel = Kernel<OpKind>;

export class ReferenceEngine implements Engine {
  readonly info = { id: "reference", name: engineNames.reference, device: "float64, for checking" } as const;
  #rows = new Rows();
  #compiled: Compiled | null = null;
  #step = 0;

  allocate: Engine["allocate"] = (layouts) => this.#rows.allocate(layouts);
  upload: Engine["upload"] = (split, firstRow, images) => this.#rows.upload(split, firstRow, images);
  setLabels: Engine["setLabels"] = (split, labels) => this.#rows.setLabels(split, labels);

  compile(options: CompileOptions): void {
    const arrays = options.weights.map((array) => Float64Array.from(array));
    const table = optimizers[options.optimizer.kind];
    const count = table.slotCount(options.optimizer as never);
    const initial = table.initial(options.optimizer as never);
    const slots = arrays.map(({ length }) =>
      Array.from({ length: count }, () => new Float64Array(length).fill(initial)),
    );
    this.#compiled = { ...options, head: splitHead(options.program), arrays, slots };
    this.#step = 0;
  }

  async train(rows: Uint32Array, batchSize: number, learningRate: number): Promise<TrainResult> {
    const losses: number[] = [];
    const correct: number[] = [];
    for (let start = 0; start < rows.length; start += batchSize) {
      const batch = rows.subarray(start, start + batchSize);
      const { result, gradients } = this.gradients("train", batch);
      losses.push(result.loss);
      correct.push(result.correct);
      // As the float32 that the other engines compute in.
      if (!Number.isFinite(Math.fround(result.loss))) break;
      this.#update(gradients, learningRate);
    }
    return { losses: Float32Array.from(losses), correct: Float32Array.from(correct) };
  }

  /** Loss and gradients of one batch in training mode, without a step: what other engines are compared with. */
  gradients(split: Split, rows: Uint32Array) {
    const { program, arrays, head, seed } = this.#program();
    const masks = new Map<number, Float32Array>();
    const mask = (op: number) => (rate: number, length: number) => {
      const known = masks.get(op) ?? dropoutMask(dropoutKey(seed, this.#step, op), rate, length);
      masks.set(op, known);
      return known;
    };
    const gradients = arrays.map(({ length }) => new Float64Array(length));
    const pixels = this.#rows.pixels(split, rows, new Float64Array(rows.length * sizeOf(program.input)));
    const { activations, contexts } = this.#forward(pixels, rows.length, mask, gradients);
    const result = computeLoss(program.loss, head.fused, activations.at(-1)!, this.#rows.labels(split, rows));
    let slope = result.gradient;
    for (let i = head.steps.length - 1; i >= 0; i--) {
      const { op } = head.steps[i]!;
      slope = (kernels[op.op] as AnyKernel).backward(
        op,
        activations[i]!,
        activations[i + 1]!,
        slope,
        contexts[i]!,
      );
    }
    return { result, gradients };
  }

  async evaluate(split: Split, rows: Uint32Array): Promise<EvaluateResult> {
    const { program, head } = this.#program();
    let [loss, correct] = [0, 0];
    for (let start = 0; start < rows.length; start += EVALUATE_BATCH) {
      const batch = rows.subarray(start, start + EVALUATE_BATCH);
      const pixels = this.#rows.pixels(split, batch, new Float64Array(batch.length * sizeOf(program.input)));
      const outputs = this.#forward(pixels, batch.length, inference).activations.at(-1)!;
      const result = computeLoss(program.loss, head.fused, outputs, this.#rows.labels(split, batch));
      loss += result.loss * batch.length;
      correct += result.correct;
    }
    return { loss: loss / rows.length, accuracy: correct / rows.length };
  }

  async predict(images: Uint8Array): Promise<Float32Array> {
    const { program, head } = this.#program();
    const count = images.length / sizeOf(program.input);
    const pixels = this.#rows.convert(images, new Float64Array(images.length));
    const outputs = this.#forward(pixels, count, inference).activations.at(-1)!;
    return Float32Array.from(head.fused === null ? outputs : activate(head.fused, outputs, program.outputs));
  }

  async readWeights(): Promise<Float32Array[]> {
    return this.#program().arrays.map((array) => Float32Array.from(array));
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

  #forward(
    pixels: Float64Array,
    count: number,
    mask: (op: number) => Context["mask"],
    gradients: readonly Float64Array[] = [],
  ) {
    const { head, arrays } = this.#program();
    const activations = [pixels];
    const contexts: Context[] = [];
    for (const [i, step] of head.steps.entries()) {
      const pick = (all: readonly Float64Array[]) => step.weights.map((index) => all[index]!);
      const context = { step, count, weights: pick(arrays), gradients: pick(gradients), mask: mask(i) };
      contexts.push(context);
      activations.push((kernels[step.op.op] as AnyKernel).forward(step.op, activations[i]!, context));
    }
    return { activations, contexts };
  }

  #update(gradients: readonly Float64Array[], learningRate: number): void {
    const { optimizer, arrays, slots } = this.#program();
    this.#step++;
    for (const [i, weights] of arrays.entries()) {
      const update: Update = {
        weights,
        gradient: gradients[i]!,
        slots: slots[i]!,
        learningRate,
        step: this.#step,
      };
      optimizers[optimizer.kind].update(optimizer as never, update);
    }
  }
}

const inference = () => () => null;
