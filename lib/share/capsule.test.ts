import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { sizeOf } from "../spec/ops";
import { ParseError } from "../spec/parse";
import { convolutionalNetwork } from "../spec/presets/convolutional-network";
import { firstRun } from "../spec/presets/first-run";
import { residualNetwork } from "../spec/presets/residual-network";
import { smallAndSharp } from "../spec/presets/small-and-sharp";
import { buildProgram, initialWeights } from "../spec/program";
import { hashWeights } from "../training/weights-hash";
import { decodeCapsule, encodeCapsule, MAX_CAPSULE_PARAMETERS } from "./capsule";
import { codeKernel, codeVector } from "./capsule-arrays";
import { BitWriter } from "./capsule-coder";
import { atOnce } from "./testing";

const encode = (spec: ExperimentSpec, weights: readonly Float32Array[]) =>
  atOnce(encodeCapsule(spec, weights));
const decode = (spec: ExperimentSpec, text: string) => atOnce(decodeCapsule(spec, text));

const lesson = parseExperiment(firstRun);
const dense = (...units: number[]): ExperimentSpec => ({
  ...lesson,
  layers: [
    { kind: "flatten" },
    ...units.map((size) => ({ kind: "dense" as const, units: size, activation: "relu" as const })),
  ],
});
/** Two classes told apart by one unit: 49 weights and a bias. */
const binary = parseExperiment({
  ...firstRun,
  dataset: { id: "mnist", classes: [0, 1] },
  layers: [
    { kind: "maxPooling2d", poolSize: 4 },
    { kind: "flatten" },
    { kind: "dense", units: 1, activation: "sigmoid" },
  ],
  loss: "binaryCrossentropy",
});

/** As if training had moved each weight, by about half of what it was drawn from. */
function moved(spec: ExperimentSpec): Float32Array[] {
  const program = buildProgram(spec);
  const draws = initialWeights(program, spec.seed + 1);
  return initialWeights(program, spec.seed).map((array, index) =>
    array.map(
      (weight, i) =>
        weight + 0.5 * draws[index]![i]! + (program.weights[index]!.shape.length === 1 ? 0.01 * i : 0),
    ),
  );
}

const sizesOf = (spec: ExperimentSpec) => buildProgram(spec).weights.map(({ shape }) => sizeOf(shape));
const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

