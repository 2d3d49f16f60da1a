// What is asked of the lens and what it answers: types only, so that the page, the worker and the tests can import it.
// A kind of question is a line in `Questions` and one in questions.ts.
import type { DataFacts } from "../metrics/data-facts";
import type { Probe } from "../metrics/probe";
import type { ExperimentSpec } from "../spec/experiment";
import type { Shape } from "../spec/ops";
import type { Predictions, TrainingState } from "../training/contract";
import type { Station } from "./stations";

/** Where images are from. Rows of "validation" are rows of the training file, as those of "train" are. */
export type LensSplit = "train" | "validation" | "test";

/** Every kind of question: what is asked, and what is answered. */
export interface Questions {
  pictures: [PicturesQuestion, Pictures];
  verdicts: [VerdictsQuestion, Verdicts];
  neighbours: [NeighboursQuestion, Neighbours];
  duel: [DuelQuestion, Duel];
  examples: [ExamplesQuestion, Examples];
  activations: [ActivationsQuestion, Activations];
  firstWeights: [Record<never, never>, FirstWeights | null];
  saliency: [SaliencyQuestion, Saliency];
  occlusion: [OcclusionQuestion, Occlusion];
  strongest: [StrongestQuestion, Strongest];
  spread: [SpreadQuestion, Spread];
  predict: [ImagesQuestion, Float32Array];
  predictTest: [RowsQuestion, Predictions];
  probe: [ProbeQuestion, ProbeAnswer];
}

export type QuestionKind = keyof Questions;
export type QuestionOf<K extends QuestionKind> = Questions[K][0];
export type AnswerOf<K extends QuestionKind> = Questions[K][1];

/** Answers questions about weights that it was given, with an engine of its own. No run is touched by it. */
export interface LensApi {
  /**
   * Takes an experiment with the weights of its network. Nothing of the data set is downloaded yet.
   * @param weights one array per entry of the program's weights
   * @param locked true where nobody may look at the test images
   * @throws ParseError or RunError for what is no experiment, RangeError where the weights are not this network's
   */
  open(spec: ExperimentSpec, weights: Float32Array[], locked: boolean): Promise<void>;
  /** Takes other weights of the same network. Questions that were asked before are answered with the former ones. */
  look(weights: Float32Array[]): Promise<void>;
  /** @throws Error in one sentence where there is no answer: before `open`, about locked images, or as the question has it */
  ask<K extends QuestionKind>(kind: K, question: QuestionOf<K>): Promise<AnswerOf<K>>;
}

export interface ImagesQuestion {
  /** Bytes in the data set's layout, row-major; they may be of no data set. */
  images: Uint8Array;
}

export interface RowsQuestion {
  /** Of the test file; rows that the class filter leaves out are replaced by ones it keeps. */
  rows: readonly number[];
}

export interface PicturesQuestion {
  split: LensSplit;
  /** Rows of the split's file. */
  rows: Uint32Array;
}

/** Some images and what the network says to them. */
export interface Pictures {
  rows: Uint32Array;
  /** Bytes of the images, row-major. */
  images: Uint8Array;
  /** As the network numbers the classes. */
  labels: Uint8Array;
  /** [images, classes]; one sigmoid output is given as [1 − p, p]. */
  probabilities: Float32Array;
}

export interface VerdictsQuestion {
  split: "validation" | "test";
  /** At most so many images, evenly spread over the split. */
  most: number;
}

/** What the network takes each image of a split for; all lists are in the order of the rows. */
export interface Verdicts {
  split: "validation" | "test";
  /** Rows of the split's file, rising. */
  rows: Uint32Array;
  /** Images of the whole split. */
  total: number;
  /** As the network numbers the classes, as `guesses` are. */
  labels: Uint8Array;
  guesses: Uint8Array;
  /** What it gives the class that it takes the image for. */
  confidence: Float32Array;
}

export interface NeighboursQuestion {
  split: LensSplit;
  /** The image, by its row of the split's file. */
  row: number;
  count: number;
}

/** The training images that the network sees as most alike an image, nearest first. */
export interface Neighbours {
  images: Uint8Array;
  /** Rows of the training file. */
  rows: Uint32Array;
  labels: Uint8Array;
  /** Euclidean, in the space of the last hidden layer. */
  distances: Float32Array;
  /** How many training images were looked through. */
  among: number;
  /** Numbers that an image is in that space. */
  width: number;
  /** False for a network without a hidden layer: that space is the pixels'. */
  hidden: boolean;
}

export interface DuelQuestion {
  /** The other network, on the same data set. */
  spec: ExperimentSpec;
  weights: readonly Float32Array[];
  /** As in `VerdictsQuestion`. */
  most: number;
}

