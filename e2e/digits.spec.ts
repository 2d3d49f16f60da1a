// The small data set: chosen, trained on, drawn for and shared.
import { dialogListens, expect, listens, test } from "./journey";
import { drawOne, publish } from "./sharing";

test("another data set keeps the network that fits it, and one step back brings the first again", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.startFrom("LeNet-5");
  await playground.choose("Data set", "UCI digits");
  await expect(page.getByRole("img", { name: "Nine images of UCI digits" })).toBeVisible();
  await expect(page.getByText("1,150 train · 287 val · 360 test")).toBeVisible();
  await expect(playground.train).toBeEnabled();
  await expect(playground.network).toContainText("2×2×16");
  await playground.button("Undo").click();
  await expect(page.getByText("48,000 train · 12,000 val · 10,000 test")).toBeVisible();
  await expect(playground.network).toContainText("61,706 parameters");
});

test("the 8×8 digits are learned in five epochs, and read what is drawn", async ({
  page,
  playground,
  browser,
}) => {
  await playground.open();
  await playground.startFrom("8×8 digits");
  await expect(page.getByText("1,149 images · 4,810 parameters")).toBeVisible();
  await playground.train.click();
  const run = await playground.finished();
  expect(run.samples).toEqual({ training: 1149, validation: 288, test: 360 });
  expect(run.epochs.map(({ steps }) => steps)).toEqual([36, 36, 36, 36, 36]);
  const { valAccuracy } = run.epochs.at(-1)!;
  expect(valAccuracy).toBeGreaterThanOrEqual(0.84);
  expect(valAccuracy).toBeLessThanOrEqual(0.95);
  const longer = await playground.continueFor(5);
  expect(longer.epochs.at(-1)!.valAccuracy).toBeGreaterThanOrEqual(0.93);
  expect(longer.epochs.at(-1)!.valAccuracy).toBeLessThanOrEqual(0.985);

  // Sixteen is white, and pixels are squares.
  const tile = page.getByRole("img", { name: /^Test image 1: label/ });
  await expect(tile).toHaveCSS("image-rendering", "pixelated");
  const seen = await tile.evaluate((canvas: HTMLCanvasElement) => ({
    size: [canvas.width, canvas.height],
    brightest: Math.max(
      ...canvas
        .getContext("2d")!
        .getImageData(0, 0, 8, 8)
        .data.filter((_, i) => i % 4 === 0),
    ),
  }));
  expect(seen.size).toEqual([8, 8]);
  expect(seen.brightest).toBeGreaterThan(200);
  await drawOne(page);

  await expect(page).toHaveURL(/\/x\/1~8_d78\.digits~.+~data-digits~/);
  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  await expect(other.getByText("1,149 images · 4,810 parameters")).toBeVisible();
  await other.context().close();
});

test("a run on them is published, tested and trained again to the bit, and no board takes it", async ({
  page,
  playground,
  browser,
}) => {
  await playground.open();
  await playground.startFrom("8×8 digits");
  await playground.train.click();
  const { testAccuracy } = await playground.finished();
  await playground.button("Submit to leaderboard").click();
  for (const board of ["accuracy", "golf", "speedrun"])
    await expect(
      page.getByText(`The board ${board} is for networks that tell all classes of MNIST digits apart.`),
    ).toBeVisible();
  await dialogListens(page.getByRole("dialog", { name: "Submit to leaderboard" }));
  await page.keyboard.press("Escape");

  const address = await publish(playground);
  const other = await (await browser.newContext()).newPage();
  await other.goto(address);
  await listens(other);
  await other.getByRole("button", { name: "Test it here" }).click();
  const measured = `measured here, from these weights: ${testAccuracy.toFixed(4)}`;
  await expect(other.getByText(measured)).toBeVisible({ timeout: 60_000 });
  await expect(other.getByRole("img", { name: /^Test image 1: label/ })).toBeVisible();
  await other.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(other.getByText("identical", { exact: true })).toBeVisible({ timeout: 60_000 });
  await other.context().close();
});
