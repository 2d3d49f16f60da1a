// Every rule, in the order in which findings are said: causes before what comes of them. To add one: write its file, add
// its line.
import { averagesBehind } from "./rules/averages-behind";
import { batchTooLarge } from "./rules/batch-too-large";
import { deadUnits } from "./rules/dead-units";
import { explodingGradients } from "./rules/exploding-gradients";
import { imbalance } from "./rules/imbalance";
import { inputsNotNormalised } from "./rules/inputs-not-normalised";
import { labelsShuffled } from "./rules/labels-shuffled";
import { learningRateTooHigh } from "./rules/learning-rate-too-high";
import { learningRateTooLow } from "./rules/learning-rate-too-low";
import { outputMismatch } from "./rules/output-mismatch";
import { overfitting } from "./rules/overfitting";
import { plateau } from "./rules/plateau";
import { underfitting } from "./rules/underfitting";
import { vanishingGradients } from "./rules/vanishing-gradients";

export const rules = [
  outputMismatch,
  inputsNotNormalised,
  labelsShuffled,
  imbalance,
  explodingGradients,
  vanishingGradients,
  learningRateTooHigh,
  deadUnits,
  batchTooLarge,
  averagesBehind,
  learningRateTooLow,
  overfitting,
  plateau,
  underfitting,
] as const;
