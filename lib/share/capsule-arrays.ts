// How a capsule writes one array of weights. `codeKernel` and `codeVector` go both ways: with a BitWriter they write what
// they are given, with a BitReader they ignore that and give what was written.
//
// A kernel is written as what training changed, in whole steps. Both sides can work out the weights before training,
// and the change is smaller; where it is not, as after strong weight decay, the weights themselves are written. Weights
// of pixels that are never lit do not change and cost next to nothing. The others change much as the weight above
// them does, which is the same unit's for the pixel beside: its level foretells length and sign.
import { type BitCoder, createModels, type Models } from "./capsule-coder";
import type { Work } from "./slices";

export interface Kernel {
  /** 1 where the levels count from the weights before training, 0 where they count from zero. */
  isChange: number;
  step: number;
  levels: Int16Array;
}

/** The most binary digits that a level has without its sign. */
const MAX_DIGITS = 15;
/** Steps in an array's Euclidean norm, at most: no weight is longer than the norm, so the digits always suffice. */
export const MAX_PRECISION = 2 ** 14;

/**
 * @param precision steps in the array's Euclidean norm: all arrays are then as exact as each other, whatever their size
 */
export function quantize(
  weights: Float32Array,
  initial: Float32Array,
  units: number,
  precision: number,
): Kernel {
  const change = weights.map((weight, i) => weight - initial[i]!);
  const norm = normOf(weights);
  const isChange = normOf(change) <= norm;
  const step = Math.fround(norm / precision);
  const levels = roundToSteps(isChange ? change : weights, step, units);
  return { isChange: isChange ? 1 : 0, step, levels };
}

/**
 * What rounding leaves over is passed on to the same unit's weight of the next input: neighbouring inputs are alike, so
 * the errors of a sum cancel instead of adding up (error diffusion, Floyd & Steinberg 1976). The loss then moves half
 * as far, and the reader need not know.
 */
function roundToSteps(values: Float32Array, step: number, units: number): Int16Array {
  const levels = new Int16Array(values.length);
  const leftOver = new Float64Array(units);
  for (let i = 0; i < values.length; i++) {
    // What training never changed stays as it is. (A step is 0 where all values are, or very nearly.)
    if (values[i] === 0 || step === 0) continue;
    const wanted = values[i]! / step + leftOver[i % units]!;
    levels[i] = Math.round(wanted);
    leftOver[i % units] = wanted - levels[i]!;
  }
  return levels;
}

/** The weights that a kernel stands for. */
export const restore = ({ isChange, step, levels }: Kernel, initial: Float32Array): Float32Array =>
  isChange
    ? initial.map((weight, i) => weight + levels[i]! * step)
    : Float32Array.from(levels, (level) => level * step);

function normOf(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** Levels that are coded in well under a millisecond. */
const PIECE = 2048;

/** @param kernel for reading, one with as many levels as will be read, which are overwritten */
export function* codeKernel(coder: BitCoder, kernel: Kernel, units: number): Work<Kernel> {
  const isChange = coder.codeRaw(kernel.isChange, 1);
  const step = floatOf(coder.codeRaw(bitsOf(kernel.step), 32));
  const { levels } = kernel;
  const models = createLevelModels();
  for (let i = 0; i < levels.length; i++) {
    if (i % PIECE === 0) yield;
    levels[i] = codeLevel(coder, models, levels[i]!, i < units ? 0 : levels[i - units]!);
  }
  return { isChange, step, levels };
}

interface LevelModels {
  /** Whether there is one more digit, by the digits of the level above and the digits so far. */
  length: Models;
  /** By the sign of the level above. */
  sign: Models;
  /** By the digits so far. */
  digits: Models;
}

const createLevelModels = (): LevelModels => ({
  length: createModels((MAX_DIGITS + 1) * MAX_DIGITS),
  sign: createModels(3),
  digits: createModels(2 ** MAX_DIGITS),
});

/** Length, sign, then the digits after the first, which is always 1 (Elias 1975, with each bit foretold). */
function codeLevel(
  coder: BitCoder,
  { length, sign, digits }: LevelModels,
  level: number,
  above: number,
): number {
  const size = Math.abs(level);
  const wanted = digitsOf(size);
  const context = digitsOf(Math.abs(above)) * MAX_DIGITS;
  let count = 0;
  while (count < MAX_DIGITS && coder.code(length, context + count, count < wanted ? 1 : 0)) count++;
  if (count === 0) return 0;
  const isNegative = coder.code(sign, Math.sign(above) + 1, level < 0 ? 1 : 0);
  let coded = 1;
  for (let place = count - 2; place >= 0; place--)
    coded = (coded << 1) | coder.code(digits, coded, (size >>> place) & 1);
  return isNegative ? -coded : coded;
}

const digitsOf = (size: number) => 32 - Math.clz32(size);

/**
 * Biases and what batch normalization has, with 16 of their 32 bits: sign, exponent and the first 8 of 24 binary
 * digits (bfloat16), each far more exact than a kernel's levels.
 */
export const codeVector = (coder: BitCoder, values: Float32Array): Float32Array =>
  values.map((value) => floatOf(coder.codeRaw((bitsOf(value) + 0x8000) >>> 16, 16) * 2 ** 16));

const float = new Float32Array(1);
const whole = new Uint32Array(float.buffer);

function bitsOf(value: number): number {
  float[0] = value;
  return whole[0]!;
}

function floatOf(bits: number): number {
  whole[0] = bits;
  return float[0]!;
}
