// One backend at a time, loaded only when it is about to be used. The rest of the app knows them by EngineId.
import * as tf from "@tensorflow/tfjs-core";
import type { EngineId } from "../engine";

export type TfjsId = Extract<EngineId, `tfjs-${string}`>;

interface Backend {
  name: string;
  /** Imports the backend's package, which registers it. */
  load(): Promise<unknown>;
  /** Resolves with a reason when the device goes away; never for backends that have none. */
  lost(): Promise<string>;
}

const never = () => new Promise<string>(() => {});

const backends: Record<TfjsId, Backend> = {
  "tfjs-webgpu": {
    name: "webgpu",
    load: () => import("@tensorflow/tfjs-backend-webgpu"),
    lost: async () => {
      const { device } = tf.backend() as unknown as { device: GPUDevice };
      const { reason, message } = await device.lost;
      // We destroyed it ourselves: nobody is waiting.
      return reason === "destroyed" ? never() : message || "the GPU device was lost";
    },
  },
  "tfjs-webgl": {
    name: "webgl",
    load: () => import("@tensorflow/tfjs-backend-webgl"),
    lost: () =>
      new Promise((resolve) => {
        const { canvas } = tf.backend() as unknown as { canvas: EventTarget };
        canvas.addEventListener("webglcontextlost", () => resolve("the WebGL context was lost"), {
          once: true,
        });
      }),
  },
  "tfjs-wasm": { name: "wasm", load: loadWasm, lost: never },
  "tfjs-cpu": { name: "cpu", load: () => import("@tensorflow/tfjs-backend-cpu"), lost: never },
};

async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  // Its pthread build does not survive bundling; one thread also leaves a core to the page.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  // In Node the package finds its files beside itself.
  if ((globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node) return;
  const plain = new URL("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm", import.meta.url).href;
  const simd = new URL("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm", import.meta.url)
    .href;
  setWasmPaths({
    "tfjs-backend-wasm.wasm": plain,
    "tfjs-backend-wasm-simd.wasm": simd,
    // Demanded by the package, never fetched: threads are off.
    "tfjs-backend-wasm-threaded-simd.wasm": simd,
  });
}

/**
 * Makes `id` the backend of TensorFlow.js in this thread.
 * @returns `lost`, which resolves with the reason if its device goes away later
 * @throws Error if it does not start
 */
export async function activateBackend(id: TfjsId): Promise<{ lost: Promise<string> }> {
  const { name, load, lost } = backends[id];
  await load();
  if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js could not start its ${name} backend`);
  await tf.ready();
  return { lost: lost() };
}

/** True where reading a result back costs nothing, so that each batch's loss can be looked at. */
export const readsAtOnce = (id: TfjsId): boolean => id === "tfjs-wasm" || id === "tfjs-cpu";
