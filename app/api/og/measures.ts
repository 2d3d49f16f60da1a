// Sizes in pixels and the light colours of the product's tokens: a picture knows no style sheet.

export const WIDTH = 1200;
export const HEIGHT = 630;
export const PADDING_X = 64;
export const INNER_WIDTH = WIDTH - 2 * PADDING_X;

export const colors = {
  paper: "#fbfaf7",
  ink: "#1c1b19",
  soft: "#6a675f",
  line: "#e6e2d8",
  train: "#2356d8",
  validation: "#d4490c",
  validationText: "#c4420a",
} as const;

/** Width of a character of Inter at a size of 1, generously: digits, capitals and spaces taken together. */
const CHARACTER_WIDTH = 0.64;

/** The largest size at which the longest of these texts fits a width. */
export const fittingSize = (texts: readonly string[], width: number): number =>
  width / (CHARACTER_WIDTH * Math.max(1, ...texts.map(({ length }) => length)));
