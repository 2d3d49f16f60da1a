// The module's exports as TypeScript sees them; pointers and sizes are plain numbers. What each does and what its
// arguments mean is said in assembly/.

// biome-ignore format: one function a line, its arguments in assembly's order.
export interface WasmExports {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
  // assembly/images, augment
  markLit(images: number, count: number, rowBytes: number, lit: number): number;
  gather(images: number, rows: number, count: number, rowBytes: number, values: number, out: number, stride: number): void;
  warp(images: number, rows: number, count: number, height: number, width: number, channels: number, maps: number, out: number): void;
  addNoise(images: number, count: number, bytes: number, keys: number, amplitude: number, most: number): void;
  // assembly/sparse
  listLit(images: number, rows: number, count: number, rowBytes: number, values: number, stride: number, starts: number, entries: number, columnStarts: number, columns: number): void;
  sparseForward(starts: number, entries: number, count: number, kernel: number, bias: number, stride: number, out: number): void;
  sparseUpdate(columnStarts: number, columns: number, inputs: number, lit: number, dz: number, stride: number, kernel: number, a: number, b: number, row: number): void;
  // assembly/dense
  denseForward(x: number, xStride: number, count: number, inputs: number, kernel: number, bias: number, stride: number, out: number): void;
  denseBackward(dz: number, stride: number, count: number, kernel: number, inputs: number, dx: number, dxStride: number): void;
  denseUpdate(x: number, xStride: number, count: number, inputs: number, dz: number, stride: number, kernel: number, a: number, b: number, tile: number): void;
  biasUpdate(dz: number, stride: number, count: number, bias: number, a: number, b: number, row: number): void;
  // assembly/convolution, pooled, pooling
  convolve(image: number, rowBytes: number, down: number, right: number, rows: number, columns: number, size: number, run: number, kernel: number, pitch: number, bias: number, out: number, dark: number): void;
  convolveKernel(image: number, rowBytes: number, down: number, right: number, rows: number, columns: number, size: number, run: number, dz: number, pitch: number, gradient: number): void;
  copyPixels(from: number, fromDown: number, fromRight: number, to: number, toDown: number, toRight: number, rows: number, columns: number, channels: number): void;
  turnKernel(kernel: number, size: number, cin: number, filters: number, pitch: number, turned: number, outPitch: number): void;
  packRows(gradient: number, size: number, run: number, pitch: number): void;
  byFilter(kernel: number, size: number, run: number, filters: number, pitch: number, out: number): void;
  byRow(turned: number, size: number, run: number, filters: number, pitch: number, out: number): void;
  pooledBackward(image: number, dImage: number, rowBytes: number, size: number, run: number, dz: number, arg: number, places: number, filters: number, pitch: number, kernel: number, gradient: number, list: number): void;
  maxPool(image: number, height: number, width: number, pitch: number, tall: number, wide: number, strides: number, top: number, left: number, rows: number, columns: number, out: number, arg: number, argDown: number, argRight: number): void;
  maxPoolBackward(dz: number, arg: number, places: number, pitch: number, dImage: number): void;
  averagePool(image: number, height: number, width: number, pitch: number, tall: number, wide: number, strides: number, top: number, left: number, rows: number, columns: number, out: number, backward: number): void;
  // assembly/normalization
  batchStatistics(x: number, rows: number, channels: number, pitch: number, epsilon: number, momentum: number, mean: number, scale: number, movingMean: number, movingVariance: number, sums: number): void;
  movingScale(movingVariance: number, channels: number, epsilon: number, scale: number): void;
  normalize(x: number, rows: number, pitch: number, mean: number, scale: number, gamma: number, beta: number, y: number): void;
  normalizeBackward(x: number, dy: number, rows: number, channels: number, pitch: number, mean: number, scale: number, gamma: number, dGamma: number, dBeta: number, dx: number, sums: number): void;
  // assembly/elementwise, losses
  activate(kind: number, x: number, y: number, count: number, width: number, stride: number, slope: number): void;
  activateBackward(kind: number, y: number, dy: number, dx: number, count: number, width: number, stride: number, slope: number): void;
  add(y: number, x: number, count: number): void;
  dropout(key: number, threshold: number, factor: number, x: number, y: number, count: number, width: number, stride: number): void;
  loss(kind: number, fused: number, outputs: number, count: number, width: number, stride: number, labels: number, rows: number, gradient: number): number;
  lossSum(): number;
  // assembly/optimizers
  configureSgd(learningRate: number, momentum: number, nesterov: number): void;
  configureAdam(alpha: number, beta1: number, beta2: number, epsilon: number, shrink: number): void;
  configureRmsprop(learningRate: number, rho: number, momentum: number, epsilon: number): void;
  configureAdagrad(learningRate: number, epsilon: number): void;
  update(weights: number, a: number, b: number, gradient: number, count: number): void;
}
