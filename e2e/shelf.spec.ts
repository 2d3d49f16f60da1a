// The shelf: runs stay in this browser with their records and weights, and are named, pinned, deleted, brought back,
// opened again without training, and compared.
import type { Locator, Page } from "@playwright/test";
import { violationsInBothSchemes } from "./axe";
import { expect, listens, test } from "./journey";
import { keep, keepTwo, openShelf, run, shelf } from "./shelf";

const names = (page: Page) =>
  shelf(page)
    .getByRole("listitem")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")));

/** The table's rows below a heading, each as its cells' texts. */
async function tableRows(table: Locator, heading: string): Promise<string[][]> {
  const group = table
    .locator("tbody")
    .filter({ has: table.page().getByRole("rowheader", { name: heading }) });
  const body = (await group.count()) > 0 ? group : table.locator("tbody").filter({ hasText: heading });
  return body
    .locator("tr")
    .evaluateAll((rows) =>
      rows.slice(1).map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? "")),
    );
}

/** What the network says to the eight test images on the page. */
const predictions = (page: Page) =>
  page
    .getByRole("img", { name: /^Test image/ })
    .locator("xpath=ancestor::li")
    .allInnerTexts()
    .then((texts) => texts.toSorted());

/**
 * Makes the page draw from eight places only, so that it shows the same test images on every visit. No two draws are
 * quite the same: messages to the worker are told apart by such numbers.
 */
const drawTheSame = (page: Page) =>
  page.addInitScript(() => {
    let draws = 0;
    Math.random = () => ((draws++ % 8) + 0.5) / 8 + draws * 1e-10;
  });

