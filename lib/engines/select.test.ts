import { expect, test } from "vitest";
import type { Engine, EngineId } from "./engine";
import type { Probe } from "./probe";
import { ReferenceEngine } from "./reference/engine";
import { type Parts, selectEngine } from "./select";

const there = (device: string, software = false): Probe => ({ available: true, software, device });
const gone = (device: string): Probe => ({ available: false, software: false, device });

/** The reference engine under another name, so that the real canary runs. */
function engineNamed(id: EngineId, sabotage = false): Engine {
  const engine = new ReferenceEngine();
  if (sabotage) {
    const { train } = engine;
    engine.train = (rows, size, rates) =>
      train.call(
        engine,
        rows,
        size,
        rates.map((rate) => rate / 2),
      );
  }
  return Object.defineProperty(engine, "info", { value: { id, name: id, device: "test" } });
}

function parts(devices: Partial<Record<EngineId, Probe>>, broken: EngineId[] = [], wrong: EngineId[] = []) {
  const created: EngineId[] = [];
  const fake: Parts = {
    probe: async (id) => devices[id] ?? gone("not here"),
    async create(id) {
      created.push(id);
      if (broken.includes(id)) throw new Error("shader compiler crashed");
      return engineNamed(id, wrong.includes(id));
    },
  };
  return { fake, created };
}

const gpus = {
  "tfjs-webgpu": there("Apple M9"),
  "tfjs-webgl": there("ANGLE (Apple)"),
  "tfjs-wasm": there("CPU"),
  "tfjs-cpu": there("CPU"),
} satisfies Partial<Record<EngineId, Probe>>;
const all = { ...gpus, wasm: there("same on every device") };

test("takes the first of the order that is there and starts no other", async () => {
  const { fake, created } = parts(all);
  const { engine, reports } = await selectEngine("auto", fake);
  expect(engine.info.id).toBe("wasm");
  expect(created).toEqual(["wasm"]);
  expect(reports.map(({ available }) => available)).toEqual([true, true, true, true, true]);
});

test("passes over GPUs in software and says so, unless one is asked for", async () => {
  const devices = {
    ...gpus,
    "tfjs-webgpu": gone("no WebGPU adapter"),
    "tfjs-webgl": there("SwiftShader", true),
  };
  const auto = await selectEngine("auto", parts(devices).fake);
  expect(auto.engine.info.id).toBe("tfjs-wasm");
  expect(auto.reports.slice(0, 3).map(({ reason }) => reason)).toEqual([
    "not here",
    "no WebGPU adapter",
    "SwiftShader: a GPU in software, slower than WebAssembly",
  ]);
  expect((await selectEngine("tfjs-webgl", parts(devices).fake)).engine.info.id).toBe("tfjs-webgl");
});

test("falls back where an engine does not start or computes wrong gradients, with the reason", async () => {
  const { fake, created } = parts(all, ["wasm", "tfjs-webgpu"], ["tfjs-webgl"]);
  const { engine, reports } = await selectEngine("auto", fake);
  expect(engine.info.id).toBe("tfjs-wasm");
  expect(created).toEqual(["wasm", "tfjs-webgpu", "tfjs-webgl", "tfjs-wasm"]);
  expect(reports[1]!.reason).toBe("Apple M9: did not start (shader compiler crashed)");
  expect(reports[2]!.reason).toMatch(/^ANGLE \(Apple\): its gradients are off by [\d.]+ % in a test step$/);
});

test("offers real GPUs as alternatives to our own engine, and starts them only when that is asked for", async () => {
  const { fake, created } = parts(all, [], ["tfjs-webgl"]);
  const { alternatives, reports } = await selectEngine("auto", fake);
  expect(alternatives.map(({ id }) => id)).toEqual(["tfjs-webgpu", "tfjs-webgl"]);
  expect(created).toEqual(["wasm"]);
  expect(reports.every(({ samplesPerSecond }) => samplesPerSecond === null)).toBe(true);
  const webgpu = await alternatives[0]!.start();
  expect(typeof webgpu === "string" ? webgpu : webgpu.info.id).toBe("tfjs-webgpu");
  expect(await alternatives[1]!.start()).toMatch(/^ANGLE \(Apple\): its gradients are off by /);
  expect(created).toEqual(["wasm", "tfjs-webgpu", "tfjs-webgl"]);
});

test("offers no alternatives where a choice was made, where the GPU is emulated or where our own engine is not there", async () => {
  const emulated = { ...all, "tfjs-webgpu": there("SwiftShader", true), "tfjs-webgl": gone("no WebGL 2") };
  for (const [choice, devices] of [
    ["wasm", all],
    ["tfjs-webgpu", all],
    ["auto", emulated],
    ["auto", gpus],
  ] as const)
    expect((await selectEngine(choice, parts(devices).fake)).alternatives).toEqual([]);
});

test("falls back from a wish that this device cannot grant", async () => {
  const { engine, reports } = await selectEngine("tfjs-webgpu", parts({ "tfjs-cpu": all["tfjs-cpu"] }).fake);
  expect(engine.info.id).toBe("tfjs-cpu");
  expect(reports[0]).toMatchObject({ id: "tfjs-webgpu", available: false, reason: "not here" });
});

test("says every reason where nothing works", async () => {
  await expect(selectEngine("auto", parts({}).fake)).rejects.toThrow(
    /No engine works here\. WebAssembly SIMD: not here\. TensorFlow\.js WebGPU: not here\./,
  );
});
