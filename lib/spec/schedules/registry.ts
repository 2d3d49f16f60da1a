// The curves that a learning rate may follow.
export { cosine } from "./cosine";
export { exponential } from "./exponential";
export { linear } from "./linear";
export { steps } from "./steps";
