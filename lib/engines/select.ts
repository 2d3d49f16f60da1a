// Which engine trains here: the wish if it works, else the first of the order that is there, passes the canary
// and is no emulation of a GPU. Every other one gets its reason, and real GPUs a chance to prove faster.
import { checkCanary } from "./canary";
import {
  type Alternative,
  type Engine,
  type EngineChoice,
  type EngineId,
  type EngineReport,
  type EngineSelection,
  engineNames,
} from "./engine";
import { type Probe, probe } from "./probe";

/**
 * Ours first: it starts at once, and its weights are the same everywhere. Then TensorFlow.js, GPUs before the CPU.
 * The reference is for checking and is only used when asked for.
 */
const order: readonly EngineId[] = ["wasm", "tfjs-webgpu", "tfjs-webgl", "tfjs-wasm", "tfjs-cpu"];

/** Which of them may be faster than ours on some experiment: that is measured once a run is under way. */
const gpus: ReadonlySet<EngineId> = new Set(["tfjs-webgpu", "tfjs-webgl"]);

/** Engines are code that is downloaded when it is about to be used. */
const create: Record<EngineId, (device: string) => Promise<Engine>> = {
  wasm: async () => (await import("./wasm/engine")).createWasmEngine(),
  "tfjs-webgpu": async (device) => (await import("./tfjs/engine")).createTfjsEngine("tfjs-webgpu", device),
  "tfjs-webgl": async (device) => (await import("./tfjs/engine")).createTfjsEngine("tfjs-webgl", device),
  "tfjs-wasm": async (device) => (await import("./tfjs/engine")).createTfjsEngine("tfjs-wasm", device),
  "tfjs-cpu": async (device) => (await import("./tfjs/engine")).createTfjsEngine("tfjs-cpu", device),
  reference: async () => new (await import("./reference/engine")).ReferenceEngine(),
};

/** Exchangeable parts, for tests. */
export interface Parts {
  probe(id: EngineId): Promise<Probe>;
  create(id: EngineId, device: string): Promise<Engine>;
}

const real: Parts = { probe, create: (id, device) => create[id](device) };

/** Downloads, starts and checks an engine. @returns why it cannot be used, where it cannot */
async function start(id: EngineId, device: string, parts: Parts): Promise<Engine | string> {
  let engine: Engine | null = null;
  try {
    engine = await parts.create(id, device);
    const wrong = await checkCanary(engine);
    if (wrong === null) return engine;
    engine.dispose();
    return `${device}: ${wrong}`;
  } catch (error) {
    try {
      engine?.dispose();
    } catch {
      // What a lost device held is gone with it.
    }
    return `${device}: did not start (${error instanceof Error ? error.message : String(error)})`;
  }
}

/**
 * Starts an engine.
 * @param choice an engine by name, or "auto"; a choice that does not work here falls back to the order
 * @throws Error if none works, with every reason
 */
export async function selectEngine(choice: EngineChoice, parts: Parts = real): Promise<EngineSelection> {
  const candidates = choice === "auto" ? order : [choice, ...order.filter((id) => id !== choice)];
  const reports: EngineReport[] = [];
  const alternatives: Alternative[] = [];
  let engine: Engine | null = null;
  for (const id of candidates) {
    const { available, software, device } = await parts.probe(id);
    const report = (reason: string, usable = false) =>
      reports.push({ id, name: engineNames[id], available: usable, reason, samplesPerSecond: null });
    if (!available) report(device);
    else if (software && id !== choice) report(`${device}: a GPU in software, slower than WebAssembly`);
    else if (engine === null) {
      const started = await start(id, device, parts);
      if (typeof started === "string") report(started);
      else {
        engine = started;
        report(device, true);
      }
    } else if (choice === "auto" && engine.info.id === order[0] && gpus.has(id)) {
      alternatives.push({ id, start: () => start(id, device, parts) });
      report(`${device}: there, measured in runs of more than a few seconds`, true);
    } else report(`${device}: there, not needed`, true);
  }
  if (engine === null)
    throw new Error(
      `No engine works here. ${reports.map(({ name, reason }) => `${name}: ${reason}.`).join(" ")}`,
    );
  return { engine, reports, alternatives };
}
