// A run may change engines: what one reads out, another goes on from.
import { afterEach, describe, expect, test } from "vitest";
import { buildProgram } from "../spec/program";
import { convolutional, network } from "./testing/cases";
import { disposeAll, distance, prepare, rows, start, type TestedEngine, trainOn } from "./testing/parity";

afterEach(disposeAll);

const handedOver: [string, object][] = [
  ["adam", { kind: "adam", learningRate: 0.002 }],
  ["sgd with momentum", { kind: "sgd", learningRate: 0.02, momentum: 0.9 }],
  ["rmsprop with momentum", { kind: "rmsprop", learningRate: 0.001, momentum: 0.5 }],
  ["adagrad", { kind: "adagrad", learningRate: 0.01 }],
];

describe.each(handedOver)("a run with %s", (_, optimizer) => {
  const spec = network(convolutional, { augmentation: [{ kind: "shift", pixels: 1 }], optimizer });
  const halves = [rows.subarray(0, 160), rows.subarray(160, 320)] as const;

  const wholeRun = async () => {
    const engine = prepare(await start("reference"), spec);
    await trainOn(engine, spec, rows.subarray(0, 320));
    return engine.readState();
  };
  let whole: ReturnType<typeof wholeRun> | null = null;

  test.each([
    ["reference", "wasm"],
    ["wasm", "reference"],
    ["reference", "tfjs-wasm"],
    ["tfjs-wasm", "reference"],
    ["tfjs-wasm", "tfjs-wasm"],
    ["wasm", "tfjs-wasm"],
  ] satisfies [TestedEngine, TestedEngine][])("goes on where it was from %s to %s", async (from, to) => {
    const begun = prepare(await start(from), spec);
    await trainOn(begun, spec, halves[0]);
    const state = await begun.readState();
    expect(state.step).toBe(5);
    const { weights } = buildProgram(spec);
    for (const slot of state.slots)
      expect(slot.map(({ length }) => length > 0)).toEqual(weights.map(({ trainable }) => trainable));

    const resumed = prepare(await start(to), spec, state);
    expect(await resumed.readState()).toEqual(state);
    await trainOn(resumed, spec, halves[1], 5);
    whole ??= wholeRun();
    const [a, b] = [await whole, await resumed.readState()];
    expect(b.step).toBe(10);
    expect(b.slots.length).toBe(a.slots.length);
    expect(distance(a.weights, b.weights)).toBeLessThan(1e-4);
    for (const [i, slot] of a.slots.entries()) expect(distance(slot, b.slots[i]!)).toBeLessThan(1e-3);
  });
});
