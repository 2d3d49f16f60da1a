// The names under which the third lesson's figures tell what was done in them; its checks look them up.
import type { Issue } from "../../metrics/diagnosis";

/** A single loss above `SURELY_WRONG` was brought about: a prediction that is sure and wrong. */
export const SURELY_WRONG_MARK = "surely-wrong";
export const SURELY_WRONG = 4;
/** The cost of the batch of six was brought below `LOW_COST`. */
export const LOW_COST_MARK = "low-cost";
export const LOW_COST = 0.1;

/** The largest difference between formula and engine that was seen, over all weights of a step. */
export const DIFFERENCE_MARK = "largest-difference";
/** Steps that were made. */
export const STEPS_MARK = "steps-made";
/** A weight was chosen by hand. */
export const WEIGHT_MARK = "weight-chosen";
export const EXACT = 1e-5;

/** How many pairings were looked at, and how many of those were wrong ones. */
export const PAIRINGS_MARK = "pairings-seen";
export const WRONG_PAIRINGS_MARK = "wrong-pairings-seen";

/**
 * What was found out about an issue's ill run, and about its mended one, as it was shown, line by line: runs, and the
 * weights behind their gradients, are gone with the page.
 */
export const evidenceMark = (issue: Issue) => `evidence-${issue}`;
export const soundMark = (issue: Issue) => `sound-${issue}`;
