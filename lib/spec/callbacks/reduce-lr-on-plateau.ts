import { defineCallback } from "../define";
import { number } from "../fields";
import { monitorField } from "./monitor";

export const reduceLROnPlateau = defineCallback({
  kind: "reduceLROnPlateau",
  label: "Reduce on plateau",
  summary: "Lowers the learning rate whenever a measure has not improved for a while.",
  fields: {
    monitor: monitorField,
    factor: number("Factor", {
      default: 0.1,
      min: 0.01,
      max: 0.99,
      step: 0.05,
      help: "What the learning rate is multiplied by.",
    }),
    patience: number("Patience", {
      default: 10,
      min: 0,
      max: 1000,
      integer: true,
      help: "Epochs without an improvement after which it is lowered.",
    }),
    minDelta: number("Least change", {
      default: 0.0001,
      min: 0,
      max: 1,
      step: 0.001,
      help: "A smaller improvement than this counts as none.",
    }),
    cooldown: number("Cool-down", {
      default: 0,
      min: 0,
      max: 1000,
      integer: true,
      help: "Epochs after a change in which nothing is counted.",
    }),
    minLearningRate: number("Lowest rate", {
      default: 0,
      min: 0,
      max: 1,
      step: 0.0001,
      help: "The learning rate never goes below this.",
    }),
  },
});
