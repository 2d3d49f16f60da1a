// Both files of a data set as bytes in the module's memory, and the ways from them to a batch at the network's input.

import type { Augmenter } from "../../spec/augment";
import type { Split } from "../../spec/samples";
import type { DataLayout } from "../engine";
import type { Arena } from "./arena";
import type { WasmExports } from "./exports";
import type { Lists, Tensor } from "./tensor";

/** With more lit pixels than this, lists cost more than they spare. */
const SPARSE_BELOW = 0.5;

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

export class Images {
  #files: Record<Split, File> | null = null;

  constructor(
    readonly wasm: WasmExports,
    readonly arena: Arena,
  ) {}

  allocate({ train, test }: Record<Split, DataLayout>): void {
    this.#files = { train: this.#allocate(train), test: this.#allocate(test) };
  }

  upload(split: Split, firstRow: number, images: Uint8Array): void {
    const file = this.file(split);
    const count = images.length / file.rowBytes;
    if (!Number.isInteger(count) || firstRow + count > file.rows)
      throw new RangeError(
        `${images.length} bytes at row ${firstRow} do not fit ${file.rows} rows of ${file.rowBytes}`,
      );
    const pointer = file.images + firstRow * file.rowBytes;
    this.arena.bytes(pointer, images.length).set(images);
    file.litBytes += this.wasm.markLit(pointer, count, file.rowBytes, file.lit);
    file.uploadedBytes += images.length;
  }

  setLabels(split: Split, labels: Uint8Array): void {
    this.arena.bytes(this.file(split).labels, labels.length).set(labels);
  }

  file(split: Split): File {
    if (this.#files === null) throw new Error("allocate() comes before uploading and training");
    return this.#files[split];
  }

  /** True where a file's images are mostly black. */
  isDark(split: Split): boolean {
    const { litBytes, uploadedBytes } = this.file(split);
    return litBytes < SPARSE_BELOW * uploadedBytes;
  }

  release(): void {
    this.#files = null;
  }

  #allocate(layout: DataLayout): File {
    const { arena } = this;
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
}

/** Brings batches of images to the network's input: as lists of lit pixels where those are few, else as floats. */
export class Input {
  /** Room for the augmented images of a batch, their numbers (0, 1, …), maps and noise keys. */
  readonly #augmented: { images: number; rows: number; maps: number; keys: number } | null;
  #isDark = false;

  /** @param lists where the first stage can take them */
  constructor(
    readonly files: Images,
    readonly tensor: Tensor,
    readonly lists: Lists | null,
    readonly augmenter: Augmenter,
    capacity: number,
  ) {
    const { arena } = files;
    if (!augmenter.active) {
      this.#augmented = null;
      return;
    }
    const { rowBytes } = files.file("train");
    this.#augmented = {
      images: arena.take(capacity * rowBytes),
      rows: arena.take(4 * capacity),
      maps: arena.take(24 * capacity),
      keys: arena.take(4 * capacity),
    };
    arena.words(this.#augmented.rows, capacity).set(Array.from({ length: capacity }, (_, n) => n));
    // Moved about, an image may light any pixel.
    if (lists !== null) arena.bytes(lists.lit, rowBytes).fill(1);
  }

  /** True while the batch at hand is mostly black. */
  get isDark(): boolean {
    return this.#isDark;
  }

  /**
   * Images of a file, by number.
   * @param rows pointer to their numbers
   * @param step of training, or null where nothing is done to the images
   */
  load(split: Split, rows: number, count: number, step: number | null): void {
    if (step === null || this.#augmented === null)
      this.#convert(split, this.files.file(split).images, rows, count);
    else this.#augment(split, rows, count, step);
  }

  /** Images that are in no file, as bytes; they are laid out as the training file's. */
  loadBytes(images: Uint8Array, count: number): void {
    const { arena } = this.files;
    const { tensor } = this;
    const size = images.length / count;
    const values = arena.floats(this.files.file("train").values, 256);
    const pixels = arena.floats(tensor.pointer, count * tensor.stride);
    for (let n = 0; n < count; n++) {
      const [image, row] = [images.subarray(n * size, (n + 1) * size), pixels.subarray(n * tensor.stride)];
      for (let i = 0; i < size; i++) row[i] = values[image[i]!]!;
    }
    this.#isDark = false;
    if (this.lists !== null) this.lists.inUse = false;
  }

  #augment(split: Split, rows: number, count: number, step: number): void {
    const { wasm, arena } = this.files;
    const { images, rows: numbers, maps, keys } = this.#augmented!;
    const { images: file, rowBytes } = this.files.file(split);
    const { shape, scale } = this.augmenter;
    const [height, width, channels] = shape as [number, number, number];
    const drawn = this.augmenter.maps(step, count);
    if (drawn !== null) arena.words(maps, drawn.length).set(new Uint32Array(drawn.buffer));
    wasm.warp(file, rows, count, height, width, channels, drawn === null ? 0 : maps, images);
    const noises = this.augmenter.noises(step, count);
    for (const noise of noises) {
      arena.words(keys, count).set(noise.keys);
      wasm.addNoise(images, count, rowBytes, keys, noise.amplitude, scale);
    }
    this.#convert(split, images, numbers, count, noises.length > 0);
  }

  /** Lists or floats: the sums are the same numbers in the same order, only the time differs. */
  #convert(split: Split, images: number, rows: number, count: number, isBright = false): void {
    const { wasm } = this.files;
    const { tensor, lists } = this;
    const { rowBytes, values } = this.files.file(split);
    this.#isDark = !isBright && this.files.isDark(split);
    if (lists !== null) lists.inUse = this.#isDark;
    if (lists?.inUse) {
      const { stride, starts, entries, columnStarts, columns } = lists;
      wasm.listLit(images, rows, count, rowBytes, values, stride, starts, entries, columnStarts, columns);
    } else wasm.gather(images, rows, count, rowBytes, values, tensor.pointer, tensor.stride);
  }
}
