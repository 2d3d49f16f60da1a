// The fifth lesson, followed to its end: every figure by keyboard, mouse or finger, the numbers that it promises, and the
// exercise built in the playground.
import type { Locator, Page } from "@playwright/test";
import { violationsInBothSchemes } from "./axe";
import { restingBox } from "./finger";
import { expect, Playground, test } from "./journey";
import { openStep } from "./lesson-walk";

const address = "/lessons/loss-to-backpropagation";
const steps = ["loss", "descent", "backpropagation", "tape", "training", "exercise"] as const;

const stepText = (page: Page): Locator => page.getByRole("article");
const slider = (page: Page, name: string): Locator =>
  stepText(page).getByRole("slider", { name, exact: true });
const press = async (target: Locator, key: string, times: number) => {
  for (let i = 0; i < times; i++) await target.press(key);
};
const button = (page: Page, name: string | RegExp): Locator =>
  stepText(page).getByRole("button", { name, exact: true });

/** Waits until the step says of this check that it was done. */
const isDone = (page: Page, check: RegExp) =>
  expect(
    page
      .getByRole("listitem")
      .filter({ hasText: /^Done: / })
      .filter({ hasText: check }),
  ).toBeVisible();

const answer = (page: Page, option: string) => page.getByRole("radio", { name: option, exact: true }).click();

/** Goes on by the step's own link, which is there when nothing is left to do. */
async function goOn(page: Page, title: string): Promise<void> {
  await expect(page.getByRole("region", { name: "To do" }).getByText("done", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: `Next: ${title}`, exact: true }).click();
  await expect(page.getByRole("heading", { name: title, exact: true })).toBeVisible();
}

/** The loss that a handle says. */
const lossOf = async (handle: Locator) =>
  Number((await handle.getAttribute("aria-valuetext"))!.match(/loss ([\d.]+)/)![1]);

async function trains(playground: Playground) {
  await playground.train.click();
  return playground.finished(200_000);
}

test("the lesson is completed by its own steps", async ({ page, playground }) => {
  await playground.open(address);
  await expect(page.getByRole("heading", { name: "How wrong is it?" })).toBeVisible();

  const [left, right] = [slider(page, "Left end of the line"), slider(page, "Right end of the line")];
  const before = await lossOf(left);
  await press(left, "PageDown", 9);
  await press(right, "PageUp", 5);
  await press(right, "ArrowUp", 2);
  await expect.poll(() => lossOf(right)).toBeLessThan(before / 5);
  await isDone(page, /Drag the line/);
  await answer(page, "0.15");
  await expect(page.getByText("Not quite.")).toBeVisible();
  await answer(page, "0.60");
  await goOn(page, "Downhill");

  const [ball, rate] = [slider(page, "Ball on the loss surface"), slider(page, "Learning rate")];
  await button(page, "Step").click();
  await expect(stepText(page).getByText("One step: the loss falls.")).toBeVisible();
  await press(rate, "ArrowRight", 10);
  await button(page, "Run").click();
  await expect(stepText(page).getByText(/^Arrived after \d+ steps/)).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => lossOf(ball)).toBeCloseTo(0.053, 2);
  await isDone(page, /lowest point/);
  await press(ball, "ArrowLeft", 8);
  await rate.press("End");
  await button(page, "Run").click();
  await expect(stepText(page).getByText(/^Diverged/)).toBeVisible();
  await goOn(page, "Backwards through the network");

  const step = button(page, /^W₁′/);
  const said = stepText(page).getByRole("status");
  await expect(said.filter({ hasText: /^One step would take W₁ from 0\.500 to 0\.379\.$/ })).toBeVisible();
  await expect(stepText(page).getByText(/apart by (0|\de−(7|8|9|1\d)),/)).toBeVisible();
  await step.click();
  await expect(
    said.filter({
      hasText: /^W₁ went from 0\.500 to 0\.379, and the loss from 0\.3782 to 0\.3496\.$/,
    }),
  ).toBeVisible();
  await press(slider(page, "W₁"), "End", 1);
  await press(slider(page, "b₁"), "End", 1);
  await isDone(page, /Saturate/);
  await answer(page, "0.1");
  await goOn(page, "Nobody does this by hand");

  await press(button(page, "Read back"), "Enter", 2);
  await expect(
    stepText(page).getByText("largest difference from the tape: 0", { exact: true }),
  ).toBeVisible();
  await goOn(page, "60,000 images");

  await answer(page, "about 4.6");
  const run = await trains(playground);
  expect(run.samples).toEqual({ training: 60000, validation: 0, test: 10000 });
  expect(run.epochs.map(({ steps: count }) => count)).toEqual([938, 938, 938, 938, 938]);
  expect(Math.abs(run.before.loss - Math.log(10))).toBeLessThan(0.35);
  expect(Math.abs(run.epochs[0]!.loss - 0.27)).toBeLessThanOrEqual(0.02);
  expect(Math.abs(run.epochs[4]!.loss - 0.046)).toBeLessThanOrEqual(0.008);
  const shares = stepText(page).getByRole("table", { name: /^Probability of each class/ });
  await expect(shares.getByRole("columnheader", { name: "after 5 epochs" })).toBeVisible();
  const seven = shares.getByRole("row").filter({ hasText: "the label" }).getByRole("cell");
  await expect.poll(async () => Number(await seven.nth(1).textContent())).toBeGreaterThan(0.9);
  expect(Number(await seven.nth(0).textContent())).toBeLessThan(0.4);
  await goOn(page, "Yours: one layer more");

  await new Playground(page).edit();
  await playground.from("Add a layer", "Dense");
  await playground.setNumber("Units of layer 4", 32);
  await expect(playground.network).toContainText("111,146 parameters");
  const own = await trains(playground);
  expect(own.epochs).toHaveLength(5);
  expect(own.testAccuracy).toBeGreaterThan(0.965);
  await expect(page.getByRole("region", { name: "To do" }).getByText("done", { exact: true })).toBeVisible();
  const runs = page.getByRole("region", { name: "Your runs in this lesson" });
  await expect(runs.getByRole("row")).toHaveCount(3);
  await expect(page.getByText(/Training Neural Networks.*thanks/)).toBeVisible();

  await page.reload();
  await expect(page.getByRole("region", { name: "To do" }).getByText("done", { exact: true })).toBeVisible();
});

