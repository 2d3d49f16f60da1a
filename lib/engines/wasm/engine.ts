// Our own engine: SIMD WebAssembly on one thread, the same to the last bit on every device. This file lays the
// memory out and calls the module; the arithmetic is in assembly/.
import type { LossOp } from "../../spec/define";
import { type OpKind, sizeOf } from "../../spec/ops";
import type { Program, Step } from "../../spec/program";
import type { Split } from "../../spec/samples";
import {
  type CompileOptions,
  type DataLayout,
  type Engine,
  type EvaluateResult,
  engineNames,
  type TrainResult,
} from "../engine";
import { dropoutKey, splitHead } from "../head";
import { Arena } from "./arena";
import { fetchModule, instantiate, type WasmExports } from "./module";
import { optimizers } from "./optimizers";
import {
  activationKinds,
  type BuildContext,
  createTensor,
  type Lists,
  padded,
  type Stage,
  stages,
  type Tensor,
  type Weight,
} from "./stages";

/** Images that are evaluated or predicted at a time: enough to be quick, few enough to stay in the cache. */
const EVALUATE_BATCH = 128;
/** Rows of one copy into the module; longer calls are cut. */
const ROWS_AT_ONCE = 65536;
/** With more lit pixels than this, lists cost more than they spare. */
const SPARSE_BELOW = 0.5;

const lossKinds: Record<LossOp, number> = { crossentropy: 0, binaryCrossentropy: 1, meanSquaredError: 2 };

interface File extends DataLayout {
  images: number;
  labels: number;
  /** f32[256], what each byte means. */
  values: number;
  /** u8[rowBytes], and how many bytes of what was uploaded are not zero. */
  lit: number;
  litBytes: number;
  uploadedBytes: number;
}