test("two runs are there after a reload, are renamed, pinned, deleted and brought back", async ({
  page,
  playground,
}) => {
  await playground.open();
  const [first, second] = await keepTwo(playground);
  await playground.reload();
  await openShelf(playground);
  await expect.poll(() => names(page)).toEqual(["First run 2", "First run"]);
  await expect(run(page, "First run")).toContainText(first.testAccuracy.toFixed(4));
  await expect(run(page, "First run")).toContainText("784-128-64-10 · Adam .001");
  await expect(run(page, "First run")).toContainText("109,386 parameters · 2 epochs in ");
  await expect(run(page, "First run 2")).toContainText(second.testAccuracy.toFixed(4));
  await expect(run(page, "First run 2")).toContainText("784-16-64-10 · Adam .01");

  await playground.button("First run, rename").click();
  await page.getByRole("textbox", { name: "Name of First run", exact: true }).fill("Forgotten");
  await page.keyboard.press("Escape");
  await expect(playground.button("First run, rename")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Name of First run", exact: true })).toBeFocused();
  await page.keyboard.type("Wide");
  await page.keyboard.press("Enter");
  await expect(playground.button("Wide, rename")).toBeFocused();
  await playground.button("Pin Wide").click();
  await expect.poll(() => names(page)).toEqual(["Wide", "First run 2"]);
  await expect(playground.button("Pin Wide")).toHaveAttribute("aria-pressed", "true");

  await playground.button("Delete First run 2").click();
  await expect(shelf(page).getByText("Deleted First run 2")).toHaveRole("status");
  const undo = playground.button("Undo deleting First run 2");
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(run(page, "First run 2")).toContainText(second.testAccuracy.toFixed(4));
  await playground.button("Delete First run 2").click();
  await expect(undo).toBeVisible();

  await playground.reload();
  await openShelf(playground);
  await expect.poll(() => names(page)).toEqual(["Wide"]);
  await expect(playground.button("Pin Wide")).toHaveAttribute("aria-pressed", "true");
});

test("a kept run opens with its curves, log and predictions, without training", async ({
  page,
  playground,
}) => {
  await drawTheSame(page);
  await playground.open();
  await playground.makeSmall({ images: 2000, epochs: 2 });
  const first = await keep(playground, "First run");
  await expect(page.getByRole("img", { name: /^Test image/ })).toHaveCount(8);
  const said = await predictions(page);
  await playground.setNumber("Units of layer 2", 16);
  await playground.setNumber("Learning rate", 0.01);
  await keep(playground, "First run 2");
  await expect.poll(() => predictions(page)).not.toEqual(said);

  // From the other run, of as many epochs: nothing of it may stay.
  await openShelf(playground);
  await playground.button("Open First run").click();
  await expect(shelf(page)).toBeHidden();
  await expect.poll(() => playground.lines()).toEqual(first.lines);
  await expect.poll(() => predictions(page)).toEqual(said);

  await playground.reload();
  await openShelf(playground);
  await playground.button("Open First run").click();
  await expect(shelf(page)).toBeHidden();
  await expect.poll(() => playground.lines()).toEqual(first.lines);
  await expect(
    page.getByText(`Test accuracy ${first.testAccuracy.toFixed(4)}`, { exact: true }),
  ).toBeVisible();
  await playground.button("Test it here").click();
  await expect(page.getByText(/^measured here/)).toContainText(
    `${first.testAccuracy.toFixed(4)} on 10,000 test images`,
    { timeout: 60_000 },
  );
  await expect.poll(() => predictions(page)).toEqual(said);
  await expect(page.getByRole("slider", { name: "Epoch to read the loss at" })).toHaveAttribute(
    "aria-valuetext",
    /^epoch 2\.00, train \d/,
  );
  await expect(playground.number("Units of layer 2")).toHaveValue("128");
  await expect(playground.number("Images")).toHaveValue(/2,?000/);
  await expect(playground.button("Continue training")).toBeHidden();

  // It is on the shelf as it was: looking at it makes no other run of it.
  await openShelf(playground);
  await expect.poll(() => names(page)).toEqual(["First run 2", "First run"]);
});

test("a run that goes on takes its own place on the shelf", async ({ page, playground }) => {
  await playground.open();
  await playground.makeSmall({ images: 1000, epochs: 1 });
  await keep(playground, "First run");
  await playground.continueFor(2);
  const tests = (await playground.lines()).filter((line) => line.startsWith("Test accuracy: "));
  expect(tests).toHaveLength(2);
  await openShelf(playground);
  await expect(run(page, "First run")).toContainText("3 epochs in ");
  await expect(run(page, "First run")).toContainText(tests[1]!.split(" ")[2]!);
  expect(await names(page)).toEqual(["First run"]);
});

test("compared runs share their axes, and the table names exactly what differs", async ({
  page,
  playground,
}) => {
  await playground.open();
  const [first, second] = await keepTwo(playground);
  await openShelf(playground);
  await expect(playground.button("Compare")).toBeDisabled();
  for (const name of ["First run", "First run 2"])
    await page.getByRole("checkbox", { name: `Compare ${name}`, exact: true }).click();
  await playground.button("Compare").click();
  await expect(page.getByRole("heading", { name: "2 runs compared" })).toBeFocused();

  const table = page.getByRole("table", { name: "What the runs differ in, and their results" });
  await expect(table.getByRole("columnheader")).toHaveText(["What", "AFirst run", "BFirst run 2"]);
  expect(await tableRows(table, "Differences")).toEqual([
    ["Layer 2 · Units", "128", "16"],
    ["Learning rate", "0.001", "0.01"],
  ]);
  const results = (await tableRows(table, "Results")).map((row) =>
    row.map((text) => text.replace(", the best", "")),
  );
  expect(results.map(([label]) => label)).toEqual([
    "Test accuracy",
    "Test loss",
    "Parameters",
    "Multiply-adds an image",
    "Epochs trained",
    "Time",
    "Engine",
  ]);
  const accuracies = results[0]!.slice(1).map((text) => Number(text));
  expect(accuracies).toEqual([first.testAccuracy, second.testAccuracy]);
  expect(results[2]).toEqual(["Parameters", "109,386", "14,298"]);

  for (const [metric, title] of [
    ["loss", "Loss"],
    ["accuracy", "Accuracy"],
  ]) {
    const colours = () =>
      shelf(page)
        .locator("figure", { hasText: title })
        .locator("svg path[stroke^='var(--run-']")
        .evaluateAll((lines) => new Set(lines.map((line) => line.getAttribute("stroke"))).size);
    await expect.poll(colours).toBe(2);
    const reader = page.getByRole("slider", { name: `Epoch to compare the ${metric} at` });
    const chart = shelf(page).getByRole("figure").filter({ has: reader });
    await expect(reader).toHaveAttribute(
      "aria-valuetext",
      /^at each run's end, A training [\d.]+, validation [\d.]+, B training [\d.]+, validation [\d.]+$/,
    );
    await reader.hover({ position: { x: 180, y: 80 } });
    await expect(chart).toContainText(/epoch [01]\.\d\d/);
    await shelf(page)
      .getByRole("button", { name: `Show as table of ${metric}` })
      .click();
    const epochs = page.getByRole("table", { name: `${title} by epoch` });
    await expect(epochs.getByRole("row")).toHaveCount(3);
    await expect(epochs.getByRole("cell").first()).toHaveText(/^\d\.\d{4}$/);
  }
  await playground.button("All runs").click();
  await expect(run(page, "First run 2")).toBeVisible();
});

test("where the browser refuses storage, the page trains and the shelf says so", async ({
  page,
  playground,
}) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
  });
  await playground.open();
  await playground.makeSmall();
  await playground.train.click();
  expect((await playground.finished()).testAccuracy).toBeGreaterThan(0.3);
  await openShelf(playground);
  await expect(shelf(page).getByText(/^Warning: No runs are kept in this browser/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(playground.train).toBeEnabled();
});

