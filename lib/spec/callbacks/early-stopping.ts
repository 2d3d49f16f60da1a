import { defineCallback } from "../define";
import { boolean, number } from "../fields";
import { monitorField } from "./monitor";

export const earlyStopping = defineCallback({
  kind: "earlyStopping",
  label: "Early stopping",
  summary: "Ends the training once a measure has not improved for a while.",
  fields: {
    monitor: monitorField,
    patience: number("Patience", {
      default: 3,
      min: 0,
      max: 1000,
      integer: true,
      help: "Epochs without an improvement after which it ends.",
    }),
    minDelta: number("Least change", {
      default: 0,
      min: 0,
      max: 1,
      step: 0.001,
      help: "A smaller improvement than this counts as none.",
    }),
    restoreBestWeights: boolean("Restore the best weights", {
      default: false,
      help: "Goes back to the weights of the best epoch when the training ends.",
    }),
  },
});