interface Compiled extends CompileOptions {
  arrays: readonly Weight[];
  images: Tensor;
  lists: Lists | null;
  stages: readonly Stage[];
  output: Tensor;
  fused: boolean;
  rows: number;
}

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
  #files: Record<Split, File> | null = null;
  /** Where the images end and programs begin. */
  #mark = 0;
  #compiled: Compiled | null = null;
  #step = 0;
  #training = false;

  constructor(wasm: WasmExports) {
    this.#wasm = wasm;
    this.#arena = new Arena(wasm.memory, wasm.heapBase.value);
  }

  allocate(layouts: Record<Split, DataLayout>): void {
    this.#compiled = null;
    this.#arena.release();
    this.#files = { train: this.#allocateFile(layouts.train), test: this.#allocateFile(layouts.test) };
    this.#mark = this.#arena.mark;
  }

  upload(split: Split, firstRow: number, images: Uint8Array): void {
    const file = this.#file(split);
    const count = images.length / file.rowBytes;
    if (!Number.isInteger(count) || firstRow + count > file.rows)
      throw new RangeError(
        `${images.length} bytes at row ${firstRow} do not fit ${file.rows} rows of ${file.rowBytes}`,
      );
    const pointer = file.images + firstRow * file.rowBytes;
    this.#arena.bytes(pointer, images.length).set(images);
    file.litBytes += this.#wasm.markLit(pointer, count, file.rowBytes, file.lit);
    file.uploadedBytes += images.length;
  }

  setLabels(split: Split, labels: Uint8Array): void {
    this.#arena.bytes(this.#file(split).labels, labels.length).set(labels);
  }

  compile(options: CompileOptions): void {
    this.#arena.release(this.#mark);
    this.#step = 0;
    const { program } = options;
    const { steps, fused } = splitHead(program);
    const arena = this.#arena;
    const arrays = this.#placeWeights(options);
    const capacity = Math.max(options.batchSize, EVALUATE_BATCH);
    const images = createTensor(arena, capacity, program.input, false);
    const lists = readsImages(steps) ? this.#placeLists(capacity) : null;
    const tile = arena.take(16 * Math.max(...arrays.map(({ stride }) => stride)));
    const built: Stage[] = [];
    for (const [i, step] of steps.entries()) {
      const input = built.at(-1)?.output ?? images;
      const context: BuildContext = {
        wasm: this.#wasm,
        arena,
        capacity,
        tile,
        step,
        input,
        weights: step.weights.map((index) => arrays[index]!),
        lists: input === images ? lists : null,
        maskKey: () => (this.#training ? dropoutKey(options.seed, this.#step, i) : null),
      };
      built.push((stages[step.op.op] as (op: Step["op"], context: BuildContext) => Stage)(step.op, context));
    }
    const rows = arena.take(4 * ROWS_AT_ONCE);
    const output = built.at(-1)!.output;
    this.#compiled = {
      ...options,
      arrays,
      images,
      lists,
      stages: built,
      output,
      fused: fused !== null,
      rows,
    };
  }

  async train(rows: Uint32Array, batchSize: number, learningRate: number): Promise<TrainResult> {
    const batches = Math.ceil(rows.length / batchSize);
    const losses = new Float32Array(batches);
    const correct = new Float32Array(batches);
    const { optimizer, stages: built, rows: place } = this.#program();
    const perCopy = Math.floor(ROWS_AT_ONCE / batchSize) * batchSize;
    for (let done = 0, batch = 0; done < rows.length; done += perCopy) {
      const part = rows.subarray(done, done + perCopy);
      this.#arena.words(place, part.length).set(part);
      for (let start = 0; start < part.length; start += batchSize, batch++) {
        const count = Math.min(batchSize, part.length - start);
        this.#training = true;
        this.#forward("train", place + 4 * start, count);
        correct[batch] = this.#loss("train", place + 4 * start, count, true);
        losses[batch] = this.#wasm.lossSum() / count;
        if (!Number.isFinite(losses[batch])) {
          return { losses: losses.subarray(0, batch + 1), correct: correct.subarray(0, batch + 1) };
        }
        optimizers[optimizer.kind].configure(this.#wasm, optimizer as never, learningRate, this.#step + 1);
        for (let i = built.length - 1; i >= 0; i--) built[i]!.backward(count);
        this.#step++;
      }
    }
    return { losses, correct };
  }

  async evaluate(split: Split, rows: Uint32Array): Promise<EvaluateResult> {
    const { rows: place } = this.#program();
    this.#training = false;
    let [loss, correct] = [0, 0];
    for (let start = 0; start < rows.length; start += EVALUATE_BATCH) {
      const part = rows.subarray(start, start + EVALUATE_BATCH);
      this.#arena.words(place, part.length).set(part);
      this.#forward(split, place, part.length);
      correct += this.#loss(split, place, part.length, false);
      loss += this.#wasm.lossSum();
    }
    return { loss: loss / rows.length, accuracy: correct / rows.length };
  }

  async predict(images: Uint8Array): Promise<Float32Array> {
    const { program, images: input, stages: built, output, fused } = this.#program();
    this.#training = false;
    const { width, stride } = output;
    const count = images.length / input.width;
    const result = new Float32Array(count * width);
    const values = this.#arena.floats(this.#file("train").values, 256);
    for (let start = 0; start < count; start += EVALUATE_BATCH) {
      const size = Math.min(EVALUATE_BATCH, count - start);
      const pixels = this.#arena.floats(input.pointer, size * input.stride);
      for (let n = 0; n < size; n++)
        for (let i = 0; i < input.width; i++)
          pixels[n * input.stride + i] = values[images[(start + n) * input.width + i]!]!;
      this.#takeLists(false);
      for (const stage of built) stage.forward(size);
      const kind = activationKinds[program.loss === "crossentropy" ? "softmax" : "sigmoid"];
      if (fused) this.#wasm.activate(kind, output.pointer, output.pointer, size, width, stride, 0);
      const outputs = this.#arena.floats(output.pointer, size * stride);
      for (let n = 0; n < size; n++)
        result.set(outputs.subarray(n * stride, n * stride + width), (start + n) * width);
    }
    return result;
  }

  async readWeights(): Promise<Float32Array[]> {
    return this.#program().arrays.map(({ pointer, rows, width, stride }) => {
      const values = this.#arena.floats(pointer, rows * stride);
      const copy = new Float32Array(rows * width);
      for (let r = 0; r < rows; r++) copy.set(values.subarray(r * stride, r * stride + width), r * width);
      return copy;
    });
  }

  memory() {
    return { tensors: 3 * (this.#compiled?.arrays.length ?? 0), bytes: this.#arena.size };
  }

  dispose(): void {
    this.#compiled = null;
    this.#files = null;
    this.#arena.release();
  }

  #file(split: Split): File {
    if (this.#files === null) throw new Error("allocate() comes before uploading and training");
    return this.#files[split];
  }

  #program(): Compiled {
    if (this.#compiled === null) throw new Error("compile() comes before training or predicting");
    return this.#compiled;
  }

  #allocateFile(layout: DataLayout): File {
    const arena = this.#arena;
    const { rows, rowBytes, scale } = layout;
    const file = {
      ...layout,
      images: arena.take(rows * rowBytes),
      labels: arena.take(rows),
      values: arena.take(4 * 256),
      lit: arena.take(rowBytes),
      litBytes: 0,
      uploadedBytes: 0,
    };
    const values = arena.floats(file.values, 256);
    for (let byte = 0; byte < 256; byte++) values[byte] = byte / scale;
    return file;
  }

  #placeWeights({ program, weights, optimizer }: CompileOptions): Weight[] {
    const initial = optimizers[optimizer.kind].initial(optimizer as never);
    return program.weights.map(({ shape }, index) => {
      const width = shape.at(-1)!;
      const rows = sizeOf(shape) / width;
      const stride = padded(width);
      const [pointer, a, b] = [0, 1, 2].map(() => this.#arena.take(4 * rows * stride)) as [
        number,
        number,
        number,
      ];
      const values = this.#arena.floats(pointer, rows * stride);
      for (let r = 0; r < rows; r++)
        values.set(weights[index]!.subarray(r * width, (r + 1) * width), r * stride);
      if (initial !== 0) this.#arena.floats(a, rows * stride).fill(initial);
      return { pointer, slots: [a, b], rows, width, stride };
    });
  }

  #placeLists(capacity: number): Lists {
    const { rowBytes, lit } = this.#file("train");
    const arena = this.#arena;
    const entryBytes = 8 * capacity * rowBytes;
    return {
      inUse: false,
      starts: arena.take(4 * (capacity + 1)),
      entries: arena.take(entryBytes),
      columnStarts: arena.take(4 * (rowBytes + 1)),
      columns: arena.take(entryBytes),
      lit,
    };
  }

  #takeLists(inUse: boolean): void {
    const { lists } = this.#program();
    if (lists !== null) lists.inUse = inUse;
  }

  /** Brings a batch of a file's images to the input and runs every stage. @param rows pointer to their numbers */
  #forward(split: Split, rows: number, count: number): void {
    const { lists, images, stages: built } = this.#program();
    const { images: file, rowBytes, values, litBytes, uploadedBytes } = this.#file(split);
    // Lists or floats: the sums are the same numbers in the same order, only the time differs.
    this.#takeLists(litBytes < SPARSE_BELOW * uploadedBytes);
    if (lists?.inUse) {
      const { starts, entries, columnStarts, columns } = lists;
      this.#wasm.listLit(file, rows, count, rowBytes, values, starts, entries, columnStarts, columns);
    } else this.#wasm.gather(file, rows, count, rowBytes, values, images.pointer, images.stride);
    for (const stage of built) stage.forward(count);
  }

  /** @returns right answers; the sum of losses is the module's `lossSum` */
  #loss(split: Split, rows: number, count: number, withGradient: boolean): number {
    const { program, output, fused } = this.#program();
    const { pointer, width, stride, gradient } = output;
    const { labels } = this.#file(split);
    const slope = withGradient ? gradient : 0;
    return this.#wasm.loss(
      lossKinds[program.loss],
      Number(fused),
      pointer,
      count,
      width,
      stride,
      labels,
      rows,
      slope,
    );
  }
}

/** True where the first Op that does anything is a dense layer on the images. */
function readsImages(steps: Program["steps"]): boolean {
  const first: OpKind | undefined = steps.find(({ op }) => op.op !== "flatten")?.op.op;
  return first === "dense";
}
