// Where the network is wrong: the matrix agrees with the log, a cell opens its images, an image shows its neighbours, and
// a kept run stands against the one on the page. Nothing of it is there before it is asked for, nor after it is closed.
import type { Page } from "@playwright/test";
import { violationsInBothSchemes } from "./axe";
import { expect, type Playground, test } from "./journey";
import { overflow, smallTargets } from "./small-screens";

const closer = (page: Page) => page.getByRole("region", { name: "Look closer" });
const cells = (page: Page) => closer(page).getByRole("gridcell");
const wall = (page: Page, name: string | RegExp) => closer(page).getByRole("region", { name });

async function trainSmall(playground: Playground): Promise<void> {
  await playground.makeSmall({ images: 2000, epochs: 2 });
  await playground.setNumber("Validation", 0.2);
  await playground.train.click();
}

/** The matrix's counts, row after row. */
const counts = (page: Page) =>
  cells(page).evaluateAll((all) => all.map((cell) => Number(cell.textContent || 0)));

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const diagonal = (values: readonly number[]) => sum(values.filter((_, place) => place % 11 === 0));

test("the matrix is the log's accuracy, cell by cell, and each cell opens its images", async ({
  page,
  playground,
}) => {
  await playground.open();
  await expect(closer(page)).toHaveCount(0);
  await trainSmall(playground);
  const { testAccuracy, epochs } = await playground.finished();
  const workers = page.workers().length;

  await page.getByRole("tab", { name: "Mistakes" }).click();
  await expect(cells(page)).toHaveCount(100, { timeout: 30_000 });
  expect(page.workers()).toHaveLength(workers + 1);
  const all = await counts(page);
  expect(sum(all)).toBe(10_000);
  expect(diagonal(all) / 10_000).toBeCloseTo(testAccuracy, 4);

  // By keyboard: from the first cell down and to the right, to the 1s that are read as 1.
  await cells(page).first().focus();
  for (const key of ["ArrowDown", "End", "Home", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  await expect(wall(page, /^1 read right/)).toContainText(`${all[11]!.toLocaleString("en-US")} images`);
  await expect(cells(page).nth(11)).toHaveAttribute("aria-selected", "true");

  // The pair that is mixed up most.
  const worst = closer(page)
    .getByRole("listitem")
    .getByRole("button", { name: / times$/ })
    .first();
  const [, label, guess, count] = /^(.+) read as (.+), (\d+) times$/.exec(
    (await worst.getAttribute("aria-label"))!,
  )!;
  expect(Number(count)).toBe(Math.max(...all.filter((_, place) => place % 11 !== 0)));
  expect(all[10 * Number(label) + Number(guess)]).toBe(Number(count));
  await worst.click();
  const images = wall(page, new RegExp(`^${label} read as ${guess}`));
  await expect(images.getByRole("listitem")).toHaveCount(Math.min(24, Number(count)));

  // One of them, with what is nearest to it.
  const first = images.getByRole("button", { name: /^Test image/ }).first();
  await first.click();
  const card = images.getByRole("region", { name: /^Test image/ });
  await expect(card.getByRole("img", { name: /^Training image .* distance/ })).toHaveCount(8, {
    timeout: 30_000,
  });
  await expect(card).toContainText("The nearest of 1,600 training images");
  await expect(card.getByRole("img", { name: /^Probabilities/ })).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await closer(page).getByRole("radio", { name: "Validation" }).click();
  await expect.poll(async () => sum(await counts(page))).toBe(400);
  expect(diagonal(await counts(page)) / 400).toBeCloseTo(epochs.at(-1)!.valAccuracy!, 4);

  await closer(page).getByRole("button", { name: "close", exact: true }).click();
  await expect(cells(page)).toHaveCount(0);
  await expect.poll(() => page.workers().length).toBe(workers);
});

test("while it trains the matrix follows every epoch; a second run stands against the first", async ({
  page,
  playground,
}) => {
  await playground.open();
  await trainSmall(playground);
  const first = await playground.finished();
  await page.getByRole("tab", { name: "Mistakes" }).click();
  await playground.setNumber("Units of layer 2", 24);
  await playground.setNumber("Epochs", 4);
  await playground.train.click();
  await expect(cells(page)).toHaveCount(100);
  const second = await playground.finished();
  await expect.poll(async () => diagonal(await counts(page)) / 10_000).toBeCloseTo(second.testAccuracy, 4);

  await playground.button("Compare with a kept run").click();
  const duel = closer(page).getByRole("region", { name: "Against another run" });
  const group = (name: string) => duel.getByRole("button", { name: new RegExp(`${name}$`) });
  await expect(group("right in both")).toBeVisible({ timeout: 30_000 });
  const countIn = async (name: string) =>
    Number((await group(name).textContent())!.replace(name, "").replaceAll(",", ""));
  const [both, here, there, none] = [
    await countIn("right in both"),
    await countIn("right here, wrong there"),
    await countIn("wrong here, right there"),
    await countIn("wrong in both"),
  ];
  expect(both + here + there + none).toBe(10_000);
  expect((both + here) / 10_000).toBeCloseTo(second.testAccuracy, 4);
  expect((both + there) / 10_000).toBeCloseTo(first.testAccuracy, 4);
  await group("wrong here, right there").click();
  await expect(duel.getByRole("listitem").filter({ has: page.locator("canvas") })).toHaveCount(
    Math.min(24, there),
  );
});

test.describe("on a narrow phone", () => {
  test.use({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });

  test("nothing scrolls sideways and targets are for fingers", async ({ page, playground }) => {
    await playground.open();
    await playground.edit("tap");
    await trainSmall(playground);
    await playground.finished();
    await page.getByRole("tab", { name: "Mistakes" }).tap();
    await expect(cells(page)).toHaveCount(100, { timeout: 30_000 });
    await cells(page).nth(1).tap();
    await cells(page).nth(1).tap();
    // A finger that met another cell than it meant moves on with arrows that are large enough for it.
    await cells(page).nth(0).tap();
    for (const [way, cell] of [
      ["to the right", 1],
      ["below", 11],
      ["to the left", 10],
      ["above", 0],
    ] as const) {
      await closer(page)
        .getByRole("button", { name: `The cell ${way}` })
        .tap();
      await expect(cells(page).nth(cell)).toHaveAttribute("aria-selected", "true");
    }
    await expect.poll(() => overflow(page)).toBe(0);
    await expect.poll(() => smallTargets(page)).toEqual([]);
    await cells(page).nth(0).tap();
    await closer(page)
      .getByRole("button", { name: /^Test image/ })
      .first()
      .tap();
    await expect(closer(page).getByRole("img", { name: /^Training image/ })).toHaveCount(8, {
      timeout: 30_000,
    });
    await expect.poll(() => overflow(page)).toBe(0);
    await expect.poll(() => smallTargets(page)).toEqual([]);
  });
});