function refusal(act: () => unknown): ParseError {
  try {
    act();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
  throw new Error("was not refused");
}

const text = encode(binary, moved(binary));

/** A capsule whose checksum is right, whatever it says; the checksum is the zlib's. */
function forge(spec: ExperimentSpec, content: Uint8Array): string {
  const meaning = JSON.stringify([spec.seed, buildProgram(spec).weights.map(({ shape }) => shape)]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(content, crc32(meaning)));
  return `1${Buffer.concat([checksum, content]).toString("base64url")}z`;
}

describe("a capsule", () => {
  test.each<[string, ExperimentSpec]>([
    ["the lesson's network", lesson],
    ["one sigmoid unit for two classes", binary],
    ["convolutions", parseExperiment(convolutionalNetwork.experiment)],
    ["batch normalization", parseExperiment(smallAndSharp.experiment)],
    ["residual blocks with a projection", parseExperiment(residualNetwork.experiment)],
  ])("of %s brings each array back, the kernels within 0.1 % of their norm", (_, spec) => {
    const program = buildProgram(spec);
    const weights = moved(spec);
    const back = decode(spec, encode(spec, weights));
    expect(back.map(({ length }) => length)).toEqual(sizesOf(spec));
    for (const [index, { shape }] of program.weights.entries()) {
      const [was, is] = [weights[index]!, back[index]!];
      // A level is off by half a step of norm / 1500 at most, and by the half that was left over before it.
      const tolerance =
        shape.length > 1 ? Array(was.length).fill(norm(was) / 1499) : was.map((w) => Math.abs(w) / 256);
      expect(is.every((value, i) => Math.abs(value - was[i]!) <= tolerance[i]!)).toBe(true);
    }
  });

  test("is letters, digits, - and _, ends in a letter, and is the same each time", () => {
    expect(text).toMatch(/^1[\w-]+z$/);
    expect(encode(binary, moved(binary))).toBe(text);
  });

  test("of weights that training did not change is short, and gives them back to the bit", async () => {
    const program = buildProgram(lesson);
    const initial = initialWeights(program, lesson.seed);
    const untouched = encode(lesson, initial);
    expect(untouched.length).toBeLessThan(1500);
    expect(await hashWeights(decode(lesson, untouched))).toBe(await hashWeights(initial));
  });

  test("leaves a weight that training did not change as it was, among others that it did", () => {
    const weights = moved(lesson);
    const [initial] = initialWeights(buildProgram(lesson), lesson.seed) as [Float32Array];
    for (let i = 0; i < initial.length; i += 3) weights[0]![i] = initial[i]!;
    const [back] = decode(lesson, encode(lesson, weights)) as [Float32Array];
    expect(initial.every((weight, i) => i % 3 !== 0 || back[i] === weight)).toBe(true);
  });

  test("holds weights that shrank to almost nothing as exactly as any", () => {
    const weights = moved(lesson).map((array) => array.map((weight) => weight * 1e-6));
    const shrunk = encode(lesson, weights);
    const [was, is] = [weights[0]!, decode(lesson, shrunk)[0]!];
    const tolerance = norm(was) / 1499;
    expect(was.every((weight, i) => Math.abs(weight - is[i]!) <= tolerance)).toBe(true);
    // The change would be a million times as long, and most of its digits those of the weights before training.
    expect(shrunk.length).toBeLessThan(85_000);
  });

  test("of any finite weights can be read again", () => {
    const anyWeight = fc.float({ min: Math.fround(-1e30), max: Math.fround(1e30), noNaN: true });
    fc.assert(
      fc.property(fc.array(anyWeight, { minLength: 50, maxLength: 50 }), (values) => {
        const weights = [Float32Array.from(values.slice(0, 49)), Float32Array.from(values.slice(49))];
        const back = decode(binary, encode(binary, weights));
        const miss = back[0]!.map((weight, i) => weight - weights[0]![i]!);
        expect(Math.max(...miss.map(Math.abs))).toBeLessThanOrEqual(norm(weights[0]!) / 16_000 + 1e-40);
      }),
    );
  });
});

describe("a link made today", () => {
  const golden =
    "123PqKGOoHNkAGpABgX-0lykqfMBjS2HxJKROH60bmWAPWvN-1RrdkxDqLsm2zGv32wHmxenm19zjZnuF2uH3hckApRaU9Ouk7BSasmH05OL9HqDsFhIDdyxtbRWN_auUBpGV16yDvH1fWUc4QhV3OZcvYPSYcOsQAaYnXTU-z";

  test("opens for ever, as the same weights", async () => {
    expect(await hashWeights(decode(binary, golden))).toBe(
      "e06bfa96efa9487610ddca23338bf02903fa9da98e9869894b5b1bae07deac77",
    );
  });

  test("is the same on every device, short or long", () => {
    expect(text).toBe(golden);
    const sha256 = (content: string) => createHash("sha256").update(content).digest("hex");
    expect(sha256(encode(lesson, moved(lesson)))).toBe(
      "d3d60aa35d9dd7d7fc62ecf87908dec898454bc41b171bf1234af670f3edfc21",
    );
  });
});

describe("damage", () => {
  const message = (shown: string) =>
    `capsule is ${shown}; it must be the whole of a trained network for this experiment, but the link was cut short or changed.`;

  test("is refused with one sentence: a link that was cut at any place", () => {
    for (let length = 0; length < text.length; length++) {
      const error = refusal(() => decode(binary, text.slice(0, length)));
      expect(error.field).toBe("capsule");
    }
    expect(refusal(() => decode(binary, "")).message).toBe(message('""'));
    expect(refusal(() => decode(binary, text.slice(0, 20))).message).toBe(message(`"${text.slice(0, 20)}"`));
  });

  test("is refused: any one character changed, added or taken out", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_. %é";
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: text.length - 3 }),
        fc.constantFrom(...alphabet),
        fc.integer({ min: 0, max: 1 }),
        (position, character, removed) => {
          const changed = text.slice(0, position) + character + text.slice(position + removed);
          fc.pre(changed !== text);
          expect(refusal(() => decode(binary, changed)).field).toBe("capsule");
          const shorter = text.slice(0, position) + text.slice(position + 1);
          expect(refusal(() => decode(binary, shorter)).field).toBe("capsule");
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("is refused: any other text", () => {
    const base64url = fc.base64String().map((content) => content.replaceAll("+", "-").replaceAll("/", "_"));
    const anyText = fc.oneof(
      fc.string({ unit: "binary" }),
      base64url.map((content) => `1${content.replaceAll("=", "")}z`),
      fc.constantFrom("1", "z", "1z", "1AAAAAz", "1AAAAAAz", "2AAAAAAAAz"),
    );
    fc.assert(
      fc.property(anyText, (other) => {
        expect(refusal(() => decode(binary, other)).field).toBe("capsule");
      }),
      { numRuns: 1000 },
    );
    const long = refusal(() => decode(binary, `1${"A".repeat(2 ** 21)}z`));
    expect(long.message.length).toBeLessThan(250);
  });

  test("is refused: the weights of another seed or of other shapes, but not of another title", () => {
    expect(refusal(() => decode({ ...binary, seed: 2 }, text)).field).toBe("capsule");
    expect(refusal(() => decode(lesson, text)).field).toBe("capsule");
    const sameSizes = [dense(6, 10), dense(6, 10)] as const;
    sameSizes[1].layers.splice(1, 0, { kind: "dense", units: 1, activation: "linear" });
    expect(refusal(() => decode(sameSizes[1], encode(sameSizes[0], moved(sameSizes[0])))).field).toBe(
      "capsule",
    );
    const other = { ...binary, title: "Noughts and ones", training: { ...binary.training, epochs: 9 } };
    expect(decode(other, text)).toEqual(decode(binary, text));
  });

  test("even with a right checksum gives finite weights of the right sizes, or is refused", () => {
    const outcomes = { weights: 0, refused: 0 };
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 120, size: "max" }), (content) => {
        try {
          const weights = decode(binary, forge(binary, content));
          expect(weights.map(({ length }) => length)).toEqual([49, 1]);
          expect(weights.every((array) => array.every(Number.isFinite))).toBe(true);
          outcomes.weights++;
        } catch (error) {
          if (!(error instanceof ParseError)) throw error;
          expect(error.field).toBe("capsule");
          outcomes.refused++;
        }
      }),
      { numRuns: 3000 },
    );
    expect(outcomes.weights).toBeGreaterThan(100);
    for (const step of [Number.POSITIVE_INFINITY, Number.NaN, 3e38]) {
      const writer = new BitWriter();
      atOnce(codeKernel(writer, { isChange: 1, step, levels: new Int16Array(49).fill(2) }, 1));
      codeVector(writer, Float32Array.of(0));
      expect(refusal(() => decode(binary, forge(binary, writer.finish()))).field).toBe("capsule");
    }
  });
});

