import { expect, test } from "vitest";
import { lanesOn } from "./lanes";

test.each([
  [undefined, 4, 1],
  [1, 4, 1],
  [2, 4, 1],
  [4, 4, 2],
  [16, 40, 2],
  [8, 1, 1],
  [8, 0, 1],
])("with %s cores and %d trainings left, %d go on side by side", (cores, trainings, lanes) => {
  expect(lanesOn(cores, trainings)).toBe(lanes);
});
