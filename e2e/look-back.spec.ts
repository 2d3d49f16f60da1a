// Looking back: a slider moves the page's predictions through the epochs of a run, by keyboard too, within a budget.
import type { Page } from "@playwright/test";
import { violationsInBothSchemes } from "./axe";
import { expect, type Playground, test } from "./journey";

const slider = (page: Page) => page.getByRole("slider", { name: "Moment of the run to look at" });
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

/** What the network says to the eight test images on the page. */
const predictions = (page: Page) =>
  page
    .getByRole("img", { name: /^Test image/ })
    .locator("xpath=ancestor::li")
    .allInnerTexts();

/** Trains. @returns what the trained network says to the eight test images */
async function trainSmall(
  playground: Playground,
  size: { images: number; epochs: number },
): Promise<string[]> {
  const { page } = playground;
  await playground.open();
  await playground.makeSmall(size);
  await playground.train.click();
  await playground.finished();
  await expect(page.getByRole("img", { name: /^Test image/ })).toHaveCount(8);
  // What is shown may be of an epoch before; what is asked from now on is not.
  const before = await predictions(page);
  await playground.button("another eight").click();
  await expect.poll(() => predictions(page)).not.toEqual(before);
  return predictions(page);
}

/** Notes from now on each name that the section of the predictions has, however short it has it. */
const watchNames = (page: Page) =>
  page.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(window, { seen });
    const look = () => {
      for (const { textContent } of document.querySelectorAll("h2, h3")) seen.add(textContent ?? "");
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
const namesSeen = (page: Page): Promise<string[]> => page.evaluate(() => [...Object(window).seen]);

async function lookCloser(page: Page): Promise<void> {
  await page.getByRole("tab").first().click();
  await expect(slider(page)).toBeVisible();
}

test("the slider moves predictions from before training to now, and closing it frees what it held", async ({
  page,
  playground,
}) => {
  const now = await trainSmall(playground, { images: 1000, epochs: 3 });
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
  const untrained = await predictions(page);
  await page.keyboard.press("ArrowRight");
  await expect(heading(page, "Predictions after epoch 1")).toBeVisible();
  const { epochs } = await playground.printed();
  await expect(slider(page)).toHaveAttribute(
    "aria-valuetext",
    new RegExp(`^after epoch 1, .*accuracy ${epochs[0]!.accuracy.toFixed(4)}$`),
  );
  await expect.poll(() => predictions(page)).not.toEqual(untrained);
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

  // Opened only now, the weights over time begin before training: the trainer holds those of every epoch.
  await page.getByRole("tab", { name: "Inside" }).click();
  await page.getByRole("tab", { name: "Over time" }).click();
  await expect(
    page.getByRole("img", { name: /^Weights of 2 Dense from epoch 0 to epoch 3, between / }),
  ).toBeVisible();

  // Playing goes on to the present by itself.
  await watchNames(page);
  await playground.button("Play the run, epoch by epoch").click();
  await expect(heading(page, "Predictions on test images")).toBeVisible();
  expect(await namesSeen(page)).toEqual(
    expect.arrayContaining(["Predictions after epoch 2", "Predictions after epoch 3"]),
  );
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^as it is now/);
  await slider(page).press("Home");
  await playground.button("close").click();
  await expect(heading(page, "Predictions on test images")).toBeVisible();
  await expect.poll(() => predictions(page)).toEqual(now);
  await expect.poll(() => page.workers().length).toBe(workers);

  await lookCloser(page);
  await slider(page).press("Home");
  await expect(heading(page, "Predictions before training")).toBeVisible();
  await playground.button("Reset").click();
  await expect(slider(page)).toBeHidden();
  await expect(heading(page, "Predictions on test images")).toBeVisible();
  await expect.poll(() => page.workers().length).toBe(0);
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
  // What is held is asked for once more when the last epoch is over.
  const room = page.getByText(/^Every 8th epoch and the last: /);
  await expect(room).toBeVisible();
  const read = async () =>
    ((await room.textContent()) ?? "")
      .match(/ ([\d.]+) MB of at most ([\d.]+) MB/)!
      .slice(1)
      .map(Number);
  const [, most] = await read();
  expect(most).toBe(4.2);
  await expect.poll(async () => (await read())[0]).toBeGreaterThan(most! / 2);
  expect((await read())[0]).toBeLessThanOrEqual(most!);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^after epoch 50, /);
  await page.keyboard.press("ArrowLeft");
  await expect(heading(page, "Predictions after epoch 48")).toBeVisible();
});
