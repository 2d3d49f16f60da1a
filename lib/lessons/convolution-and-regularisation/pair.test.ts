import { expect, test } from "vitest";
import {
  droppedOut,
  main,
  overfitting,
  withBinary,
  withCategorical,
  withNormalization,
  withoutNormalization,
} from "./experiments";
import { pairOf } from "./pair";
import { factsOf, runOf } from "./testing";

test("there is no pair before two different experiments were finished", () => {
  expect(pairOf(factsOf())).toBeNull();
  expect(pairOf(factsOf(runOf(main)))).toBeNull();
  expect(pairOf(factsOf(runOf(main), runOf(main)))).toBeNull();
  expect(pairOf(factsOf(runOf(main), runOf(overfitting, { state: "training" })))).toBeNull();
});

test("the last run is compared with the last other one before it, the simpler one first", () => {
  const [none, some, more] = [runOf(overfitting), runOf(droppedOut(0.25)), runOf(droppedOut(0.5))];
  expect(pairOf(factsOf(none, some, more))!.runs).toEqual([some, more]);
  expect(pairOf(factsOf(more, some))!.runs).toEqual([some, more]);
  expect(pairOf(factsOf(runOf(withNormalization), runOf(withoutNormalization)))!.runs[0].spec.title).toBe(
    "A: without batch normalization",
  );
  const again = runOf(droppedOut(0.5));
  expect(pairOf(factsOf(some, more, again))!.runs).toEqual([some, again]);
});

test("what differs is named with the values of both", () => {
  const { differences } = pairOf(factsOf(runOf(droppedOut(0.25)), runOf(droppedOut(0.5))))!;
  expect(differences).toEqual([{ label: "Layer 7 · Rate", values: ["0.25", "0.5"] }]);
});

test("layers that were put in are named by themselves, and the others are laid beside their likes", () => {
  const normalization = pairOf(factsOf(runOf(withoutNormalization), runOf(withNormalization)))!;
  expect(normalization.differences).toEqual([
    { label: "Layers besides", values: ["–", "2 × Batch normalization, 2 × Activation"] },
    { label: "Layer 1 · Activation", values: ["relu", "linear (none)"] },
    { label: "Layer 3 · Activation", values: ["relu", "linear (none)"] },
  ]);
  const dropout = pairOf(factsOf(runOf(overfitting), runOf(droppedOut(0.5))))!;
  expect(dropout.differences).toEqual([{ label: "Layers besides", values: ["–", "Dropout"] }]);
});

test("times leave the first epoch out, which waits for its data", () => {
  const pair = pairOf(
    factsOf(runOf(withoutNormalization, { epochMs: 400 }), runOf(withNormalization, { epochMs: 500 })),
  )!;
  expect(pair.measures[0]).toEqual({
    label: "Time of an epoch",
    unit: "ms",
    comparable: true,
    values: [400, 500],
  });
  expect(pair.findings[0]).toBe("An epoch of B took 25 % longer than one of A.");
  const alike = pairOf(
    factsOf(runOf(withoutNormalization, { epochMs: 400 }), runOf(withNormalization, { epochMs: 410 })),
  )!;
  expect(alike.findings[0]).toBe("An epoch took both about as long.");
  const untimed = pairOf(factsOf(runOf(withoutNormalization), runOf(withNormalization)))!;
  expect(untimed.measures.map(({ unit }) => unit)).not.toContain("ms");
});

test("an accuracy that chance can explain is called that, and one that it cannot is not", () => {
  const of = (a: number, b: number) =>
    pairOf(
      factsOf(runOf(droppedOut(0.25), { valAccuracy: a }), runOf(droppedOut(0.5), { valAccuracy: b })),
    )!.findings.join(" ");
  // 1,000 images: 2·√(2 · 0.95·0.05 / 1000) is 1.95 points; of 0.95 and 0.96 1.85.
  expect(of(0.95, 0.96)).toContain("1.0 points more. Chance alone does up to 1.9 points");
  expect(of(0.95, 0.9)).toContain("5.0 points less. That is more than chance would do");
  expect(of(0.95, 0.95)).toContain("Both get 95.0 % of the validation images right.");
});

test("how far validation loss rose again is told of both", () => {
  const a = runOf(droppedOut(0.25), { valLosses: [...Array.from({ length: 24 }, () => 0.3), 0.45] });
  const b = runOf(droppedOut(0.5), { valLosses: [...Array.from({ length: 24 }, () => 0.25), 0.25] });
  expect(pairOf(factsOf(a, b))!.findings.at(-1)).toBe(
    "Up to the end, validation loss rose again by 0.150 after epoch 1 in A, and by 0.000 after epoch 1 in B.",
  );
});

test("different losses are not compared", () => {
  const { measures, findings } = pairOf(factsOf(runOf(withCategorical), runOf(withBinary)))!;
  expect(findings.at(-1)).toMatch(/^The losses cannot be compared/);
  expect(measures.filter(({ comparable }) => !comparable).map(({ unit }) => unit)).toEqual([
    "loss",
    "loss",
    "loss",
  ]);
});
