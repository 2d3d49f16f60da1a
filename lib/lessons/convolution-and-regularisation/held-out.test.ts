import { expect, test } from "vitest";
import { final } from "./experiments";
import { heldOutOf } from "./held-out";
import { marks } from "./marks";
import { factsOf, runOf } from "./testing";

const valLosses = [0.5, 0.4, 0.3, 0.2, 0.1, 0.2, 0.3, 0.3, 0.3, 0.3];
const doneOf = (facts: Parameters<typeof heldOutOf>[0]) => heldOutOf(facts).stages.map(({ done }) => done);

test("the way to the test is walked stage by stage", () => {
  expect(doneOf(factsOf())).toEqual([false, false, false]);
  expect(doneOf(factsOf(runOf(final, { valLosses })))).toEqual([true, false, false]);
  expect(heldOutOf(factsOf(runOf(final, { valLosses }))).stages[1]!.detail).toBe(
    "epoch 5 had the lowest validation loss",
  );
  expect(doneOf(factsOf(runOf(final, { valLosses, restoredEpoch: 5 })))).toEqual([true, true, false]);
});

test("the verdict holds the test beside what the restored epoch had promised", () => {
  const run = runOf(final, {
    valLosses,
    restoredEpoch: 5,
    valAccuracy: 0.975,
    test: { loss: 0.07, accuracy: 0.97 },
  });
  const { stages, verdict, warning } = heldOutOf(factsOf(run));
  expect(stages.every(({ done }) => done)).toBe(true);
  expect(warning).toBeNull();
  expect(verdict).toMatchObject({ promised: 0.975, epoch: 5, validation: 2000, kept: 0.97, images: 10_000 });
  expect(verdict!.error).toBeCloseTo(0.0017, 4);
});

test("a test that was opened with other weights is no verdict, and is said to be none", () => {
  const run = runOf(final, { valLosses, test: { loss: 0.07, accuracy: 0.97 } });
  const { verdict, warning } = heldOutOf(factsOf(run));
  expect(verdict).toBeNull();
  expect(warning).toContain("other weights than the best");
});

test("a test that was opened too early is remembered, whatever is loaded afterwards", () => {
  const run = runOf(final, { valLosses, restoredEpoch: 5, test: { loss: 0.07, accuracy: 0.97 } });
  const facts = { ...factsOf(run), marks: { [marks.openedEarly]: true } };
  expect(heldOutOf(facts).warning).toContain("other weights than the best");
});

test("where the best epoch was the last, nothing has to be loaded", () => {
  const falling = valLosses.map((_, i) => 0.5 - 0.01 * i);
  const { stages } = heldOutOf(factsOf(runOf(final, { valLosses: falling })));
  expect(stages.map(({ done }) => done)).toEqual([true, true, false]);
  expect(stages[1]!.detail).toContain("nothing has to be loaded");
});

test("a second test is counted", () => {
  const run = runOf(final, { valLosses, restoredEpoch: 5, test: { loss: 0.07, accuracy: 0.97 } });
  expect(heldOutOf(factsOf(run, run)).warning).toContain("2 trainings");
});

test("without a checkpoint the way begins with one", () => {
  const run = runOf(final, { valLosses, state: "training", spec: { callbacks: [] } });
  expect(heldOutOf(factsOf(run)).stages[0]!.detail).toContain("no checkpoint");
});
