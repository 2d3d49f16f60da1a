// Every loss that an experiment may name.
export { binaryCrossentropy } from "./binary-crossentropy";
export { categoricalCrossentropy } from "./categorical-crossentropy";
export { meanSquaredError } from "./mean-squared-error";
export { sparseCategoricalCrossentropy } from "./sparse-categorical-crossentropy";
