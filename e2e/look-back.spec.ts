// Looking back: a slider moves the page's predictions through the epochs of a run, by keyboard too, within a budget.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { violationsInBothSchemes } from "./axe";
import { expect, type Playground, readLog, test } from "./journey";
import { keepTwo, openShelf, shelf } from "./shelf";

const slider = (page: Page) => page.getByRole("slider", { name: "Moment of the run to look at" });
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

/** What the network says to the eight test images on the page. */
const predictions = (page: Page) =>
  page
    .getByRole("img", { name: /^Test image/ })
    .locator("xpath=ancestor::li")
    .allInnerTexts();

async function trainSmall(playground: Playground, size: { images: number; epochs: number }): Promise<void> {
  await playground.open();
  await playground.makeSmall(size);
  await playground.train.click();
  await playground.finished();
  await expect(playground.page.getByRole("img", { name: /^Test image/ })).toHaveCount(8);
}

async function lookCloser(page: Page): Promise<void> {
  await page.getByRole("tab").first().click();
  await expect(slider(page)).toBeVisible();
}

test("the slider moves predictions from before training to now, and closing it frees what it held", async ({
  page,
  playground,
}) => {
  await trainSmall(playground, { images: 1000, epochs: 3 });
  const now = await predictions(page);
  const workers = page.workers().length;
  await lookCloser(page);
  await expect(slider(page)).toHaveAttribute(
    "aria-valuetext",
    /^as it is now, loss [\d.]+ · accuracy 0\.\d+$/,
  );
  await slider(page).focus();

  await page.keyboard.press("Home");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", "before training");
  await expect(heading(page, "Predictions before training")).toBeVisible();
  await expect.poll(() => predictions(page)).not.toEqual(now);
  await page.keyboard.press("ArrowRight");
  await expect(heading(page, "Predictions after epoch 1")).toBeVisible();
  const { epochs } = await playground.printed();
  await expect(slider(page)).toHaveAttribute(
    "aria-valuetext",
    new RegExp(`^after epoch 1, .*accuracy ${epochs[0]!.accuracy.toFixed(4)}$`),
  );
  const first = await predictions(page);
  expect(await violationsInBothSchemes(page)).toEqual([]);

  // The last epoch's weights are those of now.
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await expect(heading(page, "Predictions after epoch 3")).toBeVisible();
  await expect.poll(() => predictions(page)).toEqual(now);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(heading(page, "Predictions after epoch 1")).toBeVisible();
  await expect.poll(() => predictions(page)).toEqual(first);
  expect(page.workers().length).toBe(workers + 1);

  // Playing goes on to the present by itself.
  await playground.button("Play the run, epoch by epoch").click();
  await expect(heading(page, "Predictions after epoch 2")).toBeVisible();
  await expect(heading(page, "Predictions on test images")).toBeVisible();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^as it is now/);
  await slider(page).press("Home");
  await playground.button("close").click();
  await expect(heading(page, "Predictions on test images")).toBeVisible();
  await expect.poll(() => predictions(page)).toEqual(now);
  expect(page.workers().length).toBe(workers);

  await lookCloser(page);
  await slider(page).press("Home");
  await expect(heading(page, "Predictions before training")).toBeVisible();
  await playground.button("Reset").click();
  await expect(slider(page)).toBeHidden();
  await expect(heading(page, "Predictions on test images")).toBeVisible();
  expect(page.workers()).toHaveLength(0);
});

test("fifty epochs stay within the budget of a device with little memory, while they are scrubbed", async ({
  page,
  playground,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "deviceMemory", { value: 0.5 });
  });
  await playground.open();
  await playground.makeSmall({ images: 300, epochs: 50 });
  await playground.train.click();
  await expect(playground.log).toContainText("Epoch 3/50");
  await lookCloser(page);
  await slider(page).focus();
  await page.keyboard.press("Home");
  await expect(heading(page, "Predictions before training")).toBeVisible();
  for (let moves = 0; !((await playground.log.textContent()) ?? "").includes("Test loss:"); moves++) {
    await page.keyboard.press(moves % 12 < 6 ? "ArrowRight" : "ArrowLeft");
    await page.waitForTimeout(50);
  }
  const room = page.getByText(/^Every \d+th epoch and the last: /);
  const [, every, used, most] = ((await room.textContent()) ?? "").match(
    /(\d+)th .* ([\d.]+) MB of at most ([\d.]+) MB/,
  )!;
  expect([every, most]).toEqual(["8", "4.2"]);
  expect(Number(used)).toBeLessThanOrEqual(Number(most));
  expect(Number(used)).toBeGreaterThan(Number(most) / 2);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^after epoch 50, /);
  await page.keyboard.press("ArrowLeft");
  await expect(heading(page, "Predictions after epoch 48")).toBeVisible();
});

