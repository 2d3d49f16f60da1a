// Automatic differentiation in reverse: every operation is written down while it is computed, and the tape is then read
// from its end to its beginning. TensorFlow's GradientTape and PyTorch's autograd work in this way. All values are
// arrays of one length, and every operation works on each element by itself.

export interface Entry {
  operation: "input" | "add" | "multiply" | "sigmoid";
  /** Places on the tape of what it was computed from. */
  inputs: readonly number[];
  values: Float64Array;
  /** ∂entry/∂input for each input, element by element: all that the way back needs. */
  slopes: readonly Float64Array[];
}

/** One step of the way back: a share of the gradient that goes from an entry to one of its inputs. */
export interface Share {
  from: number;
  to: number;
  /** What arrived at `from` so far, times the slope. */
  values: Float64Array;
  /** What has come together at `to`, this share included. */
  total: Float64Array;
}

const each = (length: number, of: (i: number) => number) => Float64Array.from({ length }, (_, i) => of(i));

export class Tape {
  readonly entries: Entry[] = [];

  /** Begins with values that are given. Like every operation, returns their place on the tape. */
  input(values: ArrayLike<number>): number {
    return this.#write({ operation: "input", inputs: [], values: Float64Array.from(values), slopes: [] });
  }

  add(a: number, b: number): number {
    const [x, y] = [this.#values(a), this.#values(b)];
    const ones = each(x.length, () => 1);
    const values = each(x.length, (i) => x[i]! + y[i]!);
    return this.#write({ operation: "add", inputs: [a, b], values, slopes: [ones, ones] });
  }

  multiply(a: number, b: number): number {
    const [x, y] = [this.#values(a), this.#values(b)];
    const values = each(x.length, (i) => x[i]! * y[i]!);
    return this.#write({ operation: "multiply", inputs: [a, b], values, slopes: [y, x] });
  }

  sigmoid(a: number): number {
    const x = this.#values(a);
    const values = each(x.length, (i) => 1 / (1 + Math.exp(-x[i]!)));
    const slope = each(x.length, (i) => values[i]! * (1 - values[i]!));
    return this.#write({ operation: "sigmoid", inputs: [a], values, slopes: [slope] });
  }

  /**
   * Reads the tape backwards from `of`: by the chain rule, what arrives at an entry goes on to each of its inputs, times
   * the slope there, and shares that meet are added up. The gradient of `of` by itself, 1 for each element, begins it.
   */
  backward(of: number): Share[] {
    const totals: Float64Array[] = this.entries.map(({ values }) => new Float64Array(values.length));
    totals[of]!.fill(1);
    const shares: Share[] = [];
    for (let from = of; from >= 0; from--)
      for (const [index, to] of this.entries[from]!.inputs.entries()) {
        const slope = this.entries[from]!.slopes[index]!;
        const values = slope.map((local, i) => local * totals[from]![i]!);
        totals[to] = values.map((value, i) => value + totals[to]![i]!);
        shares.push({ from, to, values, total: totals[to] });
      }
    return shares;
  }

  /** ∂of/∂by, element by element; zeros where `of` does not depend on it. */
  gradient(of: number, by: number): Float64Array {
    const none = this.entries[by]!.values.map(() => (of === by ? 1 : 0));
    return this.backward(of).findLast(({ to }) => to === by)?.total ?? none;
  }

  #values(place: number): Float64Array {
    return this.entries[place]!.values;
  }

  #write(entry: Entry): number {
    return this.entries.push(entry) - 1;
  }
}
