// The five lessons in their order, as the list of lessons shows them: nobody downloads five lessons to choose one. That
// each says the same of itself is tested.
import type { LessonDefinition } from "./define";

export type LessonSummary<Slug extends string = string> = Pick<
  LessonDefinition<Slug>,
  "slug" | "title" | "summary" | "minutes"
>;

const define = <const Slug extends string>(lesson: LessonSummary<Slug>) => lesson;

export const catalog = [
  define({
    slug: "training-optimization",
    title: "Training and optimization",
    summary:
      "Train a first network, read what it prints, and find out what epochs, optimizers, learning rates and batches do.",
    minutes: 45,
  }),
  define({
    slug: "fit-and-history",
    title: "Fit and history",
    summary:
      "One call trains a network on 1,797 small digits. What its three settings mean, and when more epochs stop helping.",
    minutes: 20,
  }),
  define({
    slug: "binary-classification",
    title: "Binary classification",
    summary:
      "Tell two digits apart with one output, follow one gradient step in numbers, and mend three trainings that go wrong.",
    minutes: 35,
  }),
  define({
    slug: "convolution-and-regularisation",
    title: "Convolution and regularisation",
    summary:
      "Convolutions, batch normalization, dropout, augmentation and well-known architectures, tuned without touching the test images.",
    minutes: 60,
  }),
  define({
    slug: "loss-to-backpropagation",
    title: "From loss to backpropagation",
    summary:
      "A loss to walk down, the chain rule with live numbers, and a network before and after it has learned.",
    minutes: 35,
  }),
];