test("a second tab sees what the first one keeps", async ({ playground, context }) => {
  await playground.open();
  const other = await context.newPage();
  await other.goto("/");
  await listens(other);
  await other.getByRole("button", { name: "Runs", exact: true }).click();
  await expect(shelf(other)).toBeVisible();
  await playground.makeSmall();
  await keep(playground, "First run");
  await expect(run(other, "First run")).toBeVisible();
  await other.close();
});

test("nothing is wrong on the shelf in light and dark: empty, with runs, compared", async ({
  page,
  playground,
}) => {
  await playground.open();
  await openShelf(playground);
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await keepTwo(playground);
  await openShelf(playground);
  const choices = page.getByRole("checkbox");
  await choices.nth(0).click();
  await choices.nth(1).click();
  await playground.button("First run, rename").click();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await playground.button("Compare").click();
  await expect(shelf(page).locator("svg path[stroke^='var(--run-']").first()).toBeVisible();
  await shelf(page).getByRole("button", { name: "Show as table of loss" }).click();
  expect(await violationsInBothSchemes(page)).toEqual([]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the shelf fits, and everything on it is large enough for a finger", async ({ page, playground }) => {
    const overflow = () =>
      shelf(page).evaluate((sheet) => [
        sheet.scrollWidth - sheet.clientWidth,
        document.documentElement.scrollWidth - document.documentElement.clientWidth,
      ]);
    const small = () =>
      shelf(page)
        .locator("button, a[href], input, [role=combobox]")
        .evaluateAll((controls) =>
          controls.flatMap((control) => {
            const { width, height } = control.getBoundingClientRect();
            const name = control.getAttribute("aria-label") ?? control.textContent;
            return width >= 44 && height >= 44 ? [] : [`${name}: ${width}×${height}`];
          }),
        );
    await playground.open();
    await playground.edit("tap");
    await keepTwo(playground);
    await openShelf(playground);
    await expect.poll(overflow).toEqual([0, 0]);
    await expect.poll(small).toEqual([]);
    await playground.button("First run, rename").tap();
    await expect.poll(small).toEqual([]);
    await page.keyboard.press("Escape");
    await playground.button("Delete First run").tap();
    await expect(playground.button("Undo deleting First run")).toBeVisible();
    await expect.poll(small).toEqual([]);
    await playground.button("Undo deleting First run").tap();
    await expect(page.getByRole("checkbox")).toHaveCount(2);
    for (const choice of await page.getByRole("checkbox").all()) await choice.tap();
    await playground.button("Compare").tap();
    await expect(page.getByRole("slider", { name: /^Epoch to compare/ })).toHaveCount(2);
    await expect.poll(overflow).toEqual([0, 0]);
    await expect.poll(small).toEqual([]);
    // What does not fit scrolls in its own place, with the words that are only heard.
    await page.setViewportSize({ width: 320, height: 640 });
    await playground.button("Show as table of loss").tap();
    await expect(page.getByRole("columnheader", { name: "First run 2 validation" })).toBeVisible();
    await expect.poll(overflow).toEqual([0, 0]);
  });
});
