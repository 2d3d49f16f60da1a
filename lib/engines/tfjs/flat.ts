// All trained weights end to end in one tensor: the optimizer then takes a dozen kernels a step, not a dozen for each
// array.
import * as tf from "@tensorflow/tfjs-core";
import { sizeOf } from "../../spec/ops";
import type { Program } from "../../spec/program";

type Weights = Pick<Program, "weights">;

const lengths = ({ weights }: Weights) =>
  weights.map(({ shape, trainable }) => (trainable ? sizeOf(shape) : 0));

/** Trained arrays end to end; the others are left out. @param arrays one per entry of `program.weights` */
export function join(arrays: readonly Float32Array[], program: Weights): Float32Array {
  const sizes = lengths(program);
  const values = new Float32Array(sizes.reduce((sum, size) => sum + size, 0));
  let end = 0;
  for (const [i, size] of sizes.entries()) {
    if (size > 0) values.set(arrays[i]!, end);
    end += size;
  }
  return values;
}

/** `join` undone: one array per entry of `program.weights`, empty for those that are not trained. */
export function separate(values: Float32Array, program: Weights): Float32Array[] {
  let end = 0;
  return lengths(program).map((size) => {
    end += size;
    return values.slice(end - size, end);
  });
}

/** The same on tensors, shaped; null for those that are not trained. */
export function cut(flat: tf.Tensor1D, program: Weights): (tf.Tensor | null)[] {
  const trained = program.weights.filter(({ trainable }) => trainable);
  const parts = tf.tidy(() =>
    tf
      .split(
        flat,
        trained.map(({ shape }) => sizeOf(shape)),
      )
      .map((part, i) => tf.reshape(part, [...trained[i]!.shape])),
  );
  return program.weights.map(({ trainable }) => (trainable ? parts.shift()! : null));
}
