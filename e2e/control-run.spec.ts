// A run in the person's hands: pause, resume, stop, continue, reset, by mouse and by keyboard.
import { dialogListens, expect, type Playground, test } from "./journey";

/** A run long enough to be interrupted on any machine: each ends by Stop. */
async function startLongRun(playground: Playground): Promise<void> {
  await playground.open();
  await playground.makeSmall({ images: 6000, epochs: 1000 });
  await playground.train.click();
  await expect(playground.log).toContainText("Epoch 2/1000", { timeout: 60_000 });
}

test("a paused run stands still, and goes on from there", async ({ page, playground }) => {
  await startLongRun(playground);
  await playground.button("Pause").click();
  await expect(playground.button("Resume")).toBeVisible();
  const bar = page.getByRole("progressbar").first();
  const where = async () => [await playground.lines(), await bar.getAttribute("aria-valuenow")];
  // What was under way when it was pressed may still be reported.
  await expect(async () => {
    const before = await where();
    await page.waitForTimeout(500);
    expect(await where()).toEqual(before);
  }).toPass();
  const paused = await where();
  await page.waitForTimeout(1000);
  expect(await where()).toEqual(paused);

  await playground.button("Resume").click();
  const epochs = (await playground.printed()).epochs.length;
  await expect.poll(async () => (await playground.printed()).epochs.length).toBeGreaterThan(epochs);
  await playground.button("Stop").click();
  await playground.finished();
});

test("a stopped run is tested, continues with its history, and is forgotten by Reset", async ({
  playground,
}) => {
  await startLongRun(playground);
  await playground.button("Stop").click();
  const stopped = await playground.finished();
  await expect(playground.log).toContainText(/Training stopped at epoch: \d+/);
  expect(stopped.epochs.length).toBeGreaterThanOrEqual(1);
  expect(stopped.epochs.length).toBeLessThan(1000);

  const continued = await playground.continueFor(2);
  expect(continued.epochs.slice(0, stopped.epochs.length)).toEqual(stopped.epochs);
  expect(continued.epochs).toHaveLength(stopped.epochs.length + 2);
  // Weights and optimizer state were kept: it goes on from where it was, not from the start.
  expect(continued.epochs.at(-1)!.loss).toBeLessThan(stopped.epochs[0]!.loss);

  await playground.button("Reset").click();
  await expect(playground.log).not.toContainText("Epoch 1/");
  await expect(playground.train).toBeEnabled();
});

test("T trains, space pauses and resumes, ? lists the keys", async ({ page, playground }) => {
  await playground.open();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText(/space/i);
  await dialogListens(page.getByRole("dialog"));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  await playground.makeSmall({ images: 6000, epochs: 1000 });
  await playground.number("Batch size").blur();
  await page.keyboard.press("t");
  await expect(playground.log).toContainText("Epoch 1/1000", { timeout: 60_000 });
  await page.keyboard.press("Space");
  await expect(playground.button("Resume")).toBeVisible();
  await page.keyboard.press("Space");
  await expect(playground.button("Pause")).toBeVisible();
  await playground.button("Stop").click();
  await playground.finished();
});

test("a learning rate that diverges stops the run, keeps its history and says what to try", async ({
  playground,
}) => {
  await playground.open();
  await playground.makeSmall({ images: 3000, epochs: 30 });
  await playground.choose("Optimizer", "SGD");
  await playground.choose("Loss", "Mean squared error");
  await playground.choose("Activation of layer 4", "linear (none)");
  await playground.setNumber("Learning rate", 10);
  await playground.train.click();
  await expect(playground.log).toContainText(/learning rate/i, { timeout: 60_000 });
  await expect(playground.log).toContainText("Training samples: 3000");
  await expect(playground.train).toBeEnabled();
});
