// Functions that are written to a tape, each with its derivative as one finds it by hand. The tape knows nothing of these
// derivatives: the two are compared.
import { Tape } from "./tape";

export interface TapeFunction {
  id: string;
  /** "y = x²", and "dy/dx = 2x". */
  formula: string;
  derivative: string;
  /** Writes the function of the entry at `x`; returns the place of y. */
  write(tape: Tape, x: number): number;
  byHand(x: number): number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

export const tapeFunctions: readonly TapeFunction[] = [
  {
    id: "square",
    formula: "x²",
    derivative: "2x",
    write: (tape, x) => tape.multiply(x, x),
    byHand: (x) => 2 * x,
  },
  {
    id: "sum",
    formula: "x² + x",
    derivative: "2x + 1",
    write: (tape, x) => tape.add(tape.multiply(x, x), x),
    byHand: (x) => 2 * x + 1,
  },
  {
    id: "sigmoid",
    formula: "σ(x²)",
    derivative: "σ(x²)(1 − σ(x²)) · 2x",
    write: (tape, x) => tape.sigmoid(tape.multiply(x, x)),
    byHand: (x) => sigmoid(x * x) * (1 - sigmoid(x * x)) * 2 * x,
  },
];

export interface TapeRun {
  tape: Tape;
  /** Places of x and y. */
  x: number;
  y: number;
}

/** Computes a function of these values, with everything written down. */
export function runTape({ write }: TapeFunction, values: ArrayLike<number>): TapeRun {
  const tape = new Tape();
  const x = tape.input(values);
  return { tape, x, y: write(tape, x) };
}
