import { describe, expect, test } from "vitest";
import { Tape } from "./tape";

const x = [0.7, -1.3, 0, 2.4];

/** What a function of the tape gives, and the gradient of it, at these values. */
function differentiate(values: readonly number[], compute: (tape: Tape, x: number) => number) {
  const tape = new Tape();
  const input = tape.input(values);
  const output = compute(tape, input);
  return { values: tape.entries[output]!.values, gradient: tape.gradient(output, input) };
}

/** (f(x + h) − f(x − h)) / 2h */
function measured(values: readonly number[], compute: (tape: Tape, x: number) => number): Float64Array {
  const gap = 1e-6;
  const at = (shift: number) =>
    differentiate(
      values.map((value) => value + shift),
      compute,
    ).values;
  const [above, below] = [at(gap), at(-gap)];
  return above.map((value, i) => (value - below[i]!) / (2 * gap));
}

describe("the tape", () => {
  test("gives exactly 2x for y = x·x", () => {
    const { values, gradient } = differentiate(x, (tape, input) => tape.multiply(input, input));
    expect([...values]).toEqual(x.map((value) => value * value));
    expect([...gradient]).toEqual(x.map((value) => 2 * value));
  });

  test("writes down each operation with what it was computed from", () => {
    const tape = new Tape();
    const input = tape.input(x);
    const square = tape.multiply(input, input);
    tape.add(square, input);
    expect(tape.entries.map(({ operation, inputs }) => [operation, ...inputs])).toEqual([
      ["input"],
      ["multiply", 0, 0],
      ["add", 1, 0],
    ]);
  });

  test("goes back share by share, and adds up what meets", () => {
    const tape = new Tape();
    const input = tape.input([3]);
    const shares = tape.backward(tape.multiply(input, input));
    expect(shares.map(({ from, to, values, total }) => [from, to, values[0], total[0]])).toEqual([
      [1, 0, 3, 3],
      [1, 0, 3, 6],
    ]);
  });

  test.each<[string, (tape: Tape, x: number) => number]>([
    ["x + x", (tape, input) => tape.add(input, input)],
    ["x³", (tape, input) => tape.multiply(tape.multiply(input, input), input)],
    ["σ(x)", (tape, input) => tape.sigmoid(input)],
    [
      "x·σ(x² + x)",
      (tape, input) => tape.multiply(input, tape.sigmoid(tape.add(tape.multiply(input, input), input))),
    ],
  ])("agrees with finite differences for %s", (_, compute) => {
    const { gradient } = differentiate(x, compute);
    const expected = measured(x, compute);
    for (const [i, slope] of gradient.entries()) expect(slope).toBeCloseTo(expected[i]!, 6);
  });

  test("has no gradient by what a value does not depend on", () => {
    const tape = new Tape();
    const [a, b] = [tape.input([2]), tape.input([5])];
    const square = tape.multiply(a, a);
    expect([...tape.gradient(square, b)]).toEqual([0]);
    expect([...tape.gradient(b, b)]).toEqual([1]);
    expect([...tape.gradient(square, a)]).toEqual([4]);
  });
});
