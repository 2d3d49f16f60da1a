// The lesson's second experiment: all 60,000 images, batches of 64, nothing kept for validation.
import { expect, test } from "./journey";

test("60,000 images in batches of 64 reach the lesson's loss after five epochs", async ({ playground }) => {
  await playground.open();
  await playground.setNumber("Validation", 0);
  await playground.setNumber("Batch size", 64);
  await playground.choose("Engine", "TensorFlow.js WebAssembly");
  await playground.train.click();
  const { samples, epochs, engine } = await playground.finished(200_000);
  expect(engine).toContain("TensorFlow.js WebAssembly");
  expect(samples).toEqual({ training: 60000, validation: 0, test: 10000 });
  expect(epochs.map(({ steps }) => steps)).toEqual([938, 938, 938, 938, 938]);
  expect(epochs.every(({ valLoss }) => valLoss === null)).toBe(true);
  expect(epochs[4]!.loss).toBeGreaterThan(0.035);
  expect(epochs[4]!.loss).toBeLessThan(0.055);
});
