// Every optimizer that an experiment may name; engines hold a total table over them.
export { adagrad } from "./adagrad";
export { adam } from "./adam";
export { adamw } from "./adamw";
export { rmsprop } from "./rmsprop";
export { sgd } from "./sgd";
