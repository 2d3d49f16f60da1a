// Comparisons: many trainings of one experiment with something varied, seen as they come, stopped, kept over a reload, and
// each of them an experiment that opens.
import type { Page } from "@playwright/test";
import { violationsInBothSchemes } from "./axe";
import { exported, pngWidth } from "./exported";
import { dialogListens, expect, listens, type Playground, test } from "./journey";

const sheet = (page: Page) => page.getByRole("dialog", { name: "Compare settings" });
const table = (page: Page) => sheet(page).getByRole("table", { name: /every training$/ });
const row = (page: Page, name: string) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${name}(?![\\w.,])`) }) });
/** "0.9747", or what stands in its place. */
const scoreOf = (page: Page, name: string) => row(page, name).getByRole("cell").first();
const SCORE = /^(✕ )?[01]\.\d{4}/;

async function openSheet(playground: Playground): Promise<void> {
  await playground.button("Compare settings").click();
  await dialogListens(sheet(playground.page));
}

const choose = (page: Page, kind: string) =>
  sheet(page).getByRole("radio", { name: kind, exact: true }).click();

const setValues = (page: Page, field: string, values: string) =>
  sheet(page)
    .getByRole("textbox", { name: `Values of ${field}` })
    .fill(values);

test("a cell that cannot be trained scores 0 with its reason, and the others finish", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.setNumber("Images", 3000);
  await playground.setNumber("Epochs", 2);
  await openSheet(playground);
  await choose(page, "Learning rates");
  await setValues(page, "Learning rate", "0.1, 0.01, 1e6, 0.001");
  await expect(sheet(page).getByText(/^1000000 cannot be trained with/)).toBeVisible();
  await expect(sheet(page).getByText(/^4 trainings of 2 epochs/)).toBeVisible();
  await sheet(page).getByRole("button", { name: "Run the comparison" }).click();
  await expect(playground.button("Start again")).toBeVisible({ timeout: 60_000 });

  await expect(scoreOf(page, "1,000,000")).toHaveText("✕ 0.0000");
  await expect(row(page, "1,000,000")).toContainText(
    "optimizer.learningRate is 1000000; it must be a number from 1e-7 to 10.",
  );
  await expect(row(page, "1,000,000").getByRole("button")).toHaveCount(0);
  const scores: number[] = [];
  for (const name of ["0.1", "0.01", "0.001"])
    scores.push(Number.parseFloat((await scoreOf(page, name).textContent()) ?? ""));
  for (const score of scores) expect(score).toBeGreaterThan(0.05);
  const best = ["0.1", "0.01", "0.001"][scores.indexOf(Math.max(...scores))];
  await expect(
    sheet(page).getByText(`Best: learning rate = ${best}, ${Math.max(...scores).toFixed(4)}.`, {
      exact: true,
    }),
  ).toBeVisible();

  // The chart is a line by decades, with a point for each that was trained.
  const chart = sheet(page).getByRole("figure");
  await expect(chart).toContainText("learning rate, by decades");
  await expect(chart.locator("svg circle")).toHaveCount(3);
  await expect(chart.locator("svg text", { hasText: /^best 0\.\d{4}$/ })).toHaveCount(1);

  await row(page, best!)
    .getByRole("button", { name: `Open ${best}` })
    .click();
  await expect(sheet(page)).toBeHidden();
  await expect(playground.number("Learning rate")).toHaveValue(best!);
  await expect(playground.number("Images")).toHaveValue(/3,?000/);
  await expect(page.getByRole("button", { name: /, start from another$/ })).toContainText(
    `First run: ${best}`,
  );
});

/** What the browser remembers of the sheet's comparison. */
const remembered = (page: Page): Promise<{ id: string; score: number; elapsedMs: number }[]> =>
  page.evaluate(() => JSON.parse(localStorage.getItem("descent.sweep.mine")!).results);

test("a comparison survives a reload, waits to be told, and trains nothing twice", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.setNumber("Images", 12_000);
  // Long enough for the reload to come before the last of the four ends.
  await playground.setNumber("Epochs", 8);
  await openSheet(playground);
  await sheet(page).getByRole("button", { name: "Run the comparison" }).click();
  await expect(scoreOf(page, "SGD")).toHaveText(SCORE, { timeout: 60_000 });
  await expect(
    sheet(page)
      .getByText(/^\w+: epoch \d of 8, step/)
      .first(),
  ).toBeVisible({ timeout: 30_000 });
  await page.reload();

  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await listens(page);
  await openSheet(playground);
  await expect(playground.button("Go on")).toBeVisible();
  const before = await remembered(page);
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(4);
  await expect(scoreOf(page, "SGD")).toHaveText(new RegExp(before[0]!.score.toFixed(4)));
  await page.waitForTimeout(500);
  expect(workers).toEqual([]);

  await playground.button("Go on").click();
  await expect(playground.button("Start again")).toBeVisible({ timeout: 90_000 });
  for (const name of ["SGD", "Adam", "RMSprop", "AdaGrad"])
    await expect(scoreOf(page, name)).toHaveText(SCORE);
  const after = await remembered(page);
  expect(after).toHaveLength(4);
  // Trained again, they would have taken another time.
  expect(after.slice(0, before.length)).toEqual(before);

  // What is over is over on the next visit, too.
  await playground.reload();
  await openSheet(playground);
  await expect(playground.button("Start again")).toBeVisible();
  await expect(sheet(page).getByText(/^Best: \w+, 0\.\d{4}\.$/)).toBeVisible();
});

test("a comparison stops and goes on in the middle of a training, and lets Train go first", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.setNumber("Images", 6000);
  // Long enough for any machine: what is not wanted any more is stopped.
  await playground.setNumber("Epochs", 300);
  await openSheet(playground);
  await choose(page, "Batch sizes");
  await setValues(page, "Batch size", "32, 64, 128");
  await sheet(page).getByRole("button", { name: "Run the comparison" }).click();
  await expect(sheet(page).getByText(/^32: epoch ([3-9]|\d{2,}) of 300/)).toBeVisible({ timeout: 60_000 });
  await playground.button("Stop the comparison").click();
  await expect(sheet(page).getByText("Stopped", { exact: true })).toBeVisible();
  await expect(playground.button("Go on")).toBeFocused();
  await playground.button("Go on").click();
  // Not from its first epoch.
  await expect(sheet(page).getByText(/^32: epoch ([3-9]|\d{2,}) of 300/)).toBeVisible();

  await page.keyboard.press("Escape");
  await playground.makeSmall({ images: 6000, epochs: 1000 });
  await playground.train.click();
  await expect(playground.log).toContainText("Epoch 2/1000", { timeout: 60_000 });
  await openSheet(playground);
  await expect(sheet(page).getByText("Waits until another run is over")).toBeVisible();
  await page.keyboard.press("Escape");
  await playground.button("Stop").click();
  await playground.finished();
  await openSheet(playground);
  await expect(sheet(page).getByText(/^\d+: epoch \d+ of 300/)).toBeVisible({ timeout: 30_000 });
  await playground.button("Stop the comparison").click();
});

test("a grid is a map of its scores, and a search narrows down", async ({ page, playground }) => {
  await playground.open();
  await playground.setNumber("Images", 1500);
  await playground.setNumber("Epochs", 1);
  await openSheet(playground);
  await choose(page, "Grid");
  await setValues(page, "Learning rate", "0.01, 0.001");
  await setValues(page, "Units of layer 2", "16, 64, 5000");
  await expect(sheet(page).getByText(/^6 trainings of 1 epoch/)).toBeVisible();
  await sheet(page).getByRole("button", { name: "Run the comparison" }).click();
  await expect(playground.button("Start again")).toBeVisible({ timeout: 60_000 });
  const map = sheet(page).getByRole("table", { name: "Scores by learning rate and units of layer 2" });
  await expect(map.getByRole("row")).toHaveCount(4);
  await expect(map.getByText("failed")).toHaveCount(2);
  await expect(map.getByText("best")).toHaveCount(1);
  await expect(map.getByText(/^0\.\d{4}/)).toHaveCount(4);

  // The map is a table, and a drawing all the same when it is taken along.
  const [drawing, picture] = [
    await exported(sheet(page), "Export Validation accuracy", "SVG"),
    await exported(sheet(page), "Export Validation accuracy", "PNG"),
  ];
  expect(drawing.name).toMatch(/^first-run-.*-validation-accuracy\.svg$/);
  const svg = drawing.bytes.toString();
  for (const score of await map.getByText(/^0\.\d{4}/).allTextContents())
    expect(svg).toContain(`>${score.slice(0, 6)}<`);
  expect(svg.match(/>failed</g)).toHaveLength(2);
  expect(svg).not.toMatch(/var\(|color\(/);
  expect(pngWidth(picture.bytes)).toBeGreaterThan(600);
  const numbers = await exported(sheet(page), "Export Validation accuracy", "CSV");
  expect(numbers.bytes.toString()).toMatch(
    /^learning rate,units of layer 2,state,validation accuracy,.*\r\n0\.01,16,done,0\.\d{4}/,
  );

  await playground.button("Another comparison").click();
  await choose(page, "Search");
  await playground.setNumber("Trials", 6);
  await expect(
    sheet(page).getByText(/^6 trials for 1 epoch, the best 2 for 3, the best 1 for 9/),
  ).toBeVisible();
  await sheet(page).getByRole("button", { name: "Run the search" }).click();
  await expect(playground.button("Start again")).toBeVisible({ timeout: 60_000 });
  await expect(
    sheet(page).getByText(
      /^Best: trial \d \(learning rate = [\d.]+, units of layer 2 = \d+\), 0\.\d{4} after \d epochs?\.$/,
    ),
  ).toBeVisible();
  await expect(table(page).getByRole("rowheader")).toHaveCount(6);
  await expect(sheet(page).getByRole("figure").locator("svg circle")).toHaveCount(9);
});

test("where the browser refuses storage, it runs all the same and says so", async ({ page, playground }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("The quota is 0.", "QuotaExceededError");
    };
  });
  await playground.open();
  await playground.makeSmall();
  await openSheet(playground);
  await sheet(page).getByRole("button", { name: "Run the comparison" }).click();
  await expect(sheet(page).getByText(/^Warning: This browser refuses storage to this page/)).toBeVisible();
  await expect(playground.button("Start again")).toBeVisible({ timeout: 60_000 });
});

test("nothing is wrong with comparisons in light and dark: put together, running and over", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.setNumber("Images", 1500);
  await playground.setNumber("Epochs", 2);
  await openSheet(playground);
  for (const kind of ["Optimizers", "Learning rates", "Grid", "Search"]) {
    await choose(page, kind);
    expect(await violationsInBothSchemes(page)).toEqual([]);
  }
  await choose(page, "Grid");
  await setValues(page, "Learning rate", "0.01, 0.001, 1e6");
  await setValues(page, "Units of layer 2", "16, 64");
  await sheet(page).getByRole("button", { name: "Run the comparison" }).click();
  await expect(playground.button("Start again")).toBeVisible({ timeout: 60_000 });
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await playground.button("Another comparison").click();
  await choose(page, "Optimizers");
  await playground.setNumber("Epochs of each", 200);
  await sheet(page).getByRole("button", { name: "Run the comparison" }).click();
  await expect(sheet(page).getByText(/^SGD: epoch/)).toBeVisible({ timeout: 30_000 });
  expect(await violationsInBothSchemes(page)).toEqual([]);
});

for (const [width, height] of [
  [390, 844],
  [320, 640],
] as const)
  test.describe(`on a screen of ${width}×${height}`, () => {
    test.use({ viewport: { width, height }, hasTouch: true, isMobile: true });

    test("a comparison fits, and everything in it is large enough for a finger", async ({
      page,
      playground,
    }) => {
      const overflow = () =>
        sheet(page).evaluate((element) => [
          element.scrollWidth - element.clientWidth,
          document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ]);
      const small = () =>
        sheet(page)
          .locator("button, a[href], input, [role=combobox]")
          .evaluateAll((controls) =>
            controls.flatMap((control) => {
              const { width: wide, height: high } = control.getBoundingClientRect();
              const name = control.getAttribute("aria-label") ?? control.textContent;
              // A radio is reached by its label, too.
              if (control.getAttribute("role") === "radio") return [];
              return wide >= 44 && high >= 44 ? [] : [`${name}: ${wide}×${high}`];
            }),
          );
      await playground.open();
      await playground.edit("tap");
      await playground.setNumber("Images", 1500);
      await playground.setNumber("Epochs", 1);
      await playground.button("Done").tap();
      await playground.button("Compare settings").tap();
      for (const kind of ["Optimizers", "Grid", "Search", "Learning rates"]) {
        await sheet(page).getByRole("radio", { name: kind, exact: true }).tap();
        await expect.poll(overflow).toEqual([0, 0]);
        await expect.poll(small).toEqual([]);
      }
      await setValues(page, "Learning rate", "0.1, 0.01, 0.001, 1e6");
      await sheet(page).getByRole("button", { name: "Run the comparison" }).tap();
      await expect(playground.button("Start again")).toBeVisible({ timeout: 60_000 });
      await expect.poll(overflow).toEqual([0, 0]);
      await expect.poll(small).toEqual([]);
    });
  });
