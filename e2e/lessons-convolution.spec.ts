// The fourth lesson, followed to its end in a real browser: every check passes by what its step asks for, the comparisons
// are those of the runs that were made, and the test images stay locked until they are opened, once.
import type { Locator, Page } from "@playwright/test";
import { convolutionAndRegularisation as fourth } from "../lib/lessons/convolution-and-regularisation";
import { violationsInBothSchemes } from "./axe";
import { expect, Playground, type PrintedRun, test } from "./journey";
import { type Actions, LessonOnPage, openStep, walk } from "./lesson-walk";
import { smallTargets } from "./small-screens";

const address = `/lessons/${fourth.slug}`;
const steps = fourth.steps.map(({ id }) => id);

const pair = ({ text }: LessonOnPage): Locator =>
  text.getByRole("region", { name: "Your two runs compared" });

/** Trains to the end, with the test images locked. */
async function trains(lesson: LessonOnPage): Promise<PrintedRun> {
  const { log } = lesson.playground;
  await lesson.train();
  await expect(log).toContainText("Test images are locked");
  await expect(log).not.toContainText("Test accuracy");
  return lesson.playground.printed();
}

/** The epoch, from 1, with the lowest validation loss. */
function bestOf({ epochs }: PrintedRun): number {
  const losses = epochs.map(({ valLoss }) => valLoss!);
  return losses.indexOf(Math.min(...losses)) + 1;
}

const actions: Actions = {
  async compile(lesson) {
    await trains(lesson);
    await expect(pair(lesson)).toContainText("One run is here.");
    await lesson.load("Binary cross-entropy");
    const { before } = await trains(lesson);
    // A sigmoid that knows nothing says one half, ten times.
    expect(Math.abs(before.loss - Math.log(2))).toBeLessThan(0.1);
    await expect(pair(lesson)).toContainText("The losses cannot be compared");
  },
  async batches({ text }) {
    const row = (name: RegExp) => text.getByRole("row", { name });
    const size = text.getByRole("spinbutton", { name: "Batch size" });
    await size.fill("48");
    await size.press("Enter");
    await expect(row(/^Rounded down/)).toContainText(/166.*32 images not used/);
    await expect(row(/^Rounded up/)).toContainText(/167.*the last batch has 32 images/);
    await size.fill("50");
    await size.press("Enter");
    await expect(row(/^Rounded up/)).toContainText(/160.*every batch is full/);
  },
  async train(lesson) {
    const { samples, epochs } = await trains(lesson);
    expect(samples).toEqual({ training: 8000, validation: 2000, test: 10000 });
    expect(epochs.map((epoch) => epoch.steps)).toEqual(Array(10).fill(500));
    const { log } = lesson.playground;
    await expect(log).toContainText(/Epoch 1: val_loss improved from inf to [\d.]+, keeping these weights/);
    await expect(log).toContainText(/Training completed in [\d.]+ seconds!/);
  },
  async curves(lesson) {
    const best = bestOf(await trains(lesson));
    const { text } = lesson;
    const name = text.getByRole("button", { name: "This is the best epoch" });
    await name.click();
    await expect(text.getByText(/Not epoch 25/)).toBeVisible();
    const epoch = text.getByRole("slider", { name: "Epoch", exact: true });
    await epoch.press("Home");
    for (let at = 1; at < best; at++) await epoch.press("ArrowRight");
    await name.click();
    await expect(text.getByText(`✓ Epoch ${best}.`)).toBeVisible();
  },
  async dropout(lesson) {
    await trains(lesson);
    await lesson.load("Rate 0.5");
    await trains(lesson);
    await expect(pair(lesson).getByRole("row", { name: /Rate/ })).toContainText(/0\.25.*0\.5/);
    await expect(pair(lesson)).toContainText("validation loss rose again");
  },
  async "batch-normalization"(lesson) {
    await trains(lesson);
    await lesson.load("B: with");
    await trains(lesson);
    await expect(pair(lesson).getByRole("row", { name: /^Layers besides/ })).toContainText(
      "2 × Batch normalization",
    );
    await expect(pair(lesson).getByRole("row", { name: /^Time of an epoch/ })).toContainText(
      /\d (ms|s).*\d (ms|s)/,
    );
    await expect(pair(lesson).getByRole("listitem").first()).toContainText("An epoch");
  },
  async augmentation(lesson) {
    const { text } = lesson;
    await expect(
      text.getByRole("img", { name: /^16 training images, as the engine sees them/ }),
    ).toBeVisible();
    await text.getByRole("button", { name: "Next batch" }).click();
    await expect(text.getByText("step 2 of 63 in epoch 1")).toBeVisible();
    const noise = text.getByRole("switch", { name: "Noise" });
    await noise.click();
    await expect(text.getByRole("slider", { name: "Spread of noise" })).toBeVisible();
    await noise.click();
    await trains(lesson);
  },
  async patterns(lesson) {
    await lesson.text.getByRole("radio", { name: "DenseNet-style" }).click();
    await expect(lesson.text.getByRole("list", { name: "Layers of DenseNet-style" })).toContainText(
      "Dense block",
    );
    await lesson.load("DenseNet-style");
    await trains(lesson);
  },
  async "by-hand"(lesson) {
    await trains(lesson);
    await lesson.edit(() => lesson.playground.setNumber("Learning rate", 0.003));
    await trains(lesson);
    await expect(pair(lesson).getByRole("row", { name: /Learning rate/ })).toContainText(/0\.001.*0\.003/);
  },
  async test(lesson) {
    const { playground, text } = lesson;
    const run = await trains(lesson);
    const best = bestOf(run);
    if (best < run.epochs.length) {
      await lesson.page.getByRole("button", { name: /^Load the best weights/ }).click();
      await expect(playground.log).toContainText(`Best epoch: ${best}`);
      await lesson.ended();
    }
    await expect(text.getByRole("region", { name: "On the way to the test" })).toContainText(
      `those of epoch ${best}`,
    );
    await expect(playground.log).not.toContainText("Test accuracy");
    await playground.button("Open the test images").click();
    const { testAccuracy } = await playground.finished();
    expect(testAccuracy).toBeGreaterThan(0.965);
    const verdict = text.getByRole("table", { name: "Accuracy on validation and test images" });
    await expect(verdict).toContainText(`${(100 * testAccuracy).toFixed(2)} %`);
  },
};

