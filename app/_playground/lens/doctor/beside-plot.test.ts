import { expect, test } from "vitest";
import { append, emptySeries } from "@/lib/metrics/series";
import { emptyRun, type Run } from "@/lib/store/reduce";
import { besidePlot, besideValue } from "./beside-plot";

/** Two steps an epoch. */
function run(losses: readonly number[], validation: readonly (number | null)[]): Run {
  const history = validation.map((valLoss, i) => ({
    ...{ epoch: i + 1, loss: 1, accuracy: 0.5, valLoss, valAccuracy: valLoss === null ? null : 0.5 },
    ...{ steps: 2, elapsedMs: 1, msPerStep: 1 },
  }));
  const before = { loss: 2, accuracy: 0.1 };
  return { ...emptyRun, loss: append(emptySeries, losses), history, stepsPerEpoch: 2, before };
}

test("two runs share their axes, over as many epochs as the longer one has", () => {
  const { runs, x, y } = besidePlot(
    run([2, 1.5], [1.4]),
    run([1, 0.8, 0.6, 0.4, 0.3, 0.2], [0.9, 0.5, 0.4]),
    "loss",
  );
  expect(x.domain).toEqual([0, 3]);
  expect(y.domain).toEqual([0, 2]);
  expect(runs[1].train.map((point) => point.x)).toEqual([0.25, 0.75, 1.25, 1.75, 2.25, 2.75]);
  expect(runs[1].validation).toEqual([
    { x: 1, y: 0.9 },
    { x: 2, y: 0.5 },
    { x: 3, y: 0.4 },
  ]);
});

test("a loss that ran away does not press the other one to the foot", () => {
  const { y } = besidePlot(run([2, 1e20], []), run([1, 0.5], [null]), "loss");
  expect(y.domain).toEqual([0, 4]);
});

test("a run is read at an epoch, and has nothing past its end", () => {
  const [before, mended] = besidePlot(run([2, 1.5], [1.4]), run([1, 0.8, 0.6, 0.4], [0.9, 0.5]), "loss").runs;
  expect(besideValue(before.validation, 1)).toBe(1.4);
  expect(besideValue(before.validation, 2)).toBeNull();
  expect(besideValue(mended.validation, 2)).toBe(0.5);
  expect(besideValue(mended.train, 0)).toBe(1);
  expect(besideValue([], 0)).toBeNull();
});
