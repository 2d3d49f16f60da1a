// The loss of a yes-or-no answer and the cost of a batch, as the engines have them.

/** Keras's epsilon: a probability is kept this far from 0 and 1 before its logarithm is taken. */
const LEAST = 1e-7;

export interface Answer {
  /** The probability that the image is a 1. */
  f: number;
  y: 0 | 1;
}

/** Binary cross-entropy of one answer, in nats. */
export const lossOf = ({ f, y }: Answer): number =>
  -Math.log(Math.min(Math.max(y === 1 ? f : 1 - f, LEAST), 1 - LEAST));

/** The mean of the answers' losses. */
export const costOf = (answers: readonly Answer[]): number =>
  answers.reduce((sum, answer) => sum + lossOf(answer), 0) / answers.length;
