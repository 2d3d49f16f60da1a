// Layers against numbers that this project did not compute: by hand, or with a few lines of Python (lists and loops,
// no library) that restate the formulas of Keras 3.
import { afterEach, describe, expect, test } from "vitest";
import { inferShape, type OpKind, type OpOf, type Padding, type Shape } from "../spec/ops";
import { buildProgram, initialWeights } from "../spec/program";
import type { Context, Kernel } from "./reference/kernel";
import { kernels } from "./reference/kernels";
import { conv, network } from "./testing/cases";
import { disposeAll, images, prepare, rows, start } from "./testing/parity";

afterEach(disposeAll);

const doubles = (values: readonly number[]) => Float64Array.from(values);
const range = (length: number) => Array.from({ length }, (_, i) => i + 1);

/** A kernel of the reference on its own. */
function stage<K extends OpKind>(op: OpOf<K>, input: Shape, weights: readonly number[][], training = true) {
  const shape = inferShape(op, input, input);
  if (typeof shape === "string") throw new Error(shape);
  const none = new Float64Array(0);
  const context: Context = {
    step: { op: op as never, layer: 0, input, output: shape.output, fork: null, weights: [] },
    count: 1,
    training,
    weights: weights.map(doubles),
    gradients: weights.map(({ length }) => new Float64Array(length)),
    moved: [],
    mask: () => new Float32Array(0),
    forked: { shape: input, x: none, dx: none },
  };
  const kernel = kernels[op.op as K] as unknown as Kernel<K>;
  const forward = (x: readonly number[], count = 1) => {
    context.count = count;
    return kernel.forward(op, doubles(x), context);
  };
  return { context, kernel, forward };
}

function expectClose(actual: Float64Array | Float32Array, expected: readonly number[], digits = 8): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, digits);
}

describe("convolution", () => {
  // 1 to 16 in rows of four, under a kernel that is no mirror image of itself; by Python.
  const wide = [1, 0, -1, 2, 0.5, 0, 0, -3, 1];
  test.each<[number, Padding, number[]]>([
    [1, "valid", [-8, -7.5, -6, -5.5]],
    [1, "same", [-8.5, -8, -7.5, -16, -16.5, -8, -7.5, -15, -26.5, -6, -5.5, -13, -3.5, 31, 33.5, 49]],
    [2, "valid", [-8]],
    // One pixel of padding, and it is at the end.
    [2, "same", [-8, -15, 31, 49]],
    [3, "same", [-8.5, -16, -3.5, 49]],
  ])("3×3 by %i, %s, stands where TensorFlow puts it", (strides, padding, expected) => {
    const op = { op: "conv2d", filters: 1, window: { size: 3, strides, padding }, useBias: false } as const;
    expectClose(stage(op, [4, 4, 1], [wide]).forward(range(16)), expected);
  });

  test.each<[number, Padding, number[]]>([
    [1, "valid", [-4, -2, 0, 4, 6, 8, 12, 14, 16]],
    [1, "same", [-4, -2, 0, 28, 4, 6, 8, 44, 12, 14, 16, 60, 41, 44, 47, 16]],
    [3, "same", [-4, 28, 41, 16]],
  ])("2×2 by %i, %s, too", (strides, padding, expected) => {
    const op = { op: "conv2d", filters: 1, window: { size: 2, strides, padding }, useBias: false } as const;
    expectClose(stage(op, [4, 4, 1], [[1, 2, 3, -4]]).forward(range(16)), expected);
  });

  test("five pixels by 2 have padding at both ends; by Python", () => {
    const op = {
      op: "conv2d",
      filters: 1,
      window: { size: 3, strides: 2, padding: "same" },
      useBias: false,
    } as const;
    const expected = [-10.5, -9.5, -19.5, -32.5, -6.5, -15.5, -6.5, 53.5, 79.5];
    expectClose(stage(op, [5, 5, 1], [wide]).forward(range(25)), expected);
  });

  test("kernels are laid out [height, width, in, out]; by hand", () => {
    // Two channels to three filters: pixel (1, 10) gives 1·(1, 2, 3) + 10·(4, 5, 6) and the bias.
    const op = {
      op: "conv2d",
      filters: 3,
      window: { size: 1, strides: 1, padding: "valid" },
      useBias: true,
    } as const;
    const { forward } = stage(op, [1, 2, 2], [range(6), [0.5, 0, -1]]);
    expectClose(forward([1, 10, 2, -1]), [41.5, 52, 62, -1.5, -1, -1]);
  });
});