test("the line and the ball are dragged by mouse, and a tap on the map puts the ball there", async ({
  page,
  playground,
}) => {
  await playground.open(address);
  const drag = async (handle: Locator, right: number, down: number) => {
    const { x, y } = await restingBox(handle);
    await page.mouse.move(x + 20, y + 25);
    await page.mouse.down();
    await page.mouse.move(x + 20 + right, y + 25 + down, { steps: 6 });
    await page.mouse.up();
  };
  const end = slider(page, "Left end of the line");
  const before = await lossOf(end);
  await drag(end, 0, 150);
  await expect.poll(() => lossOf(end)).toBeLessThan(before);

  await page.goto(`${address}#descent`);
  const ball = slider(page, "Ball on the loss surface");
  const { x, y } = await restingBox(ball);
  await drag(ball, 60, 80);
  const left = async () => (await ball.boundingBox())!.x;
  await expect.poll(async () => (await left()) - x).toBeCloseTo(60, -1);
  const moved = (await ball.boundingBox())!;
  const map = page.getByRole("img", { name: /^Map of the loss/ });
  await map.click({ position: { x: 200, y: 200 } });
  await expect.poll(left).not.toBeCloseTo(moved.x, 0);
  expect(Math.abs(moved.y - y)).toBeGreaterThan(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true });

  test("the ball follows a finger while the page stays where it is, and nothing scrolls sideways", async ({
    page,
    playground,
  }) => {
    await playground.open(`${address}#descent`);
    const ball = slider(page, "Ball on the loss surface");
    const { x, y, width } = await restingBox(ball);
    const scrolled = await page.evaluate(() => window.scrollY);
    expect(width).toBeGreaterThanOrEqual(44);
    const finger = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", down: number) =>
      finger.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: x + 22, y: y + 22 + down }],
      });
    await touch("touchStart", 0);
    for (const down of [10, 25, 40]) await touch("touchMove", down);
    await touch("touchEnd", 40);
    await expect.poll(async () => (await ball.boundingBox())!.y - y).toBeGreaterThan(30);
    expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);

    for (const step of steps) {
      await openStep(page, `${address}#${step}`, steps.indexOf(step) + 1);
      await expect(page.getByRole("region", { name: "To do" })).toBeVisible();
      await expect(stepText(page).getByRole("figure")).toHaveCount(step === "exercise" ? 0 : 1);
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), step).toBe(320);
    }
  });
});

test("nothing is wrong with any of its figures in light and dark", async ({ page, playground }) => {
  // From the beginning: a figure asks once whether it may move.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await playground.open(address);
  for (const step of steps) {
    await openStep(page, `${address}#${step}`, steps.indexOf(step) + 1);
    await expect(stepText(page).getByRole("figure")).toHaveCount(step === "exercise" ? 0 : 1);
    // Without motion, Run makes all of its steps at once.
    if (step === "descent") {
      await press(slider(page, "Learning rate"), "End", 1);
      await button(page, "Run").click();
      await expect(stepText(page).getByText(/^Diverged/)).toBeVisible();
    }
    if (step === "backpropagation") await expect(stepText(page).getByText(/^The engine’s own/)).toBeVisible();
    if (step === "tape") await press(button(page, "Read back"), "Enter", 2);
    if (step === "training") await expect(page.getByRole("img", { name: /^Test image/ })).toBeVisible();
    expect(await violationsInBothSchemes(page), step).toEqual([]);
  }
});
