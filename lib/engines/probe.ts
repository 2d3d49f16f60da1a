// What this device has, asked before anything is downloaded.
import type { EngineId } from "./engine";

export interface Probe {
  available: boolean;
  /** True where the "GPU" is a program on the CPU: slower than WebAssembly, used only when asked for. */
  software: boolean;
  /** The device, or why there is none. */
  device: string;
}

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** "ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)" → "Apple M1"; emulations by their name. */
function shorten(renderer: string): string {
  const software = SOFTWARE.exec(renderer)?.[0];
  if (software !== undefined) return software;
  const device = /^ANGLE \([^,]*, (.*), [^,]*\)$/.exec(renderer)?.[1] ?? renderer;
  return device
    .replace(/^ANGLE Metal Renderer: /, "")
    .replace(/ \(0x[0-9a-f]+\)/gi, "")
    .replace(/ Direct3D.*$/, "")
    .trim();
}

const missing = (device: string): Probe => ({ available: false, software: false, device });

/** The smallest module with a vector instruction: (func (drop (i8x16.splat (i32.const 0)))). */
const SIMD_MODULE = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  4,
  1,
  96,
  0,
  0,
  3,
  2,
  1,
  0,
  10,
  9,
  1,
  7,
  0,
  65,
  0,
  253,
  15,
  26,
  11,
);

const probes: Record<EngineId, () => Promise<Probe>> = {
  wasm: async () => {
    if (typeof WebAssembly !== "object") return missing("no WebAssembly");
    if (!WebAssembly.validate(SIMD_MODULE)) return missing("no WebAssembly SIMD in this browser");
    return { available: true, software: false, device: "same on every device" };
  },
  "tfjs-webgpu": async () => {
    const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
    if (gpu === undefined) return missing("this browser has no WebGPU here");
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (adapter === null) return missing("no WebGPU adapter");
    const { vendor, architecture, device, description } = adapter.info;
    const name = description || [vendor, architecture, device].filter(Boolean).join(" ") || "unnamed adapter";
    const software = adapter.info.isFallbackAdapter === true || SOFTWARE.test(`${name} ${architecture}`);
    return { available: true, software, device: shorten(name) };
  },
  "tfjs-webgl": async () => {
    if (typeof OffscreenCanvas === "undefined")
      return missing("no OffscreenCanvas in this browser's workers");
    const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
    if (gl === null) return missing("no WebGL 2 in this browser's workers");
    const info = gl.getExtension("WEBGL_debug_renderer_info");
    const name = String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL));
    const isFull = gl.getExtension("EXT_color_buffer_float") !== null;
    gl.getExtension("WEBGL_lose_context")?.loseContext();
    // Some phones' GPUs only write half floats, with which the same experiment comes to other numbers.
    if (!isFull) return missing(`${shorten(name)}: half precision only`);
    return { available: true, software: SOFTWARE.test(name), device: shorten(name) };
  },
  "tfjs-wasm": async () =>
    typeof WebAssembly === "object"
      ? { available: true, software: false, device: "CPU, one thread" }
      : missing("no WebAssembly"),
  "tfjs-cpu": async () => ({ available: true, software: false, device: "CPU, slow" }),
  reference: async () => ({ available: true, software: false, device: "CPU, float64, for checking" }),
};

/** Never throws: a probe that fails is an engine that is not there. */
export async function probe(id: EngineId): Promise<Probe> {
  try {
    return await probes[id]();
  } catch (error) {
    return missing(error instanceof Error ? error.message : String(error));
  }
}
