// The compiled module and its exports as TypeScript sees them; pointers and sizes are plain numbers.

export interface WasmExports {
  memory: WebAssembly.Memory;
  heapBase: WebAssembly.Global;
  markLit(images: number, count: number, rowBytes: number, lit: number): number;
  gather(
    images: number,
    rows: number,
    count: number,
    rowBytes: number,
    values: number,
    out: number,
    stride: number,
  ): void;
  listLit(
    images: number,
    rows: number,
    count: number,
    rowBytes: number,
    values: number,
    starts: number,
    entries: number,
    columnStarts: number,
    columns: number,
  ): void;
  sparseForward(
    starts: number,
    entries: number,
    count: number,
    kernel: number,
    bias: number,
    stride: number,
    out: number,
  ): void;
  sparseUpdate(
    columnStarts: number,
    columns: number,
    inputs: number,
    lit: number,
    dz: number,
    stride: number,
    kernel: number,
    a: number,
    b: number,
    row: number,
  ): void;
  denseForward(
    x: number,
    xStride: number,
    count: number,
    inputs: number,
    kernel: number,
    bias: number,
    stride: number,
    out: number,
  ): void;
  denseBackward(
    dz: number,
    stride: number,
    count: number,
    kernel: number,
    inputs: number,
    dx: number,
    dxStride: number,
  ): void;
  denseUpdate(
    x: number,
    xStride: number,
    count: number,
    inputs: number,
    dz: number,
    stride: number,
    kernel: number,
    a: number,
    b: number,
    tile: number,
  ): void;
  biasUpdate(
    dz: number,
    stride: number,
    count: number,
    bias: number,
    a: number,
    b: number,
    row: number,
  ): void;
  activate(
    kind: number,
    x: number,
    y: number,
    count: number,
    width: number,
    stride: number,
    slope: number,
  ): void;
  activateBackward(
    kind: number,
    y: number,
    dy: number,
    dx: number,
    count: number,
    width: number,
    stride: number,
    slope: number,
  ): void;
  dropout(
    key: number,
    threshold: number,
    factor: number,
    x: number,
    y: number,
    count: number,
    width: number,
    stride: number,
  ): void;
  loss(
    kind: number,
    fused: number,
    outputs: number,
    count: number,
    width: number,
    stride: number,
    labels: number,
    rows: number,
    gradient: number,
  ): number;
  lossSum(): number;
  configureSgd(learningRate: number, momentum: number, nesterov: number): void;
  configureAdam(alpha: number, beta1: number, beta2: number, epsilon: number, shrink: number): void;
  configureRmsprop(learningRate: number, rho: number, momentum: number, epsilon: number): void;
  configureAdagrad(learningRate: number, epsilon: number): void;
}

/** Fetches and compiles the module that the build put beside this file. */
export function fetchModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compileStreaming(fetch(new URL("./engine.wasm", import.meta.url)));
}

/** A fresh instance with its own memory. */
export function instantiate(module: WebAssembly.Module): WasmExports {
  return new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as WasmExports;
}

function abort(): never {
  throw new Error("the WebAssembly engine stopped at an assertion");
}
