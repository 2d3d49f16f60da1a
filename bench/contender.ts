// The small interface behind which every contender in a page stands.
import type { BenchLayer, Case } from "./cases";

/** Images as bytes, [rows, 784], and the class number of each. */
export interface Images {
  images: Uint8Array;
  labels: Uint8Array;
}

export interface Setup {
  layers: readonly BenchLayer[];
  batchSize: number;
  train: Images;
  test: Images;
}

export interface Trainer {
  /** Says which rows of the training images come next; what it does here is not timed. */
  take(rows: Uint32Array): void | Promise<void>;
  /**
   * One step of the optimizer for each batch of the rows taken, batches put together from the whole set.
   * @returns the mean loss of these steps
   */
  train(): Promise<number>;
  /** @returns right answers among the first `count` test images */
  evaluate(count: number): Promise<number>;
}

/** Makes the network and brings the data to where the contender wants it. */
export type Prepare = (setup: Setup) => Promise<Trainer>;

/** What Node asks of a page, and of the Python process. */
export interface Seat {
  prepare(what: Case): Promise<void>;
  /** @returns milliseconds of `steps` training steps, and their mean loss */
  train(steps: number): Promise<{ ms: number; loss: number }>;
  /** @returns milliseconds and right answers of the first `count` test images */
  evaluate(count: number): Promise<{ ms: number; correct: number }>;
}

/** Images as a network sees them, 0 to 1. A loop, because `Float32Array.from` takes seconds for 47 million. */
export function pixelsOf(images: Uint8Array): Float32Array<ArrayBuffer> {
  const pixels = new Float32Array(images.length);
  for (let i = 0; i < images.length; i++) pixels[i] = images[i]! / 255;
  return pixels;
}
