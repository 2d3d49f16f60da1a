import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { sizeOf } from "../spec/ops";
import { ParseError } from "../spec/parse";
import { firstRun } from "../spec/presets/first-run";
import { smallAndSharp } from "../spec/presets/small-and-sharp";
import { buildProgram, initialWeights } from "../spec/program";
import { hashWeights } from "../training/weights-hash";
import { weightEncodings } from "./published-run";
import { atOnce } from "./testing";
import { decodeWeights as decoding, encodedSize, encodeWeights as encoding } from "./weights";

const encodeWeights = (...args: Parameters<typeof encoding>) => atOnce(encoding(...args));
const decodeWeights = (...args: Parameters<typeof decoding>) => atOnce(decoding(...args));

const lesson = buildProgram(parseExperiment(firstRun));
const normalized = buildProgram(parseExperiment(smallAndSharp.experiment));

/** Two inputs and three units, each with a bias. */
const tiny = {
  weights: buildProgram({
    ...parseExperiment(firstRun),
    layers: [
      { kind: "globalAveragePooling2d" },
      { kind: "dense", units: 2, activation: "relu" },
      { kind: "dense", units: 3, activation: "softmax" },
    ],
  } satisfies ExperimentSpec).weights.slice(2),
};

const refusal = (act: () => unknown): ParseError => {
  try {
    act();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error("was not refused");
};

describe("float32", () => {
  test("gives the weights back to the last bit, and so their hash", async () => {
    for (const program of [lesson, normalized]) {
      const weights = initialWeights(program, 7);
      weights[0]!.set([-0, 2 ** -149, 3.4028234663852886e38]);
      const bytes = encodeWeights(weights, "float32", program);
      expect(await hashWeights(decodeWeights(bytes, "float32", program))).toBe(await hashWeights(weights));
    }
  });

  test("is little-endian, array after array", () => {
    const bytes = encodeWeights(
      [Float32Array.of(1, 0, 0, 0, 0, -2), Float32Array.of(0, 0, 0.1)],
      "float32",
      tiny,
    );
    const zero = "00000000";
    expect(Buffer.from(bytes).toString("hex")).toBe(
      `0000803f${zero.repeat(4)}000000c0${zero.repeat(2)}cdcccc3d`,
    );
  });
});

describe("int8", () => {
  test("is a scale for each unit, then a byte for each weight, and biases as they are", () => {
    const kernel = Float32Array.of(127, 0, -0.5, -63.6, 0, 0.25);
    const bytes = encodeWeights([kernel, Float32Array.of(1, 2, -4)], "int8", tiny);
    const scales = Buffer.from(Float32Array.of(1, 0, 0.5 / 127).buffer).toString("hex");
    const biases = Buffer.from(Float32Array.of(1, 2, -4).buffer).toString("hex");
    // 127, 0, −127, then −64, 0, 63.5 rounded up, as two's complement.
    expect(Buffer.from(bytes).toString("hex")).toBe(`${scales}7f0081c00040${biases}`);
  });

  test("misses no weight by more than half of its unit's scale, whatever the weights", () => {
    const weight = fc.float({ min: Math.fround(-1e30), max: Math.fround(1e30), noNaN: true });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 6, maxLength: 6 }), (values) => {
        const kernel = Float32Array.from(values);
        const bytes = encodeWeights([kernel, new Float32Array(3)], "int8", tiny);
        const [back] = decodeWeights(bytes, "int8", tiny) as [Float32Array, Float32Array];
        for (const [i, value] of kernel.entries()) {
          const largest = Math.max(Math.abs(kernel[i % 3]!), Math.abs(kernel[(i % 3) + 3]!));
          // Beside it, what float32 cannot tell apart.
          expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual((0.501 / 127) * largest + 1e-42);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("keeps biases and what batch normalization has to the bit", () => {
    const weights = initialWeights(normalized, 3).map((array) => array.map((w, i) => w + i / 3));
    const back = decodeWeights(encodeWeights(weights, "int8", normalized), "int8", normalized);
    const vectors = normalized.weights.flatMap(({ shape }, i) => (shape.length === 1 ? [i] : []));
    expect(vectors.length).toBe(16);
    for (const i of vectors) expect(back[i]).toEqual(weights[i]);
  });
});

describe.each(weightEncodings)("%s", (encoding) => {
  test("has just the length that the network implies", () => {
    for (const program of [lesson, normalized, tiny]) {
      const size = encodedSize(program, encoding);
      expect(encodeWeights(initialWeights(program, 1), encoding, program).length).toBe(size);
      for (const length of [0, size - 1, size + 1]) {
        const error = refusal(() => decodeWeights(new Uint8Array(length), encoding, program));
        expect(error.field).toBe("weights");
        expect(error.message).toBe(
          `weights is "${length} bytes"; it must be ${size} bytes for this network as ${encoding}.`,
        );
      }
    }
  });

  test("refuses weights that are not finite or not the network's, before writing them", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const weights = initialWeights(tiny, 1);
      weights[1]![2] = bad;
      expect(refusal(() => encodeWeights(weights, encoding, tiny)).message).toBe(
        `weights is ${bad}; it must be finite numbers.`,
      );
    }
    expect(() => encodeWeights(initialWeights(lesson, 1), encoding, tiny)).toThrow(RangeError);
    expect(() => encodeWeights([new Float32Array(6)], encoding, tiny)).toThrow(RangeError);
  });

  test("makes weights of the right sizes of any bytes of the right length, or refuses them", () => {
    const size = encodedSize(tiny, encoding);
    const outcomes = { weights: 0, refused: 0 };
    fc.assert(
      fc.property(fc.uint8Array({ minLength: size, maxLength: size }), fc.boolean(), (bytes, isInfinite) => {
        if (isInfinite) bytes.set([0, 0, 128, 127]);
        try {
          const weights = decodeWeights(bytes, encoding, tiny);
          expect(weights.map(({ length }) => length)).toEqual(tiny.weights.map(({ shape }) => sizeOf(shape)));
          expect(weights.every((array) => array.every(Number.isFinite))).toBe(true);
          outcomes.weights++;
        } catch (error) {
          if (!(error instanceof ParseError)) throw error;
          expect(error.field).toBe("weights");
          outcomes.refused++;
        }
      }),
      { numRuns: 500 },
    );
    expect(Math.min(outcomes.weights, outcomes.refused)).toBeGreaterThan(50);
  });

  test("reads a view from where it begins", () => {
    const bytes = encodeWeights(initialWeights(tiny, 1), encoding, tiny);
    const shifted = new Uint8Array([9, 9, 9, ...bytes, 9]).subarray(3, -1);
    expect(decodeWeights(shifted, encoding, tiny)).toEqual(decodeWeights(bytes, encoding, tiny));
  });
});