describe("pooling", () => {
  const window = (size: number, strides: number, padding: Padding) => ({ size, strides, padding });

  // By hand; in the last two, corners of 2×2 pixels and edges of 2×3.
  test.each<["maxPooling2d" | "averagePooling2d", number, number, Padding, number[]]>([
    ["maxPooling2d", 2, 1, "valid", [5, 6, 8, 9]],
    ["maxPooling2d", 2, 1, "same", [5, 6, 6, 8, 9, 9, 8, 9, 9]],
    ["averagePooling2d", 2, 1, "valid", [3, 4, 6, 7]],
    ["averagePooling2d", 2, 1, "same", [3, 4, 4.5, 6, 7, 7.5, 7.5, 8.5, 9]],
    ["averagePooling2d", 3, 2, "same", [3, 4, 6, 7]],
    ["averagePooling2d", 3, 1, "same", [3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7]],
  ])("%s %i×.. by %i, %s, of 1 to 9", (op, size, strides, padding, expected) => {
    expectClose(
      stage({ op, window: window(size, strides, padding) }, [3, 3, 1], []).forward(range(9)),
      expected,
    );
  });

  test("padding never wins against negative pixels, and the first of equal ones has the gradient", () => {
    const { forward, kernel, context } = stage(
      { op: "maxPooling2d", window: window(2, 2, "same") },
      [3, 3, 1],
      [],
    );
    const x = [-5, -7, -1, -7, -5, -2, -3, -4, -6];
    const y = forward(x);
    expectClose(y, [-5, -1, -3, -6]);
    const op = { op: "maxPooling2d", window: window(2, 2, "same") } as const;
    expectClose(
      kernel.backward(op, doubles(x), y, doubles([1, 2, 3, 4]), context),
      [1, 0, 2, 0, 0, 0, 3, 0, 4],
    );
  });

  test("global average pooling takes each channel's mean; by hand", () => {
    const { forward } = stage({ op: "globalAveragePooling2d" }, [2, 2, 2], []);
    expectClose(forward([1, 10, 2, 20, 3, 30, 6, 40, 0, 0, 0, 4, 0, 0, 0, 0], 2), [3, 25, 0, 1]);
  });
});

