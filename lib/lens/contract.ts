// What is asked of the lens and what it answers: types only, so that the page, the worker and the tests can import it.
// A kind of question is a line in `Questions` and one in questions.ts.
import type { DataFacts } from "../metrics/data-facts";
import type { Probe } from "../metrics/probe";
import type { ExperimentSpec } from "../spec/experiment";

/** Where images are from. Rows of "validation" are rows of the training file, as those of "train" are. */
export type LensSplit = "train" | "validation" | "test";

/** Every kind of question: what is asked, and what is answered. */
export interface Questions {
  pictures: [PicturesQuestion, Pictures];
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
