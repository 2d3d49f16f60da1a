// A network's outputs as they are shown.
import type { Program } from "../spec/program";

/** [images, classes]; one sigmoid output is given as [1 − p, p]. */
export const asProbabilities = (outputs: Float32Array, { outputs: width }: Program): Float32Array =>
  width === 1 ? Float32Array.from([...outputs].flatMap((p) => [1 - p, p])) : outputs;
