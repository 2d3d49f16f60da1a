// The engine's module: what the host calls. Memory is laid out by the host, from `heapBase` on; nothing here
// allocates. Pointers are bytes, `stride` counts floats.
export { addNoise, warp } from "./augment";
export { convolve, convolveKernel, copyPixels, packRows, turnKernel } from "./convolution";
export { biasUpdate, denseBackward, denseForward, denseUpdate } from "./dense";
export { activate, activateBackward, add, dropout } from "./elementwise";
export { gather, markLit } from "./images";
export { loss, lossSum } from "./losses";
export { batchStatistics, movingScale, normalize, normalizeBackward } from "./normalization";
export { configureAdagrad, configureAdam, configureRmsprop, configureSgd, update } from "./optimizers";
export { byFilter, byRow, pooledBackward } from "./pooled";
export { averagePool, maxPool, maxPoolBackward } from "./pooling";
export { listLit, sparseForward, sparseUpdate } from "./sparse";

export const heapBase: usize = __heap_base;
