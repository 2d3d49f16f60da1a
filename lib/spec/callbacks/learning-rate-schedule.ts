import { defineCallback } from "../define";
import { choice, number } from "../fields";
import * as schedules from "../schedules/registry";

const kinds = Object.keys(schedules) as (keyof typeof schedules)[];

export const learningRateSchedule = defineCallback({
  kind: "learningRateSchedule",
  label: "Learning-rate schedule",
  summary: "Changes the learning rate from step to step, from the optimizer's own down to a share of it.",
  fields: {
    schedule: choice("Schedule", {
      default: "cosine",
      values: kinds,
      labels: Object.fromEntries(kinds.map((kind) => [kind, schedules[kind].label])),
      help: "The curve on which the learning rate falls over the experiment's epochs.",
    }),
    warmupEpochs: number("Warm-up epochs", {
      default: 0,
      min: 0,
      max: 100,
      step: 0.5,
      help: "How long the learning rate first climbs from 0; large rates are safer after that.",
    }),
    finalShare: number("Final share", {
      default: 0.01,
      min: 0,
      max: 1,
      step: 0.01,
      help: "The part of the optimizer's learning rate that is left at the end.",
    }),
  },
});
