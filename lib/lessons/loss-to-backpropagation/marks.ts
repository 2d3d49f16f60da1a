// What this lesson's figures note for its checks, by the names that both sides use.
export const marks = {
  /** The line's loss came close to the least that a line can have. */
  fitted: "squared-loss/fitted",
  /** The ball came to rest by steps of its own. */
  arrived: "loss-surface/arrived",
  /** Steps that were too long threw it out of the bowl. */
  diverged: "loss-surface/diverged",
  /** A step of W₁ made the loss smaller. */
  stepped: "chain-rule/stepped",
  /** Hardly any slope came through the sigmoid. */
  saturated: "chain-rule/saturated",
  /** The tape was read back to its beginning and gave 2x. */
  readBack: "tape/readBack",
  /** One image was shown with the probabilities of the untrained network and of the trained one. */
  compared: "before-after/compared",
} as const;
