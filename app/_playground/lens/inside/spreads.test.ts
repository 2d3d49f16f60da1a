import { expect, test } from "vitest";
import type { LayerSpread } from "@/lib/lens/contract";
import { addMoment, asPicture, MAX_MOMENTS, occupied, type SpreadAt } from "./spreads";

const layer = (updates: boolean): LayerSpread => ({
  layer: 1,
  limit: 1,
  weights: Float32Array.of(0, 1),
  gradients: Float32Array.of(0, 1),
  updates: updates ? Float32Array.of(0, 1) : null,
  weight: 1,
  gradient: 1,
  update: updates ? 1 : null,
  still: 0,
});
const at = (epoch: number, updates = false): SpreadAt => ({
  epoch,
  images: 32,
  loss: 1,
  layers: [layer(updates)],
});

test("moments stand in the order of the run, in whichever order they were looked at", () => {
  const all = [3, 1, 2.5].reduce<readonly SpreadAt[]>((moments, epoch) => addMoment(moments, at(epoch)), []);
  expect(all.map(({ epoch }) => epoch)).toEqual([1, 2.5, 3]);
});

test("a moment that is looked at again replaces itself, unless less is known of it", () => {
  const known = addMoment([at(1)], at(1, true));
  expect(known).toHaveLength(1);
  expect(known[0]!.layers[0]!.update).toBe(1);
  expect(addMoment(known, at(1))).toBe(known);
});

test("a long run is thinned evenly, and its last moment stays", () => {
  let all: readonly SpreadAt[] = [];
  for (let epoch = 1; epoch <= 200; epoch++) all = addMoment(all, at(epoch));
  expect(all.length).toBeLessThanOrEqual(MAX_MOMENTS);
  expect(all.at(-1)!.epoch).toBe(200);
  expect(all[0]!.epoch).toBe(1);
});

test("a picture has the largest numbers at its top and leaves empty bins out", () => {
  const columns = [Float32Array.of(0, 0.5, 0.5, 0), Float32Array.of(0, 1, 0, 0)];
  const range = occupied(columns);
  expect(range).toEqual({ from: 1, to: 3 });
  expect(asPicture(columns, range)).toEqual({ values: Float32Array.of(1, 0, 1, 1), height: 2, width: 2 });
});
