// The lesson's second experiment: all 60,000 images, batches of 64, nothing kept for validation.
import { expect, test } from "./journey";

for (const engine of ["WebAssembly SIMD", "TensorFlow.js WebAssembly"])
  test(`60,000 images in batches of 64 reach the lesson's loss after five epochs on ${engine}`, async ({
    playground,
  }) => {
    await playground.open();
    await playground.setNumber("Validation", 0);
    await playground.setNumber("Batch size", 64);
    await playground.choose("Engine", engine);
    await playground.train.click();
    const run = await playground.finished(200_000);
    expect(run.engine).toContain(engine);
    expect(run.samples).toEqual({ training: 60000, validation: 0, test: 10000 });
    expect(run.epochs.map(({ steps }) => steps)).toEqual([938, 938, 938, 938, 938]);
    expect(run.epochs.every(({ valLoss }) => valLoss === null)).toBe(true);
    expect(run.epochs[4]!.loss).toBeGreaterThan(0.035);
    expect(run.epochs[4]!.loss).toBeLessThan(0.055);
  });
