// What the engine menu offers; the worker decides what "auto" means on this device.
import { type EngineId, engineIds } from "../engines/engine";

export type EngineChoice = EngineId | "auto";

export const engineNames: Record<EngineId, string> = {
  "tfjs-webgpu": "TensorFlow.js WebGPU",
  "tfjs-webgl": "TensorFlow.js WebGL",
  "tfjs-wasm": "TensorFlow.js WebAssembly",
  "tfjs-cpu": "TensorFlow.js JavaScript",
  reference: "Reference (plain TypeScript)",
};

export const engineChoices: readonly EngineChoice[] = ["auto", ...engineIds];