describe("the limit", () => {
  const tooLarge = dense(300, 100, 10);
  const sentence = "This network has 266,610 parameters; a link holds the weights of at most 250,000.";

  test("is said in one sentence on writing and on reading, before anything is made", () => {
    expect(buildProgram(tooLarge).parameters).toBeGreaterThan(MAX_CAPSULE_PARAMETERS);
    expect(() => encode(tooLarge, [])).toThrow(RangeError);
    expect(() => encode(tooLarge, [])).toThrow(sentence);
    expect(refusal(() => decode(tooLarge, text))).toMatchObject({
      field: "capsule",
      message: sentence,
    });
    const vast = dense(...Array(30).fill(4096), 10);
    expect(refusal(() => decode(vast, text)).field).toBe("capsule");
  });

  test("keeps every link under 250,000 characters, with one large kernel or many small ones", () => {
    for (const spec of [
      dense(314, 10),
      dense(100, ...Array(16).fill(100), 10),
      dense(64, ...Array(28).fill(80), 10),
    ]) {
      const { parameters } = buildProgram(spec);
      expect(parameters).toBeGreaterThan(0.9 * MAX_CAPSULE_PARAMETERS);
      // Nothing is longer to say than weights that have nothing to do with those before training.
      const weights = initialWeights(buildProgram(spec), 99);
      expect(encode(spec, weights).length).toBeLessThan(250_000);
    }
  });

  test("weights that are not the network's, or not finite, are not written", () => {
    expect(() => encode(lesson, moved(binary))).toThrow(RangeError);
    const weights = moved(binary);
    weights[0]![5] = Number.NaN;
    expect(refusal(() => encode(binary, weights)).message).toBe("weights is NaN; it must be finite numbers.");
  });
});