/** What the browser is given to keep when a chart is exported. */
async function exported(page: Page, chart: RegExp, kind: "PNG" | "SVG" | "CSV"): Promise<Buffer> {
  await shelf(page).getByRole("button", { name: chart }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: kind, exact: true }).click();
  return readFile(await (await download).path());
}

test("compared charts are read at one epoch, drawn otherwise, set against what they cost, and exported", async ({
  page,
  playground,
}) => {
  await playground.open();
  const [first, second] = await keepTwo(playground);
  await openShelf(playground);
  for (const name of ["First run", "First run 2"])
    await page.getByRole("checkbox", { name: `Compare ${name}`, exact: true }).click();
  await playground.button("Compare").click();
  const reader = (metric: string) =>
    shelf(page).getByRole("slider", { name: `Epoch to compare the ${metric} at` });
  const lines = shelf(page).locator("figure").first().locator("svg path[stroke^='var(--run-']");
  const shapes = () => lines.evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));
  await expect(lines).toHaveCount(4);

  // One cursor for all charts.
  await reader("loss").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  for (const metric of ["loss", "accuracy"])
    await expect(reader(metric)).toHaveAttribute("aria-valuetext", /^epoch 0\.04, A training /);

  // Each way to look draws other lines, and none changes what is read.
  const before = await shapes();
  await playground.choose("Smoothing", "none");
  await expect.poll(shapes).not.toEqual(before);
  for (const name of ["Log scale of the loss", "Log scale of the epochs"]) {
    const former = await shapes();
    const chart = page.getByRole("switch", { name });
    await chart.click();
    await expect(chart).toBeChecked();
    await expect.poll(shapes).not.toEqual(former);
  }
  await expect(reader("loss")).toHaveAttribute("aria-valuetext", /^at each run's end, A training [\d.]+/);

  // What accuracy cost: the narrow network is the cheaper one.
  const scatter = shelf(page).getByRole("slider", { name: "Run to read" });
  await scatter.focus();
  await page.keyboard.press("ArrowRight");
  const accuracies = [first, second].map(({ testAccuracy }) => testAccuracy.toFixed(4));
  await expect(scatter).toHaveAttribute(
    "aria-valuetext",
    `B First run 2, ${accuracies[1]} with 14,298 parameters, on the best front`,
  );
  // The run that is read stands out in all charts.
  await expect(shelf(page).locator("svg g[opacity='0.2']")).toHaveCount(3);
  await page.keyboard.press("End");
  const isBetter = first.testAccuracy > second.testAccuracy;
  await expect(scatter).toHaveAttribute(
    "aria-valuetext",
    `A First run, ${accuracies[0]} with 109,386 parameters${isBetter ? ", on the best front" : ""}`,
  );
  await shelf(page).getByRole("button", { name: "Show as table of accuracies against parameters" }).click();
  const table = page.getByRole("table", { name: "Test accuracy against parameters" });
  await expect(table.getByRole("row")).toHaveCount(3);

  const epochs = readLog(first.lines.join("\n")).epochs;
  const numbers = (await exported(page, /^Export Loss/, "CSV")).toString().split("\r\n");
  expect(numbers[0]).toBe("run,name,line,epoch,loss");
  const trained = numbers.filter((line) => line.startsWith("A,First run,training,"));
  expect(trained.map((line) => Number(line.split(",")[4]).toFixed(4))).toEqual(
    epochs.map(({ loss }) => loss.toFixed(4)),
  );
  const drawing = (await exported(page, /^Export Loss/, "SVG")).toString();
  expect(drawing).toContain("Loss, 2 runs");
  expect(drawing).toContain("First run 2");
  expect(drawing).not.toContain("var(");
  const picture = await exported(page, /^Export Test accuracy/, "PNG");
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
  expect(picture.readUInt32BE(16)).toBeGreaterThan(600);
});
