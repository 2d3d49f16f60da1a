// How images fall into batches.

export interface Batching {
  /** Full batches. */
  floor: number;
  /** Batches with the short one, if there is one. */
  ceiling: number;
  /** Images that fill no batch. */
  left: number;
}

/** @param images one or more; so is `batchSize` */
export function splitIntoBatches(images: number, batchSize: number): Batching {
  return {
    floor: Math.floor(images / batchSize),
    ceiling: Math.ceil(images / batchSize),
    left: images % batchSize,
  };
}
