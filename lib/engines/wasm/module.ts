// The compiled module: where it comes from and how it starts.
import type { WasmExports } from "./exports";

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
