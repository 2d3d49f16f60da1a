// Which training images the network sees as most alike an image: the nearest in the space of its last hidden layer, the
// numbers that its last layer decides by.
import { type Shape, sizeOf } from "../spec/ops";
import type { Program } from "../spec/program";
import type { Neighbours, NeighboursQuestion } from "./contract";
import type { Looking } from "./looking";

/** Looking through the training images takes at most so many multiply-adds: about a second on a phone. */
const BUDGET_MACS = 4e9;
/** And so many numbers: 32 MB of them. */
const BUDGET_NUMBERS = 8e6;
const MOST_IMAGES = 10_000;
const MOST_NEIGHBOURS = 50;

interface Space {
  rows: Uint32Array;
  /** [rows, width] */
  points: Float32Array;
}

/** Where the training images lie, as long as the weights are looked at. */
const spaces = new WeakMap<readonly Float32Array[], Promise<Space>>();

/** @throws RangeError for a row that the file does not have or too many neighbours; DataError, Error for locked images */
export async function neighbours(
  looking: Looking,
  { split, row, count }: NeighboursQuestion,
): Promise<Neighbours> {
  const labels = await looking.labels(split);
  if (!(Number.isInteger(row) && row >= 0 && row < labels.length))
    throw new RangeError(`row is ${row}; it must be a whole number from 0 to ${labels.length - 1}.`);
  if (!(Number.isInteger(count) && count >= 1 && count <= MOST_NEIGHBOURS))
    throw new RangeError(`count is ${count}; it must be a whole number from 1 to ${MOST_NEIGHBOURS}.`);
  const steps = hiddenSteps(looking.program);
  const { rows, points } = await spaceOf(looking, steps);
  const own = await looking.outputs(await looking.images(split, Uint32Array.of(row)), steps);
  const distances = distancesTo(own, points);
  // A training image is not its own neighbour.
  const places = [...distances.keys()].filter((place) => split === "test" || rows[place] !== row);
  const nearest = places.sort((a, b) => distances[a]! - distances[b]!).slice(0, count);
  const found = Uint32Array.from(nearest, (place) => rows[place]!);
  const trainLabels = await looking.labels("train");
  return {
    images: await looking.images("train", found),
    rows: found,
    labels: Uint8Array.from(found, (at) => trainLabels[at]!),
    distances: Float32Array.from(nearest, (place) => distances[place]!),
    among: rows.length,
    width: own.length,
    hidden: looking.program.steps.slice(0, steps).some(({ weights }) => weights.length > 0),
  };
}

/** How many steps lead to what the last layer that weighs takes in. */
export const hiddenSteps = ({ steps }: Pick<Program, "steps">): number =>
  Math.max(
    0,
    steps.findLastIndex(({ op }) => op.op === "dense" || op.op === "conv2d"),
  );

function spaceOf(looking: Looking, steps: number): Promise<Space> {
  const known = spaces.get(looking.weights);
  if (known !== undefined) return known;
  const made = makeSpace(looking, steps);
  spaces.set(looking.weights, made);
  made.catch(() => spaces.delete(looking.weights));
  return made;
}

async function makeSpace(looking: Looking, steps: number): Promise<Space> {
  const { program } = looking;
  const shape: Shape = steps === 0 ? program.input : program.steps[steps - 1]!.output;
  const width = sizeOf(shape);
  const fitting = Math.min(MOST_IMAGES, BUDGET_MACS / Math.max(1, program.macs), BUDGET_NUMBERS / width);
  // The first ones lie in few shards.
  const rows = (await looking.selection()).train.subarray(0, Math.max(100, Math.floor(fitting)));
  const points = new Float32Array(rows.length * width);
  for (let start = 0; start < rows.length; start += 2048) {
    const piece = rows.subarray(start, start + 2048);
    points.set(await looking.outputs(await looking.images("train", piece), steps), start * width);
  }
  return { rows, points };
}

function distancesTo(own: Float32Array, points: Float32Array): Float64Array {
  const width = own.length;
  const distances = new Float64Array(points.length / width);
  for (let i = 0; i < distances.length; i++) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += (points[i * width + k]! - own[k]!) ** 2;
    distances[i] = Math.sqrt(sum);
  }
  return distances;
}
