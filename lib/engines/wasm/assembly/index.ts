// The engine's module: what the host calls. Memory is laid out by the host, from `heapBase` on; nothing here
// allocates. Pointers are bytes, `stride` counts floats.
export { biasUpdate, denseBackward, denseForward, denseUpdate } from "./dense";
export { activate, activateBackward, dropout } from "./elementwise";
export { gather, markLit } from "./images";
export { loss, lossSum } from "./losses";
export { configureAdagrad, configureAdam, configureRmsprop, configureSgd } from "./optimizers";
export { listLit, sparseForward, sparseUpdate } from "./sparse";

export const heapBase: usize = __heap_base;