describe("batch normalization", () => {
  // Four samples of two channels in two batches; by Python from Keras 3's formulas, gradients by its central differences.
  const batches = [
    [1, -2, 3, 0, -1, 4, 5, 2],
    [0, 1, 2, 1.5, -4, 0.5, 6, -3],
  ] as const;
  const op = { op: "batchNormalization", momentum: 0.9, epsilon: 1e-3 } as const;
  const [gamma, beta] = [
    [1.5, -0.5],
    [0.25, 1],
  ];

  test("uses the batch's mean and biased variance in training", () => {
    const { forward } = stage(op, [2], [gamma!, beta!, [9, 9], [9, 9]]);
    const expected = [
      -0.420753321, 1.670753321, 0.920753321, 1.22358444, -1.762259964, 0.329246679, 2.262259964, 0.77641556,
    ];
    expectClose(forward(batches[0], 4), expected);
    // The same numbers as one image of 2×2 pixels: channels are the last axis, whatever is before it.
    const image = stage(op, [2, 2, 2], [gamma!, beta!, [9, 9], [9, 9]]);
    expectClose(image.forward(batches[0]), expected);
  });

  test("moves its averages by what momentum leaves, and normalizes by them in inference", () => {
    let moving: number[][] = [
      [0, 0],
      [1, 1],
    ];
    for (const batch of batches) {
      const { forward, context } = stage(op, [2], [gamma!, beta!, ...moving]);
      forward(batch, 4);
      moving = [[...context.moved[2]!], [...context.moved[3]!]];
    }
    expectClose(doubles(moving.flat()), [0.28, 0.09, 2.56, 1.5725]);
    const inference = stage(op, [2], [gamma!, beta!, ...moving], false);
    expectClose(
      inference.forward(batches[0], 4),
      [
        0.924868203, 1.833072727, 2.799502099, 1.035873945, -0.949765694, -0.558523618, 4.674135995,
        0.238675163,
      ],
    );
    expect(inference.context.moved).toEqual([]);
  });

  test("its gradient goes through mean and variance", () => {
    const { forward, kernel, context } = stage(op, [2], [gamma!, beta!, [0, 0], [1, 1]]);
    const dy = doubles([1, 2, -1, 0.5, 0.5, -3, 2, 1]);
    const dx = kernel.backward(op, doubles(batches[0]), forward(batches[0], 4), dy, context);
    expectClose(
      dx,
      [0.3353599, 0.06697809, -1.17380155, 0.07822214, 0.16763803, 0.21250246, 0.67080362, -0.35770269],
      6,
    );
    expectClose(context.gradients[0]!, [1.1179222, -6.48394877], 6);
    expectClose(context.gradients[1]!, [2.5, 0.5]);
  });

  // On real images: a batch's mean and variance are summed up here, from bytes.
  test.each(["reference", "wasm", "tfjs-wasm", "tfjs-cpu"] as const)(
    "%s keeps the averages of two batches, which no optimizer touches",
    async (id) => {
      const spec = network([{ kind: "batchNormalization", momentum: 0.7 }, { kind: "flatten" }], {
        optimizer: { kind: "adamw", learningRate: 0.01, weightDecay: 0.5 },
      });
      const engine = prepare(await start(id), spec);
      await engine.train(rows.subarray(0, 64), 32, Float64Array.of(0.01, 0.01));
      let [mean, variance] = [0, 1];
      for (const batch of [rows.subarray(0, 32), rows.subarray(32, 64)]) {
        const pixels = [...batch].flatMap((row) => [...images.subarray(row * 784, (row + 1) * 784)]);
        const sum = pixels.reduce((total, byte) => total + byte, 0);
        const squares = pixels.reduce((total, byte) => total + byte * byte, 0);
        const batchMean = sum / pixels.length / 255;
        mean = mean * 0.7 + batchMean * 0.3;
        variance = variance * 0.7 + (squares / pixels.length / 255 ** 2 - batchMean ** 2) * 0.3;
      }
      const [, , movingMean, movingVariance] = await engine.readWeights();
      // TensorFlow.js adds 25,088 float32 numbers up one by one.
      const digits = id.startsWith("tfjs") ? 4 : 5;
      expectClose(movingMean!, [mean], digits);
      expectClose(movingVariance!, [variance], digits);
    },
  );
});

test("Glorot's limits are √(6 / (fanIn + fanOut)), and a convolution's fans count its window", () => {
  const spec = network([
    conv(3, 1),
    conv(8, 5),
    { kind: "residual", layers: [conv(16, 3, { padding: "same" })] },
    { kind: "flatten" },
  ]);
  const program = buildProgram(spec);
  const weights = initialWeights(program, 1);
  // [fanIn, fanOut]: 1·1 and 1·3; 25·3 and 25·8; 9·8 and 9·16; of the projection 8 and 16; dense 24·24·16 and 10.
  const limits = [Math.sqrt(6 / 4), 0.14770978917519928, Math.sqrt(6 / 216), 0.5, Math.sqrt(6 / 9226)];
  const kernelsOf = program.weights.flatMap(({ name }, i) => (/kernel|projection/.test(name) ? [i] : []));
  expect(kernelsOf.length).toBe(limits.length);
  for (const [i, index] of kernelsOf.entries()) {
    const sizes = [...weights[index]!].map(Math.abs);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(limits[i]!);
    // Of n uniform numbers the largest comes this near to the limit; the first kernel has only three.
    if (i > 0) expect(Math.max(...sizes)).toBeGreaterThan(0.95 * limits[i]!);
    const spread = Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0) / sizes.length);
    if (sizes.length > 500) expect(spread / (limits[i]! / Math.sqrt(3))).toBeCloseTo(1, 1);
  }
});
