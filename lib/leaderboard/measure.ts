// Measures a network on images that nobody has seen. Shares and a fingerprint come out, nothing about single images.
import type { DatasetSource } from "../datasets/source";
import type { Engine } from "../engines/engine";
import type { DatasetDefinition } from "../spec/define";
import type { ExperimentSpec } from "../spec/experiment";
import { sizeOf } from "../spec/ops";
import { buildProgram } from "../spec/program";
import { inHundredths } from "./board";
import { fingerprintOf } from "./fingerprint";
import { drawHiddenSet } from "./hidden-set";
import type { Evaluate } from "./judge";
import { SEASON } from "./names";

/** Training images that are looked at, to see whether a network knows them better than those it has not seen. */
const TRAIN_IMAGES = 2_000;

interface MeasureParts {
  /** Ours; nobody else uses it. */
  engine: Engine;
  source: DatasetSource;
  dataset: DatasetDefinition;
  secret: string;
}

const rounded = (right: number, of: number): number => inHundredths(right / of) / 10_000;

async function readImages(
  source: DatasetSource,
  dataset: DatasetDefinition,
  split: "train" | "test",
  count: number,
) {
  const rowBytes = sizeOf(dataset.shape);
  const images = new Uint8Array(count * rowBytes);
  for (let shard = 0; shard * dataset.shardSize < count; shard++)
    images.set(await source.images(split, shard), shard * dataset.shardSize * rowBytes);
  return images;
}

/** Reads the data and draws the hidden set, which takes about two seconds, and gives what measures from then on. */
export async function createMeasure({ engine, source, dataset, secret }: MeasureParts): Promise<Evaluate> {
  const [trainLabels, testLabels] = await Promise.all([source.labels("train"), source.labels("test")]);
  const test = await readImages(source, dataset, "test", testLabels.length);
  const sets = {
    hidden: { images: await drawHiddenSet(test, dataset, secret, SEASON), labels: testLabels },
    clean: { images: test, labels: testLabels },
    train: {
      images: await readImages(source, dataset, "train", TRAIN_IMAGES),
      labels: trainLabels.subarray(0, TRAIN_IMAGES),
    },
  };
  const layout = { rows: 0, rowBytes: sizeOf(dataset.shape), scale: dataset.scale };
  engine.allocate({ train: layout, test: layout });

  async function measure(spec: ExperimentSpec, weights: readonly Float32Array[]) {
    const since = performance.now();
    const program = buildProgram(spec);
    const { optimizer, seed } = spec;
    engine.compile({ program, optimizer, augmentation: [], weights, seed, batchSize: 1 });
    const accuracyOf = ({ labels }: { labels: Uint8Array }, answers: Float32Array) =>
      rounded(countRight(answers, labels), labels.length);
    const { hidden, clean, train } = sets;
    const answers = await engine.predict(hidden.images);
    const accuracies = {
      hidden: accuracyOf(hidden, answers),
      clean: accuracyOf(clean, await engine.predict(clean.images)),
      train: accuracyOf(train, await engine.predict(train.images)),
    };
    const fingerprint = await fingerprintOf(answers, testLabels, secret);
    return { accuracies, fingerprint, elapsedMs: performance.now() - since };
  }

  let last: Promise<unknown> = Promise.resolve();
  return (spec, weights) => {
    const turn = last.then(() => measure(spec, weights));
    last = turn.catch(() => {});
    return turn;
  };
}

/** Images whose largest answer is their class. */
function countRight(answers: Float32Array, labels: Uint8Array): number {
  const classes = answers.length / labels.length;
  let right = 0;
  for (const [n, label] of labels.entries()) {
    let best = 0;
    for (let k = 1; k < classes; k++) if (answers[n * classes + k]! > answers[n * classes + best]!) best = k;
    if (best === label) right++;
  }
  return right;
}
