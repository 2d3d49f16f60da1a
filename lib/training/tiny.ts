// The smallest network that has a hidden unit: one number in, one number out, four weights. Its program is made by hand,
// and an engine computes it as it computes every other.
import type { Engine } from "../engines/engine";
import { inferShape, type Op, type Shape, sizeOf, type WeightSpec } from "../spec/ops";
import type { Program, Step } from "../spec/program";
import type { TinyAnswer, TinyQuestion, TinyWeights } from "./contract";
import { compile, gradientsAt, lossAt, type StepBatch, step, upload } from "./steps";

const DEFAULT_RATE = 0.1;

/** x → L1 → S → L2. */
const ops: readonly Op[] = [
  { op: "dense", units: 1, useBias: true },
  { op: "activation", activation: "sigmoid" },
  { op: "dense", units: 1, useBias: true },
];
const names: readonly (keyof TinyWeights)[] = ["w1", "b1", "w2", "b2"];

/** The program of the first `length` of the network's operations. */
function tinyProgram(length: number): Program {
  const input: Shape = [1];
  const steps: Step[] = [];
  const weights: WeightSpec[] = [];
  for (const [layer, op] of ops.slice(0, length).entries()) {
    const inferred = inferShape(op, input, input);
    if (typeof inferred === "string") throw new Error(inferred);
    const indices = inferred.weights.map((_, i) => weights.length + i);
    weights.push(...inferred.weights.map((weight, i) => ({ ...weight, name: names[indices[i]!]! })));
    steps.push({ op, layer, input, output: inferred.output, fork: null, weights: indices });
  }
  return {
    input,
    classes: 2,
    steps,
    weights,
    loss: "meanSquaredError",
    outputs: 1,
    layers: steps.map(({ output }) => ({ output, parameters: 0, macs: 0 })),
    parameters: weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    macs: 0,
    problems: [],
  };
}

const toArrays = (weights: TinyWeights) => names.map((name) => Float32Array.of(weights[name]));
const fromArrays = (arrays: readonly ArrayLike<number>[], factor = 1): TinyWeights => {
  const [w1, b1, w2, b2] = arrays.map((array) => factor * array[0]!) as [number, number, number, number];
  return { w1, b1, w2, b2 };
};

/** @throws RangeError for what is no finite number, or no label */
export async function askTiny(engine: Engine, question: TinyQuestion): Promise<TinyAnswer> {
  const { x, y, learningRate = DEFAULT_RATE } = question;
  for (const name of [...names, "x"] as const)
    if (!Number.isFinite(Math.fround(question[name])))
      throw new RangeError(`${name} is ${question[name]}; it must be a finite number.`);
  if (y !== 0 && y !== 1) throw new RangeError(`y is ${y}; it must be 0 or 1.`);
  if (!(learningRate >= 0 && Number.isFinite(learningRate)))
    throw new RangeError(`learningRate is ${learningRate}; it must be a number from 0 up.`);

  // A network sees byte / scale: one byte can be any number, if the scale is chosen for it.
  const [byte, scale] = x === 0 ? [0, 1] : [1, 1 / x];
  const images = Uint8Array.of(byte);
  const batch = (length: number): StepBatch => ({
    ...{ program: tinyProgram(length), images, labels: Uint8Array.of(y), scale, seed: 1 },
  });
  const whole = batch(ops.length);
  const weights = toArrays(question);
  upload(engine, whole);
  const values: number[] = [];
  for (const length of [1, 2, 3]) {
    const part = batch(length);
    compile(engine, part, weights.slice(0, part.program.weights.length));
    values.push((await engine.predict(images))[0]!);
  }
  const [l1, s, l2] = values as [number, number, number];
  const { loss: meanSquaredError, gradients } = await gradientsAt(engine, whole, weights);
  // Half the loss has half the gradient, and half the step.
  const { weights: stepped } = await step(engine, whole, weights, learningRate / 2);
  return {
    engine: engine.info,
    x: Math.fround(byte / scale),
    weights: fromArrays(weights),
    ...{ l1, s, l2 },
    loss: meanSquaredError / 2,
    meanSquaredError,
    gradients: fromArrays(gradients, 0.5),
    stepped: fromArrays(stepped),
    lossAfter: (await lossAt(engine, whole, stepped)) / 2,
  };
}
