// What known recipes score, so that a score can be told from another: each preset trained as it is, from its seed, on our
// engine, and measured on hidden sets drawn by eight secrets.

export interface CalibratedRecipe {
  /** Of lib/spec/presets. */
  preset: "firstRunPreset" | "convolutionalNetwork" | "smallAndSharp";
  title: string;
  parameters: number;
  /** Accuracy on the official test images. */
  clean: number;
  /** Accuracy on the hidden images, from the hardest draw to the easiest. */
  hidden: readonly [from: number, to: number];
}

export const calibration: readonly CalibratedRecipe[] = [
  {
    preset: "firstRunPreset",
    title: "First run",
    parameters: 109_386,
    clean: 0.9729,
    hidden: [0.9439, 0.9461],
  },
  {
    preset: "convolutionalNetwork",
    title: "Convolutional network",
    parameters: 206_922,
    clean: 0.9891,
    hidden: [0.981, 0.983],
  },
  {
    preset: "smallAndSharp",
    title: "Small and sharp",
    parameters: 18_882,
    clean: 0.9943,
    hidden: [0.9929, 0.9951],
  },
];
