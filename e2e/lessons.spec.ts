// The first two lessons, walked by their own steps; what every lesson's page does around them.
import { fitAndHistory } from "../lib/lessons/fit-and-history";
import { outputTerms } from "../lib/lessons/output-terms";
import { trainingOptimization } from "../lib/lessons/training-optimization";
import { expect, test } from "./journey";
import { type Actions, LessonOnPage, walk } from "./lesson-walk";

const WALK_MS = 900_000;

const trainingActions: Actions = {
  "first-run": (lesson) => lesson.train(),
  async output({ page }) {
    const parts = page.getByRole("tab");
    await expect(parts).toHaveCount(outputTerms.length);
    await expect(parts.nth(1)).toHaveText("1500/1500");
    for (const part of await parts.all()) await part.click();
  },
  async longer(lesson) {
    const { epochs } = await lesson.playground.continueFor(10);
    expect(epochs).toHaveLength(15);
    await lesson.ended();
  },
  async "exercise-network"(lesson) {
    const { playground } = lesson;
    await lesson.edit(async () => {
      await playground.from("Add a layer", "Dense");
      await playground.setNumber("Units of layer 2", 256);
      await playground.setNumber("Units of layer 3", 128);
      await playground.setNumber("Units of layer 4", 64);
      await playground.setNumber("Epochs", 10);
      await playground.setNumber("Batch size", 64);
      await expect(playground.network).toContainText("242,762 parameters");
    });
    await lesson.train();
  },
  async "exercise-stopping"(lesson) {
    const { playground } = lesson;
    await lesson.edit(async () => {
      await playground.setNumber("Epochs", 50);
      await playground.from("Add callback", "Early stopping");
      await lesson.page.getByRole("switch", { name: "Restore the best weights of callback 1" }).click();
    });
    await lesson.train();
    await expect(playground.log).toContainText("Neural network weights updated to the best epoch.");
  },
};

test("the first lesson can be done by following its own steps", async ({ playground }) => {
  test.setTimeout(WALK_MS);
  await walk(new LessonOnPage(playground, trainingOptimization), trainingActions);
});

const fitActions: Actions = {
  async settings({ page }) {
    const slider = page.getByRole("slider", { name: "Batch size" });
    await slider.focus();
    for (let size = 32; size < 64; size++) await page.keyboard.press("ArrowRight");
    await expect(page.getByText("18 steps an epoch")).toBeVisible();
  },
  async "five-epochs"(lesson) {
    await lesson.train();
    const printed = await lesson.playground.printed();
    expect(printed.samples).toEqual({ training: 1149, validation: 288, test: 360 });
    expect(printed.epochs.map(({ steps }) => steps)).toEqual([36, 36, 36, 36, 36]);
    expect(printed.epochs.at(-1)!.valAccuracy).toBeGreaterThanOrEqual(0.84);
    await lesson.page.getByRole("slider", { name: "Step of the last epoch" }).press("End");
    await expect(lesson.text.getByText(/^36\/36 \[={20}\]$/)).toBeVisible();
  },
  async "ten-epochs"(lesson) {
    await lesson.train();
    const ten = await lesson.playground.printed();
    await lesson.load("5 epochs");
    await lesson.train();
    const five = await lesson.playground.printed();
    expect(five.epochs).toEqual(ten.epochs.slice(0, 5));
    for (const name of ["5 epochs", "10 epochs"])
      await expect(lesson.text.getByRole("figure").filter({ hasText: name }).last()).toBeVisible();
  },
  async plateau(lesson) {
    await lesson.train();
    await expect(lesson.text.getByText(/^From epoch \d+ on it is flat: /)).toBeVisible();
  },
  async "another-network"(lesson) {
    await lesson.edit(() => lesson.playground.setNumber("Units of layer 2", 128));
    await lesson.train();
  },
};

test("the second lesson can be done by following its own steps", async ({ playground }) => {
  test.setTimeout(WALK_MS);
  await walk(new LessonOnPage(playground, fitAndHistory), fitActions);
});
