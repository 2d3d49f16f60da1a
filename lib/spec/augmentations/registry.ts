// What may be done to training images before each step; engines do it alike, to the byte.
export { noise } from "./noise";
export { rotate } from "./rotate";
export { shift } from "./shift";
export { zoom } from "./zoom";