/** Two networks on the test images that both experiments use. Classes are numbered as the data set has them. */
export interface Duel {
  /** Rows of the test file, rising. */
  rows: Uint32Array;
  /** Test images that both experiments use, in all. */
  total: number;
  labels: Uint8Array;
  mine: Uint8Array;
  theirs: Uint8Array;
}

export interface ExamplesQuestion {
  /** Place of the first among the validation images, from 0. */
  from: number;
  count: number;
}

export interface Examples extends Pictures {
  /** "train" where no images are kept for validation. */
  split: "train" | "validation";
}

export interface ActivationsQuestion {
  /** Bytes of one image. */
  image: Uint8Array;
}

/** What a station's units or channels answer to one image. */
export interface StationActivation extends Station {
  /** How many of the units, or channels, are in `values`: the first ones. */
  shown: number;
  /** [shown] of a flat list, else [shown, height, width]: one map after the other. */
  values: Float32Array;
  /** Units, or channels, that are 0 everywhere, of all of them. */
  silent: number;
  /** The unit or channel with the largest number, of all of them, and that number. */
  strongest: number;
  peak: number;
}

export interface Activations {
  stations: StationActivation[];
  /** [classes]; one sigmoid output is given as [1 − p, p]. */
  probabilities: Float32Array;
}

export interface FirstWeights {
  kind: "unit" | "filter";
  height: number;
  width: number;
  /** Of what the layer reads; a picture is the mean over them. */
  channels: number;
  /** Units or filters that there are, and how many of them are in `pictures`: the first ones. */
  count: number;
  shown: number;
  /** [shown, height, width] */
  pictures: Float32Array;
}

export interface SaliencyQuestion {
  /** Bytes of one image. */
  image: Uint8Array;
  /** The class whose score is looked at, as the network numbers them. */
  target: number;
}

export interface Saliency {
  /** ∂score/∂pixel for every number of the image, a pixel being byte / scale. */
  gradient: Float64Array;
  /** The class' output before the last softmax or sigmoid. */
  score: number;
}

export interface OcclusionQuestion {
  /** Bytes of one image. */
  image: Uint8Array;
  /** Side of the square, in pixels. */
  size: number;
}

export interface Occlusion {
  size: number;
  /** By how many pixels the square moves from place to place. */
  stride: number;
  rows: number;
  columns: number;
  /** [rows, columns, classes], with the square at each place. */
  probabilities: Float32Array;
  /** [classes], with no square. */
  uncovered: Float32Array;
}

export interface StrongestQuestion {
  /** How many of the program's steps lead to the unit or channel. */
  steps: number;
  unit: number;
  /** How many images are wanted. */
  count: number;
}

/** The images that a unit or channel answers to most, the strongest answer first. */
export interface Strongest {
  split: "train" | "validation";
  /** How many images were looked through: the first of the split. */
  searched: number;
  /** Rows of the split's file. */
  rows: Uint32Array;
  /** Bytes, row-major. */
  images: Uint8Array;
  labels: Uint8Array;
  /** The answers; of a channel, its largest number. */
  values: Float32Array;
  /** Where in a channel's map that is, row by row; 0 for a unit. */
  places: Uint32Array;
  /** Height and width of that map; empty for a unit. */
  area: Shape;
}

export interface SpreadQuestion {
  /** Those to look at in place of the lens' own, of the same network; null for the lens' own. */
  weights: Float32Array[] | null;
  /** Where the optimizer is with them; null where that is not known. */
  optimizer: Omit<TrainingState, "weights"> | null;
}

/** How the numbers of one layer are spread: shares of them in the bins of a scale. */
export interface LayerSpread {
  /** Index of the layer in the experiment. */
  layer: number;
  /** By `signedScale` from −limit to limit. */
  weights: Float32Array;
  limit: number;
  /** By `sizeScale`, as are the updates. */
  gradients: Float32Array;
  /** What the next step changes, as parts of the weights' size (root mean square); null where the optimizer's state is not known. */
  updates: Float32Array | null;
  /** Root mean squares: of the weights, of the gradients, and of the changes as a part of the weights'. */
  weight: number;
  gradient: number;
  update: number | null;
  /** Share of the gradients that are 0. */
  still: number;
}

export interface Spread {
  /** How many training images the gradients are the mean over, as they are, not augmented. */
  images: number;
  loss: number;
  /** Those that have weights to train. */
  layers: LayerSpread[];
}

/** There is nothing to choose: it is about the training's first batch. */
export type ProbeQuestion = Record<string, never>;

/** What a doctor goes by. */
export interface ProbeAnswer {
  /** With the experiment's first weights. */
  first: Probe;
  /** With those that are looked at. */
  now: Probe;
  /** Of the first training images. */
  data: DataFacts;
}
