// The images of both files, kept as bytes and handed out by row: what every engine of this folder stands on.
import type { Split } from "../spec/samples";
import type { DataLayout } from "./engine";

interface File {
  layout: DataLayout;
  images: Uint8Array;
  labels: Uint8Array;
  present: Uint8Array;
  /** Byte → float32, so that every engine sees the very same numbers. */
  values: Float32Array;
}

export class Rows {
  #files = new Map<Split, File>();

  allocate(layouts: Record<Split, DataLayout>): void {
    for (const [split, layout] of Object.entries(layouts) as [Split, DataLayout][]) {
      this.#files.set(split, {
        layout,
        images: new Uint8Array(layout.rows * layout.rowBytes),
        labels: new Uint8Array(layout.rows),
        present: new Uint8Array(layout.rows),
        values: Float32Array.from({ length: 256 }, (_, byte) => byte / layout.scale),
      });
    }
  }

  upload(split: Split, firstRow: number, images: Uint8Array): void {
    const { layout, images: kept, present } = this.#file(split);
    const count = images.length / layout.rowBytes;
    if (!Number.isInteger(count) || firstRow + count > layout.rows)
      throw new RangeError(
        `${images.length} bytes at row ${firstRow} do not fit ${layout.rows} rows of ${layout.rowBytes}`,
      );
    kept.set(images, firstRow * layout.rowBytes);
    present.fill(1, firstRow, firstRow + count);
  }

  setLabels(split: Split, labels: Uint8Array): void {
    this.#file(split).labels.set(labels);
  }

  /** Class numbers of these rows. */
  labels(split: Split, rows: Uint32Array): Uint8Array {
    const { labels, present } = this.#file(split);
    return Uint8Array.from(rows, (row) => {
      if (present[row] !== 1) throw new RangeError(`row ${row} of the ${split} file was not uploaded`);
      return labels[row]!;
    });
  }

  /** Bytes of these rows, row-major. */
  images(split: Split, rows: Uint32Array): Uint8Array {
    const { layout, images } = this.#file(split);
    const bytes = new Uint8Array(rows.length * layout.rowBytes);
    for (const [i, row] of rows.entries())
      bytes.set(images.subarray(row * layout.rowBytes, (row + 1) * layout.rowBytes), i * layout.rowBytes);
    return bytes;
  }

  /** Bytes as the network sees them, byte / scale; `split` is the file that they are laid out as. */
  convert<T extends Float32Array | Float64Array>(split: Split, images: Uint8Array, into: T): T {
    const { values } = this.#file(split);
    for (let i = 0; i < images.length; i++) into[i] = values[images[i]!]!;
    return into;
  }

  /** The byte that means 1.0. */
  scale(split: Split): number {
    return this.#file(split).layout.scale;
  }

  /** Bytes held for images and labels. */
  get bytes(): number {
    return [...this.#files.values()].reduce((sum, file) => sum + file.images.length + file.labels.length, 0);
  }

  dispose(): void {
    this.#files.clear();
  }

  #file(split: Split): File {
    const file = this.#files.get(split);
    if (file === undefined) throw new Error(`the ${split} file was not allocated`);
    return file;
  }
}
