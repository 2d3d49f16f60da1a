// The measures of an epoch that a callback can watch.
import { choice } from "../fields";

export const monitors = ["valLoss", "valAccuracy", "loss", "accuracy"] as const;
export type Monitor = (typeof monitors)[number];

export const monitorField = choice("Watches", {
  default: "valLoss",
  values: monitors,
  labels: {
    valLoss: "validation loss",
    valAccuracy: "validation accuracy",
    loss: "training loss",
    accuracy: "training accuracy",
  },
  help: "The measure that has to improve: losses by falling, accuracies by rising.",
});

/** Whether the measure is taken on the validation images. */
export const needsValidation = (monitor: Monitor): boolean =>
  monitor === "valLoss" || monitor === "valAccuracy";