test("the fourth lesson can be done by following its own steps", async ({ page, playground }) => {
  test.setTimeout(600_000);
  const lesson = new LessonOnPage(playground, fourth);
  await walk(lesson, actions);
  await expect(page.getByText(/Carpentries Incubator.*thanks/)).toBeVisible();
  await page.reload();
  await expect(lesson.checks.getByText("done", { exact: true })).toBeVisible();
});

/** What each step shows by itself, to wait for before it is looked at. */
const tableOf: Readonly<Record<string, string>> = {
  batches: "Steps of an epoch, rounded down and up",
  patterns: "What each pattern costs",
};

async function showStep(page: Page, step: string): Promise<void> {
  await openStep(page, `${address}#${step}`, steps.indexOf(step) + 1);
  await expect(page.getByRole("region", { name: "To do" })).toBeVisible();
  const table = tableOf[step];
  if (table !== undefined) await expect(page.getByRole("table", { name: table })).toBeVisible();
  if (step === "augmentation")
    await expect(page.getByRole("img", { name: /^16 training images/ })).toHaveCount(2);
  if (step === "grid" || step === "search")
    await expect(page.getByRole("button", { name: /^Run the/ })).toBeVisible();
  if (step === "test")
    await expect(page.getByRole("region", { name: "On the way to the test" })).toBeVisible();
}

test("nothing is wrong with any of its steps in light and dark", async ({ page, playground }) => {
  await playground.open(address);
  for (const step of steps) {
    await showStep(page, step);
    expect(await violationsInBothSchemes(page), step).toEqual([]);
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true });

  test("nothing scrolls sideways, targets are 44 px, and the batch is changed by finger", async ({
    page,
    playground,
  }) => {
    await playground.open(address);
    for (const step of steps) {
      await showStep(page, step);
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), step).toBe(320);
      await expect.poll(() => smallTargets(page), step).toEqual([]);
    }
    await showStep(page, "augmentation");
    await page.getByRole("button", { name: "Next batch" }).tap();
    await expect(page.getByRole("article").getByText("step 2 of 63 in epoch 1")).toBeVisible();
    const shift = page.getByRole("slider", { name: "Pixels of shift" });
    await shift.press("End");
    await expect(shift).toHaveAttribute("aria-valuenow", "14");
    // The experiment in the playground is the one that the figure shows.
    await new Playground(page).edit("tap");
    await expect(page.getByRole("spinbutton", { name: /^Pixels of augmentation/ })).toHaveAttribute(
      "aria-valuenow",
      "14",
    );
  });
});
