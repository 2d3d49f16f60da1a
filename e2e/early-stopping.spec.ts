// Callbacks that watch a run: one that ends it early and puts the best weights back, one that keeps them until somebody
// asks for them, one that lowers the learning rate.
import { encodeExperiment } from "../lib/share/code";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { violationsOfAnyRule } from "./axe";
import { expect, type PrintedRun, test } from "./journey";

/** Learns a few images by heart at a high rate: its validation loss rises before long. */
const restless = (callbacks: object[], epochs: number) =>
  encodeExperiment(
    parseExperiment({
      ...firstRun,
      title: "Restless",
      dataset: { id: "mnist", trainLimit: 300 },
      optimizer: { kind: "adam", learningRate: 0.02 },
      training: { epochs },
      callbacks,
    }),
  );

/** The epoch, from 1, with the lowest validation loss that was printed. */
function bestEpoch({ epochs }: PrintedRun): number {
  const losses = epochs.map(({ valLoss }) => valLoss!);
  return losses.indexOf(Math.min(...losses)) + 1;
}

test("early stopping, added in the form, ends the run and puts the best epoch's weights back", async ({
  page,
  playground,
}) => {
  await playground.open(`/x/${restless([], 40)}`);
  await playground.from("Add callback", "Early stopping");
  await playground.setNumber("Patience of callback 1", 2);
  await page.getByRole("switch", { name: "Restore the best weights of callback 1" }).click();

  // It watches what has to be there.
  await playground.setNumber("Validation", 0);
  await expect(playground.train).toBeDisabled();
  await expect(
    page.getByText(/^Early stopping watches the validation loss, but no images are kept/).first(),
  ).toBeVisible();
  await playground.setNumber("Validation", 0.2);
  await expect(page.locator("#status")).toContainText("at most 40 epochs of 8 steps");

  await playground.train.click();
  const run = await playground.finished();
  const best = bestEpoch(run);
  expect(run.epochs.length).toBe(best + 2);
  const lines = await playground.lines();
  const stopped = lines.indexOf(`Training stopped at epoch: ${best + 2}`);
  expect(lines.slice(stopped + 1, stopped + 3)).toEqual([
    "Neural network weights updated to the best epoch.",
    `Best epoch: ${best}`,
  ]);
  await expect(page.locator("#status")).toContainText(`weights of epoch ${best}`);
  await expect(playground.button("Load the best weights")).toBeHidden();

  // Trained on, it has its patience back and its history.
  const longer = await playground.continueFor(1);
  expect(longer.epochs.slice(0, -1)).toEqual(run.epochs);
  expect(longer.epochs).toHaveLength(best + 3);
});

test("a checkpoint's weights are loaded after the run, and kept as those of their epoch", async ({
  page,
  playground,
}) => {
  const callbacks = [{ kind: "modelCheckpoint" }, { kind: "reduceLROnPlateau", factor: 0.5, patience: 1 }];
  await playground.open(`/x/${restless(callbacks, 12)}`);
  await playground.train.click();
  const run = await playground.finished();
  const best = bestEpoch(run);
  expect(run.epochs).toHaveLength(12);
  expect(best).toBeLessThan(12);

  const first = await playground.lines();
  const improved = first.filter((line) => / improved from /.test(line));
  expect(improved[0]).toBe(
    `Epoch 1: val_loss improved from inf to ${run.epochs[0]!.valLoss!.toFixed(4)}, keeping these weights`,
  );
  expect(improved.at(-1)).toMatch(new RegExp(`^Epoch ${best}: `));
  expect(first.filter((line) => /^Epoch \d+: reducing the learning rate to /.test(line))[0]).toMatch(
    / 0\.01$/,
  );
  expect(first.some((line) => line.startsWith("Training stopped"))).toBe(false);
  const rates = page.getByRole("img", { name: /^Learning rate over the run: 0.02 at first/ });
  await expect(rates).toBeVisible();

  const load = page.getByRole("button", { name: `Load the best weights epoch ${best}` });
  await load.click();
  await expect(playground.log).toContainText(`Best epoch: ${best}`);
  const hashes = async () => (await playground.lines()).filter((line) => line.startsWith("Weights hash:"));
  await expect.poll(async () => new Set(await hashes()).size).toBe(2);
  const loaded = (await hashes())[1];
  await expect(page.locator("#status")).toContainText(`weights of epoch ${best}`);
  await expect(load).toBeHidden();
  expect(await violationsOfAnyRule(page)).toEqual([]);

  // The shelf has it as it is now, and it opens with the same words.
  await playground.button("Runs").click();
  await expect(page.getByRole("listitem", { name: /^Restless/ })).toContainText(`weights of epoch ${best}`);
  await playground.button("Open Restless").click();
  // Its log has the hash of what was loaded alone.
  await expect.poll(hashes).toEqual([loaded]);
  await expect(page.locator("#status")).toContainText(`weights of epoch ${best}`);
  const opened = await playground.lines();
  expect(opened.filter((line) => / improved from /.test(line))).toEqual(improved);
  expect(opened.at(-1)).toMatch(/^Test loss: /);
});
