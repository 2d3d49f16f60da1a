// What is asked of the lens and what it answers: types only, so that the page, the worker and the tests can import it.
// A kind of question is a line in `Questions` and one in questions.ts.
import type { ExperimentSpec } from "../spec/experiment";

/** Where images are from. Rows of "validation" are rows of the training file, as those of "train" are. */
export type LensSplit = "train" | "validation" | "test";

/** Every kind of question: what is asked, and what is answered. */
export interface Questions {
  pictures: [PicturesQuestion, Pictures];
  read: [ReadQuestion, Reading];
  verdicts: [VerdictsQuestion, Verdicts];
  neighbours: [NeighboursQuestion, Neighbours];
  duel: [DuelQuestion, Duel];
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

export interface ReadQuestion {
  /** Bytes of images that are in no data set, row-major. */
  images: Uint8Array;
}

export interface Reading {
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
