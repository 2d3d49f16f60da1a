// What every question gets: one network with its weights as they were when it was asked, the data, and the engine.
import type { DatasetDefinition } from "../spec/define";
import type { ExperimentSpec } from "../spec/experiment";
import type { Program } from "../spec/program";
import type { Selection } from "../spec/samples";
import type { LensSplit } from "./contract";

export interface Looking {
  spec: ExperimentSpec;
  program: Program;
  /** One array per entry of `program.weights`; not to be written to. */
  weights: readonly Float32Array[];
  dataset: DatasetDefinition;
  /** The rows that the experiment uses of either file. @throws DataError */
  selection(): Promise<Selection>;
  /** Class numbers as the network has them, of every row of the split's file. @throws DataError, or Error for locked ones */
  labels(split: LensSplit): Promise<Uint8Array>;
  /** Bytes of images, row-major; fetched where they are not here. @throws DataError, or Error for locked ones */
  images(split: LensSplit, rows: Uint32Array): Promise<Uint8Array>;
  /**
   * What the network, or its first `steps` steps, make of images given as bytes, in inference mode on the lens' engine.
   * With 0 steps these are the numbers that the network sees.
   * @returns [images, width], row-major
   */
  outputs(images: Uint8Array, steps?: number): Promise<Float32Array>;
  /** The same for another network on the same data set. @throws as `LensApi.open`, Error where the data set is another */
  beside(spec: unknown, weights: readonly Float32Array[]): Looking;
}
