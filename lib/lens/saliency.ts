// How the score of one class changes with every pixel: the gradient by the input of the class' output before the last
// softmax or sigmoid, in inference mode (Simonyan, Vedaldi & Zisserman 2014, "Deep Inside Convolutional Networks").
import { backward, forward } from "../engines/reference/passes";
import { sizeOf } from "../spec/ops";
import type { Saliency, SaliencyQuestion } from "./contract";
import type { Looking } from "./looking";

/** Multiply-adds of one image that are still computed in float64: about two seconds. */
export const MAX_MACS = 200e6;

/** @throws RangeError where the bytes are not one image, or there is no such class; Error for a network that is too large */
export async function saliency(
  { program, weights, dataset }: Looking,
  { image, target }: SaliencyQuestion,
): Promise<Saliency> {
  const { steps, classes, macs } = program;
  if (image.length !== sizeOf(program.input))
    throw new RangeError(`${image.length} bytes are no image of ${sizeOf(program.input)} bytes.`);
  if (!(Number.isInteger(target) && target >= 0 && target < classes))
    throw new RangeError(`target is ${target}; it must be a whole number from 0 to ${classes - 1}.`);
  if (macs > MAX_MACS)
    throw new Error("This network is too large for its gradient to be computed here in a few seconds.");
  const last = steps.at(-1)!.op;
  const isLink = last.op === "activation" && (last.activation === "softmax" || last.activation === "sigmoid");
  const pass = forward({
    steps: isLink ? steps.slice(0, -1) : steps,
    weights: weights.map((array) => Float64Array.from(array)),
    // As float32, as the network sees them.
    pixels: Float64Array.from(image, (byte) => Math.fround(byte / dataset.scale)),
    count: 1,
  });
  const scores = pass.activations.at(-1)!;
  const slope = new Float64Array(scores.length);
  // One output for two classes says how much it is the second.
  if (scores.length === 1) slope[0] = target === 1 ? 1 : -1;
  else slope[target] = 1;
  const score = scores.length === 1 ? slope[0]! * scores[0]! : scores[target]!;
  return { gradient: backward(pass, slope).input, score };
}
