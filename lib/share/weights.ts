// Encodings of a published run's weights. Both are bytes and nothing else, array after array in the order of
// `program.weights`, so that the experiment alone says how long they are; numbers are little-endian.
//
// float32: every weight as it is, to the last bit.
// int8:    a kernel (an array of two or more axes; the last one counts the units) is one float32 scale a unit, then
//          one signed byte a weight, row-major, from −127 to 127: weight = byte × its unit's scale, as a float32. All
//          other arrays (biases, what batch normalization has) are float32.
import { sizeOf, type WeightSpec } from "../spec/ops";
import { ParseError } from "../spec/parse";
import type { Program } from "../spec/program";
import type { WeightEncoding } from "./published-run";
import type { Work } from "./slices";

type Layout = Pick<Program, "weights">;

const LARGEST_BYTE = 127;
/** Numbers that are written or read in about a millisecond. */
const PIECE = 2 ** 16;

/** Whether an array holds a weight for each pair of an input and a unit, and not one number for each unit. */
export const isKernel = ({ shape }: WeightSpec): boolean => shape.length > 1;

export const unitsOf = ({ shape }: WeightSpec): number => shape.at(-1)!;

/** @returns bytes */
export const encodedSize = ({ weights }: Layout, encoding: WeightEncoding): number =>
  weights.reduce((sum, spec) => sum + arraySize(spec, encoding), 0);

const arraySize = (spec: WeightSpec, encoding: WeightEncoding): number =>
  encoding === "int8" && isKernel(spec) ? 4 * unitsOf(spec) + sizeOf(spec.shape) : 4 * sizeOf(spec.shape);

/**
 * @throws RangeError where the arrays are not the program's, ParseError (field "weights") for a number that is not finite
 */
export function checkWeights(weights: readonly Float32Array[], program: Layout): void {
  const sizes = program.weights.map(({ shape }) => sizeOf(shape));
  if (weights.length !== sizes.length || weights.some(({ length }, i) => length !== sizes[i]))
    throw new RangeError("These weights are not this network's: their sizes differ.");
  const bad = findNotFinite(weights);
  if (bad !== undefined) throw new ParseError("weights", bad, "finite numbers");
}

/** The first number that is NaN or infinite; undefined where there is none. */
export function findNotFinite(weights: readonly Float32Array[]): number | undefined {
  for (const array of weights)
    for (let i = 0; i < array.length; i++) if (!Number.isFinite(array[i])) return array[i];
  return undefined;
}

/**
 * The same weights give the same bytes on every device. A large network takes a while: see slices.
 * @throws RangeError where the arrays are not the program's, ParseError for a number that is not finite
 */
export function* encodeWeights(
  weights: readonly Float32Array[],
  encoding: WeightEncoding,
  program: Layout,
): Work<Uint8Array<ArrayBuffer>> {
  checkWeights(weights, program);
  const bytes = new Uint8Array(encodedSize(program, encoding));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  function* writeFloats(values: Float32Array): Work<void> {
    for (let i = 0; i < values.length; i++, offset += 4) {
      if (i % PIECE === 0) yield;
      view.setFloat32(offset, values[i]!, true);
    }
  }
  for (const [index, spec] of program.weights.entries()) {
    const values = weights[index]!;
    if (encoding === "float32" || !isKernel(spec)) {
      yield* writeFloats(values);
      continue;
    }
    const scales = yield* scalesOf(values, unitsOf(spec));
    yield* writeFloats(scales);
    for (let i = 0; i < values.length; i++, offset++) {
      if (i % PIECE === 0) yield;
      view.setInt8(offset, roundToByte(values[i]! / scales[i % scales.length]!));
    }
  }
  return bytes;
}

/** A unit whose weights are all zero has no scale: 0 ÷ 0 is written as 0. */
const roundToByte = (steps: number): number =>
  Math.min(Math.max(Math.round(steps), -LARGEST_BYTE), LARGEST_BYTE);

/** The largest weight of each unit is 127 of its scale. */
function* scalesOf(values: Float32Array, units: number): Work<Float32Array> {
  const scales = new Float32Array(units);
  for (let i = 0; i < values.length; i++) {
    if (i % PIECE === 0) yield;
    scales[i % units] = Math.max(scales[i % units]!, Math.abs(values[i]!));
  }
  return scales.map((largest) => largest / LARGEST_BYTE);
}

/** @throws ParseError (field "weights") where the length is not the program's, or a number is not finite */
export function* decodeWeights(
  bytes: Uint8Array,
  encoding: WeightEncoding,
  program: Layout,
): Work<Float32Array[]> {
  const size = encodedSize(program, encoding);
  if (bytes.length !== size)
    throw new ParseError("weights", `${bytes.length} bytes`, `${size} bytes for this network as ${encoding}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  function* readFloats(length: number): Work<Float32Array> {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++, offset += 4) {
      if (i % PIECE === 0) yield;
      values[i] = view.getFloat32(offset, true);
    }
    return values;
  }
  const weights: Float32Array[] = [];
  for (const spec of program.weights) {
    const length = sizeOf(spec.shape);
    if (encoding === "float32" || !isKernel(spec)) {
      weights.push(yield* readFloats(length));
      continue;
    }
    const units = unitsOf(spec);
    const scales = yield* readFloats(units);
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++, offset++) {
      if (i % PIECE === 0) yield;
      values[i] = view.getInt8(offset) * scales[i % units]!;
    }
    weights.push(values);
  }
  checkWeights(weights, program);
  return weights;
}
