import { expect, test } from "vitest";
import { outcomeOf } from "@/lib/metrics/compare";
import { recordWith } from "@/lib/metrics/testing";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { type ScatterView, scatterOf, signOf, stairOf } from "./scatter-plot";

/** A network of one hidden layer, and what came of it. */
function run(units: number, accuracy: number, seconds = 1, dataset: object = { id: "mnist" }) {
  const experiment = parseExperiment({
    ...firstRun,
    dataset,
    layers: [
      { kind: "flatten" },
      { kind: "dense", units, activation: "relu" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
  });
  const record = recordWith({ experiment, test: { loss: 0.1, accuracy } }, { elapsedMs: 1000 * seconds });
  return { name: `${units} units`, record };
}

const view: ScatterView = { cost: "parameters", costByDecades: null, accuracyByDecades: false };

test("runs are points from the cheapest on, and the front leads past those that are beaten", () => {
  const { points, front } = scatterOf([run(64, 0.97), run(8, 0.92), run(32, 0.91)], [run(16, 0.95)], view);
  expect(points.map(signOf)).toEqual(["B 8 units", "16 units", "C 32 units", "A 64 units"]);
  expect(points.map(({ cost }) => cost)).toEqual(
    [8, 16, 32, 64].map((units) => 785 * units + 10 * units + 10),
  );
  expect(front.map(signOf)).toEqual(["B 8 units", "16 units", "A 64 units"]);
});

test("costs are parameters, multiply-adds or seconds", () => {
  const compared = [run(64, 0.97, 3), run(8, 0.92, 0.5)];
  const costsOf = (cost: ScatterView["cost"]) =>
    scatterOf(compared, [], { ...view, cost }).points.map((point) => point.cost);
  const outcomes = compared.map(({ record }) => outcomeOf(record)).reverse();
  expect(costsOf("parameters")).toEqual(outcomes.map(({ parameters }) => parameters));
  expect(costsOf("macs")).toEqual(outcomes.map(({ macs }) => macs));
  expect(costsOf("time")).toEqual([0.5, 3]);
});

test("costs that span a decade are placed by decades, unless somebody wants them otherwise", () => {
  const [near, far] = [
    [run(64, 0.97), run(32, 0.9)],
    [run(64, 0.97), run(2, 0.6)],
  ] as const;
  expect(scatterOf(near, [], view).x.decades).toBeUndefined();
  expect(scatterOf(far, [], view).x.decades).toBe("value");
  expect(scatterOf(far, [], { ...view, costByDecades: false }).x.decades).toBeUndefined();
  expect(scatterOf(near, [], { ...view, costByDecades: true }).x.decades).toBe("value");
  expect(scatterOf(near, [], { ...view, accuracyByDecades: true }).y.decades).toBe("error");
});

test("accuracies of other tasks are no rivals: such runs of the shelf are left out, and among compared ones there is no front", () => {
  const digits = run(8, 0.99, 1, { id: "digits" });
  const pair = run(8, 0.999, 1, { id: "mnist", classes: [0, 1, 2] });
  const alone = scatterOf([run(64, 0.97), run(32, 0.9)], [digits, pair, run(16, 0.98)], view);
  expect(alone.points.map(signOf)).toEqual(["16 units", "B 32 units", "A 64 units"]);
  const mixed = scatterOf([run(64, 0.97), digits], [run(16, 0.98)], view);
  expect(mixed.points).toHaveLength(2);
  expect(mixed).toMatchObject({ comparable: false, front: [] });
});

test("the stair says what every cost buys", () => {
  const front = [
    { cost: 10, merit: 0.9 },
    { cost: 20, merit: 0.95 },
  ];
  expect(stairOf(front, 50)).toEqual([
    { x: 10, y: 0.9 },
    { x: 20, y: 0.9 },
    { x: 20, y: 0.95 },
    { x: 50, y: 0.95 },
  ]);
  expect(stairOf([], 50)).toEqual([]);
});
