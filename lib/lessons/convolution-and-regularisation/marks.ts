// What this lesson's figures note for its checks, by the names that both sides use.
export const marks = {
  /** A batch size that leaves no short batch was set. */
  even: "stepsPerEpoch/even",
  /** One that does leave one was seen. */
  uneven: "stepsPerEpoch/uneven",
  /** The epoch, from 1, that was named as the best of a run. */
  bestEpoch: "bestEpoch/epoch",
  /** Steps, from 0, whose batch was looked at, as many as in a row of different ones. */
  batchesSeen: "augmentedBatch/seen",
  /** The test was opened before the best weights were there. */
  openedEarly: "heldOut/openedEarly",
} as const;
