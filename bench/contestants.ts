// Who is measured, by what name, and who cannot do what.
import type { EngineId } from "../lib/engines/engine";
import type { NetworkId } from "./cases";

export interface Contestant {
  /** Also the host name of its pages; one that ends in "-threads" gets SharedArrayBuffer. */
  id: string;
  label: string;
  /** The file in contenders/ and what its address says; null is the Python process. */
  page: { entry: string; query: string } | null;
  /** The probe that must find a device, and whether an emulated one will do. */
  needs?: { engine: EngineId; software: boolean };
  /** What it cannot do, in a few words. */
  cannot?: Partial<Record<NetworkId, string>>;
}

/** Our engine does that step another way there; see lib/engines/tfjs/convolution. */
const noConvolution = { cnn: "no Conv2DBackpropFilter on this backend" };
const webgl = { engine: "tfjs-webgl", software: true } as const;
const webgpu = { engine: "tfjs-webgpu", software: false } as const;

const page = (entry: string, query = "") => ({ entry, query });
type Both = Pick<Contestant, "needs">;
const tfjs = (
  backend: string,
  label: string,
  both: Both = {},
  fit: Partial<Contestant> = {},
): Contestant[] => [
  {
    id: `ours-tfjs-${backend}`,
    label: `ours on tfjs ${label}`,
    page: page("ours-tfjs", `?backend=${backend}`),
    ...both,
  },
  {
    id: `tfjs-fit-${backend}`,
    label: `tfjs model.fit ${label}`,
    page: page("tfjs-fit", `?backend=${backend}`),
    ...both,
    ...fit,
  },
];

/** The first one is what all others are compared with. */
export const contestants: readonly Contestant[] = [
  { id: "ours-wasm", label: "ours (wasm)", page: page("ours-wasm") },
  ...tfjs("wasm", "wasm", {}, { cannot: noConvolution }),
  ...tfjs("webgl", "webgl", { needs: webgl }),
  ...tfjs("webgpu", "webgpu", { needs: webgpu }),
  ...tfjs("cpu", "cpu"),
  { id: "jax-js-wasm", label: "jax-js wasm", page: page("jax-js", "?device=wasm") },
  { id: "jax-js-threads", label: "jax-js wasm, threads", page: page("jax-js", "?device=wasm") },
  { id: "jax-js-webgpu", label: "jax-js webgpu", page: page("jax-js", "?device=webgpu"), needs: webgpu },
  { id: "pytorch", label: "PyTorch, one thread", page: null },
];
