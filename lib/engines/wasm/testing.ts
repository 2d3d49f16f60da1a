// For tests and commands in Node: the engine's module from disk.
import { readFile } from "node:fs/promises";
import type { Engine } from "../engine";
import { createWasmEngine } from "./engine";

const compiled = readFile(new URL("./engine.wasm", import.meta.url)).then((bytes) =>
  WebAssembly.compile(bytes),
);

export const wasmFromDisk = (): Promise<Engine> => createWasmEngine(() => compiled);
