// How the weights of each layer are spread, their gradients on one batch, and what the optimizer's next step would change
// of them: by the formulas, in float64, on a copy.
import { optimizers } from "../engines/reference/optimizers";
import { backpropagate } from "../engines/reference/passes";
import { histogram, signedScale, sizeScale } from "../metrics/histogram";
import type { WeightSpec } from "../spec/ops";
import { epochOrder } from "../spec/samples";
import type { LayerSpread, Spread, SpreadQuestion } from "./contract";
import type { Looking } from "./looking";

/** Multiply-adds of the batch's forward pass: some 200 ms with the pass back. Fewer images where they are more. */
export const MAC_BUDGET = 25e6;
export const WEIGHT_BINS = 96;
/** Batch normalization's scales begin at 1. */
const LIMIT_OF_SCALES = 4;

/** @throws RangeError where the state is not this network's; DataError; Error for weights that are no finite numbers */
export async function spread(
  looking: Looking,
  { weights: others, optimizer }: SpreadQuestion,
): Promise<Spread> {
  const { spec, program, dataset } = looking;
  const own = others ?? looking.weights;
  if (
    own.length !== looking.weights.length ||
    own.some(({ length }, k) => length !== looking.weights[k]!.length)
  )
    throw new RangeError("These weights are not this network's: their sizes differ.");
  const most = Math.max(1, Math.floor(MAC_BUDGET / Math.max(1, program.macs)));
  // Always the same images, so that a change is the weights' own.
  const { train } = await looking.selection();
  const rows = epochOrder(spec, train, 0).slice(0, Math.min(spec.training.batchSize, most));
  const all = await looking.labels("train");
  const weights = own.map((array) => Float64Array.from(array));
  const { result, gradients } = backpropagate(
    program,
    {
      weights,
      pixels: Float64Array.from(await looking.images("train", rows), (byte) =>
        Math.fround(byte / dataset.scale),
      ),
      training: { seed: spec.seed, step: optimizer?.step ?? 0 },
    },
    Uint8Array.from(rows, (row) => all[row]!),
  );
  if (!Number.isFinite(result.loss))
    throw new Error(`With these weights the loss is ${result.loss}: they have no gradient.`);
  const updates = optimizer && updatesOf(looking, own, optimizer, gradients);
  const sizes = weights.map(rootMeanSquare);
  const layers = spec.layers.flatMap((_, layer): LayerSpread[] => {
    const indices = program.steps
      .filter((step) => step.layer === layer)
      .flatMap((step) => step.weights)
      .filter((index) => program.weights[index]!.trainable);
    if (indices.length === 0) return [];
    const [owned, slopes] = [weights, gradients].map((arrays) => join(indices.map((k) => arrays[k]!)));
    const weight = rootMeanSquare(owned!);
    const limit = limitOf(indices.map((k) => program.weights[k]!));
    const known = updates && {
      updates: join(
        // What is 0 as a whole, as biases are at first, has no size to compare with.
        indices.flatMap((k) => (sizes[k]! > 0 ? [updates[k]!.map((change) => change / sizes[k]!)] : [])),
      ),
      update: rootMeanSquare(join(indices.map((k) => updates[k]!))) / weight,
    };
    return [
      {
        layer,
        limit,
        weights: histogram(owned!, signedScale(limit, WEIGHT_BINS)),
        gradients: histogram(slopes!, sizeScale),
        updates: known && histogram(known.updates, sizeScale),
        weight,
        gradient: rootMeanSquare(slopes!),
        update: known?.update ?? null,
        still: slopes!.reduce((count, slope) => count + Number(slope === 0), 0) / slopes!.length,
      },
    ];
  });
  return { images: rows.length, loss: result.loss, layers };
}

/** Four times what the first weights are within, which few ever leave; it is the same over a run. */
function limitOf(specs: readonly WeightSpec[]): number {
  const random = specs.filter(({ initializer }) => initializer === "glorotUniform");
  return random.length === 0
    ? LIMIT_OF_SCALES
    : Math.max(...random.map(({ fanIn, fanOut }) => 4 * Math.sqrt(6 / (fanIn + fanOut))));
}

function join(arrays: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}

/** What the next step changes each weight by. */
function updatesOf(
  { spec, program }: Looking,
  weights: readonly Float32Array[],
  { slots, step, learningRate }: NonNullable<SpreadQuestion["optimizer"]>,
  gradients: readonly Float64Array[],
): Float64Array[] {
  const { optimizer } = spec;
  return weights.map((array, k) => {
    if (!program.weights[k]!.trainable) return new Float64Array(array.length);
    const after = Float64Array.from(array);
    optimizers[optimizer.kind].update(optimizer as never, {
      weights: after,
      gradient: gradients[k]!,
      slots: slots.map((slot) => Float64Array.from(slot[k]!)),
      learningRate,
      step: step + 1,
    });
    return after.map((value, i) => value - array[i]!);
  });
}

function rootMeanSquare(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value ** 2;
  return Math.sqrt(sum / values.length);
}
