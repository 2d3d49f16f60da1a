// What a data set's builder is: it finds the original files, makes sure that they are the right ones and gives
// their bytes. Everything after that is the same for all.
import type { DatasetDefinition } from "../../lib/spec/define";
import type { Split } from "../../lib/spec/samples";

export interface SplitBytes {
  /** Row-major, one after the other. */
  images: Uint8Array;
  /** One class number for each image. */
  labels: Uint8Array;
}

export interface DatasetBuilder {
  definition: DatasetDefinition;
  /** @throws DataBuildError */
  read(): Promise<Record<Split, SplitBytes>>;
}

/** The data cannot be built; the message is one sentence that says what to do. */
export class DataBuildError extends Error {
  override name = "DataBuildError";
}
