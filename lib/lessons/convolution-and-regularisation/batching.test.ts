import { expect, test } from "vitest";
import { parseExperiment } from "../../spec/experiment";
import { countSamples, stepsPerEpoch } from "../../spec/samples";
import { splitIntoBatches } from "./batching";
import { main } from "./experiments";

test("the ceiling counts the short batch, the floor leaves it out", () => {
  expect(splitIntoBatches(1149, 32)).toEqual({ floor: 35, ceiling: 36, left: 29 });
  expect(splitIntoBatches(8000, 16)).toEqual({ floor: 500, ceiling: 500, left: 0 });
  expect(splitIntoBatches(5, 32)).toEqual({ floor: 0, ceiling: 1, left: 5 });
});

test("the ceiling is what the trainer makes of it", () => {
  const spec = parseExperiment(main);
  for (const batchSize of [16, 48, 100]) {
    const other = { ...spec, training: { ...spec.training, batchSize } };
    expect(splitIntoBatches(countSamples(other).train, batchSize).ceiling).toBe(stepsPerEpoch(other));
  }
});
