// The third lesson, walked by its own steps: one unit beside many, losses by keyboard, one step in numbers, and three
// trainings that go wrong and are mended.
import { binaryClassification } from "../lib/lessons/binary-classification";
import { expect, test } from "./journey";
import { type Actions, LessonOnPage, walk } from "./lesson-walk";

const issues = ["not learning", "overfitting", "underfitting"];

const actions: Actions = {
  async model(lesson) {
    await lesson.train();
    const { samples, testAccuracy } = await lesson.playground.printed();
    expect([samples.training, samples.validation, samples.test]).toEqual([12_665, 0, 2115]);
    expect(testAccuracy).toBeGreaterThanOrEqual(0.998);
  },
  async "logistic-regression"(lesson) {
    await expect(lesson.page.getByText("785 parameters").first()).toBeVisible();
    await lesson.train();
    await lesson.load("25-15-1");
    await lesson.train();
  },
  async "loss-and-cost"({ text }) {
    const prediction = text.getByRole("slider", { name: "Prediction f", exact: true });
    for (let i = 0; i < 40; i++) await prediction.press("Home");
    await text.getByRole("button", { name: "Take the network's answers" }).click();
  },
  async "gradient-step"({ text }) {
    await text.getByRole("button", { name: "Make a step" }).click();
    await expect(
      text.getByText(/formula and engine are at most .* apart: the same to 0\.00001\./),
    ).toBeVisible();
    for (let step = 2; step <= 5; step++) {
      await text.getByRole("button", { name: "Another step" }).click();
      await expect(text.getByText(`Step ${step}: `)).toBeVisible();
    }
    await text.getByRole("slider", { name: "Which of them" }).press("ArrowRight");
  },
  async "which-loss"({ text }) {
    const cells = text.getByRole("table", { name: "Which loss fits which task" }).getByRole("button");
    await expect(cells.first()).toBeVisible();
    for (const cell of await cells.all()) await cell.click();
  },
  async issues(lesson) {
    for (const issue of issues) {
      await lesson.text.getByRole("button", { name: `Bring it about: ${issue}` }).click();
      const mend = lesson.text.getByRole("button", { name: `Mend it: ${issue}` });
      await expect(mend).toBeEnabled({ timeout: 60_000 });
      await mend.click();
      await lesson.ended();
      const card = lesson.text.getByRole("region", { name: new RegExp(`^${issue}$`, "i") });
      await expect(card.getByText("Sound")).toBeVisible({ timeout: 60_000 });
    }
  },
};

test("the third lesson can be done by following its own steps", async ({ playground }) => {
  test.setTimeout(300_000);
  await walk(new LessonOnPage(playground, binaryClassification), actions);
});
