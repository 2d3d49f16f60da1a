// Which engine trains here: the wish if it works, else the first of the order that is there, passes the canary
// and is no emulation of a GPU. Every other one gets its reason.
import { checkCanary } from "./canary";
import { type Engine, type EngineChoice, type EngineId, type EngineReport, engineNames } from "./engine";
import { type Probe, probe } from "./probe";

/**
 * Ours first: it starts at once, and its weights are the same everywhere. Then TensorFlow.js, GPUs before the CPU.
 * The reference is for checking and is only used when asked for.
 */
const order: readonly EngineId[] = ["wasm", "tfjs-webgpu", "tfjs-webgl", "tfjs-wasm", "tfjs-cpu"];

/** Engines are code that is downloaded when it is about to be used. */
const create: Record<EngineId, (device: string) => Promise<Engine>> = {
  wasm: async () => (await import("./wasm/engine")).createWasmEngine(),
  "tfjs-webgpu": async (device) => (await import("./tfjs/engine")).createTfjsEngine("tfjs-webgpu", device),
  "tfjs-webgl": async (device) => (await import("./tfjs/engine")).createTfjsEngine("tfjs-webgl", device),
  "tfjs-wasm": async (device) => (await import("./tfjs/engine")).createTfjsEngine("tfjs-wasm", device),
  "tfjs-cpu": async (device) => (await import("./tfjs/engine")).createTfjsEngine("tfjs-cpu", device),
  reference: async () => new (await import("./reference/engine")).ReferenceEngine(),
};

export interface Selection {
  engine: Engine;
  reports: readonly EngineReport[];
}

/** Exchangeable parts, for tests. */
export interface Parts {
  probe(id: EngineId): Promise<Probe>;
  create(id: EngineId, device: string): Promise<Engine>;
}

const real: Parts = { probe, create: (id, device) => create[id](device) };

/**
 * Starts an engine.
 * @param choice an engine by name, or "auto"; a choice that does not work here falls back to the order
 * @throws Error if none works, with every reason
 */
export async function selectEngine(choice: EngineChoice, parts: Parts = real): Promise<Selection> {
  const candidates = choice === "auto" ? order : [choice, ...order.filter((id) => id !== choice)];
  const reports: EngineReport[] = [];
  let engine: Engine | null = null;
  for (const id of candidates) {
    const { available, software, device } = await parts.probe(id);
    const report = (reason: string, usable = false) =>
      reports.push({ id, name: engineNames[id], available: usable, reason });
    if (!available) report(device);
    else if (software && id !== choice) report(`${device}: a GPU in software, slower than WebAssembly`);
    else if (engine !== null) report(`${device}: there, not needed`, true);
    else {
      try {
        const candidate = await parts.create(id, device);
        const wrong = await checkCanary(candidate);
        if (wrong === null) {
          engine = candidate;
          report(device, true);
        } else {
          candidate.dispose();
          report(`${device}: ${wrong}`);
        }
      } catch (error) {
        report(`${device}: did not start (${error instanceof Error ? error.message : String(error)})`);
      }
    }
  }
  if (engine === null)
    throw new Error(
      `No engine works here. ${reports.map(({ name, reason }) => `${name}: ${reason}.`).join(" ")}`,
    );
  return { engine, reports };
}
