// For everyone: no violation that axe can see, in light and dark, before, while and after it trains; and the whole
// journey by keyboard alone.
import * as presets from "../lib/spec/presets/registry";
import { violationsInBothSchemes } from "./axe";
import { expect, test } from "./journey";

test("nothing is wrong in light and dark: before, while and after it trains", async ({
  page,
  playground,
}) => {
  await playground.open();
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await playground.setNumber("Units of layer 4", 7);
  await playground.setNumber("Batch size", 0);
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await playground.button("Undo").click();
  await playground.number("Batch size").press("Escape");

  await playground.makeSmall({ images: 6000, epochs: 1000 });
  await playground.train.click();
  await expect(playground.log).toContainText("Epoch 3/1000", { timeout: 60_000 });
  await playground.button("Pause").click();
  await expect(playground.button("Resume")).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await playground.button("Stop").click();
  await playground.finished();
  await expect(page.getByRole("img", { name: /^Test image/ })).toHaveCount(8);
  expect(await violationsInBothSchemes(page)).toEqual([]);
});

test("nothing is wrong in light and dark with blocks, augmentation and a schedule unfolded", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.startFrom("Residual network");
  await playground.unfold("layer 3");
  await playground.unfold("layer 1 of block 3");
  await playground.from("Add augmentation", "Rotate");
  await playground.from("Add callback", "Learning-rate schedule");
  await expect(page.getByRole("img", { name: /^Learning rate over the run/ })).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await page.getByRole("button", { name: /, start from another$/ }).click();
  await expect(page.getByRole("menuitem")).toHaveCount(Object.keys(presets).length);
  // A menu lies above the page, in none of its regions.
  expect(await violationsInBothSchemes(page, ["region"])).toEqual([]);
});

test("the colours follow the person's choice, and keep to it", async ({ page, playground }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await playground.open();
  const html = page.locator("html");
  await expect(html).toHaveCSS("background-color", "rgb(251, 250, 247)");
  await playground.button("Colours").click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(html).toHaveCSS("background-color", "rgb(19, 19, 17)");
  await page.reload();
  await expect(playground.train).toBeEnabled();
  await expect(html).toHaveCSS("background-color", "rgb(19, 19, 17)");
});

test("the whole journey goes by keyboard, with a focus that can be seen", async ({ page, playground }) => {
  await playground.open();
  const reach = async (name: string) => {
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent;
      });
      if (label === name) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  await reach("Images");
  await page.keyboard.type("1000");
  await page.keyboard.press("Enter");
  await reach("Add a layer");
  await page.keyboard.press("Enter");
  const dropout = page.getByRole("menuitem", { name: "Dropout" });
  await expect(page.getByRole("menuitem").first()).toBeFocused();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  for (let presses = 0; presses < (await page.getByRole("menuitem").count()); presses++) {
    if (await dropout.evaluate((item) => item === document.activeElement)) break;
    // A menu moves the focus a moment after the key.
    const before = await focused();
    await page.keyboard.press("ArrowDown");
    await expect.poll(focused).not.toBe(before);
  }
  await expect(dropout).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(playground.number("Rate of layer 4")).toBeVisible();
  await reach("Epochs");
  await page.keyboard.press("ArrowDown");
  await expect(playground.number("Epochs")).toHaveValue("4");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("1");
  await page.keyboard.press("Enter");
  await reach("Train");
  const outline = await playground.train.evaluate((button) => getComputedStyle(button).outlineWidth);
  expect(Number.parseFloat(outline)).toBeGreaterThanOrEqual(2);
  await page.keyboard.press("Enter");
  const run = await playground.finished();
  expect(run.samples.training).toBe(800);
  expect(run.epochs).toHaveLength(1);
});

test("a screen reader hears an epoch's line when it ends, and how the run ended", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.makeSmall({ images: 1000, epochs: 1 });
  await playground.train.click();
  await playground.finished();
  await expect(page.locator("[aria-live=polite]").filter({ hasText: /accuracy/i })).toHaveCount(1);
});
