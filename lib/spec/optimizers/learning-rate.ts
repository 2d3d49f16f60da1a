import { number } from "../fields";

/** The learning-rate field that every optimizer has, with its own default. */
export const learningRate = (fallback: number) =>
  number("Learning rate", {
    default: fallback,
    min: 1e-7,
    max: 10,
    step: 0.001,
    logarithmic: true,
    help: "How far each step moves the weights. Too large diverges, too small crawls.",
  });

/** The share of a running average that is kept at each step. */
export const decay = (label: string, fallback: number, help: string) =>
  number(label, { default: fallback, min: 0, max: 0.9999, step: 0.01, help });

export const epsilon = () =>
  number("Epsilon", {
    default: 1e-7,
    min: 1e-10,
    max: 1,
    step: 1e-7,
    logarithmic: true,
    help: "Keeps the division finite.",
  });
