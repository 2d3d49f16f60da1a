// Looking into a network, during and after its training: layers, first weights, and what matters in an image.
import { violationsInBothSchemes } from "./axe";
import { drawStrokes } from "./drawing";
import { expect, test } from "./journey";
import { overflow, smallTargets } from "./small-screens";

test("a network is looked into, by keyboard too: layers, first weights, and what matters", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.startFrom("LeNet-5");
  await playground.makeSmall({ images: 3000, epochs: 400 });
  await playground.train.click();

  const closer = page.getByRole("region", { name: "Look closer" });
  await closer.getByRole("tab", { name: "Inside" }).click({ timeout: 60_000 });
  const images = closer.getByRole("radiogroup", { name: /The image to look at/ });
  await expect(images.getByRole("radio")).toHaveCount(9);

  // While it trains the layers are others again and again. It is stopped once that was seen, however long it takes.
  const first = closer.getByRole("slider", { name: /^1 Convolution: 6 channels/ });
  const seen = new Set<string | null>();
  await expect
    .poll(async () => seen.add(await first.getAttribute("aria-label")).size, {
      intervals: [100],
      timeout: 60_000,
    })
    .toBeGreaterThan(2);
  await playground.button("Stop").click();
  await playground.finished();

  await first.focus();
  await first.press("ArrowRight");
  await expect(first).toHaveAttribute("aria-valuetext", /^channel 2: at most [\d.e+-]+$/);
  await closer.getByRole("button", { name: "Which images does channel 2 answer to most?" }).click();
  await expect(closer.getByRole("img", { name: /^Image of \d: [\d.]+$/ })).toHaveCount(10);
  const answers = await closer
    .getByRole("img", { name: /^Image of \d: [\d.]+$/ })
    .evaluateAll((all) => all.map((each) => Number(each.getAttribute("aria-label")!.split(": ")[1])));
  expect(answers).toEqual([...answers].sort((a, b) => b - a));

  await images.getByRole("radio").nth(3).click();
  await closer.getByRole("tab", { name: "First weights" }).click();
  await expect(
    closer.getByRole("img", { name: /^Weights of 6 filters of the first layer, 5×5/ }),
  ).toBeVisible();

  await closer.getByRole("tab", { name: "What matters" }).click();
  await expect(closer.getByRole("img", { name: /^How the score of \d, now/ })).toBeVisible();
  const square = closer.getByRole("slider", { name: /^Place of the square/ });
  const before = await square.getAttribute("aria-valuetext");
  for (const key of ["ArrowUp", "ArrowUp", "ArrowLeft"]) await square.press(key);
  await expect(square).not.toHaveAttribute("aria-valuetext", before!);

  await closer.getByRole("tab", { name: "Over time" }).click();
  await expect(
    closer.getByRole("img", { name: /^Updates of 1 Convolution at epoch [\d.]+, / }),
  ).toBeVisible();

  expect(await violationsInBothSchemes(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const view of ["Layers", "First weights", "What matters", "Over time"]) {
    await closer.getByRole("tab", { name: view }).click();
    await expect(closer.getByRole("img").first()).toBeVisible();
    await expect.poll(() => overflow(page)).toBe(0);
    await expect.poll(() => smallTargets(page)).toEqual([]);
  }
});

test("what is drawn is looked at, layer by layer, on a phone", async ({ page, playground }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await playground.open();
  await playground.edit();
  await playground.makeSmall({ images: 2000, epochs: 1 });
  await playground.train.click();
  await playground.finished();
  const pad = page.getByRole("img", { name: /^Pad to draw on/ });
  const stroke = [
    [0.5, 0.25],
    [0.5, 0.75],
  ] as const;
  await drawStrokes(page, pad, [stroke]);

  const closer = page.getByRole("region", { name: "Look closer" });
  await closer.getByRole("tab", { name: "Inside" }).click();
  await expect(closer.getByRole("radio", { name: "The drawn image" })).toBeChecked();
  const units = closer.getByRole("slider", { name: /^2 Dense: 128 units/ });
  const drawn = await units.getAttribute("aria-label");
  await closer
    .getByRole("radio", { name: /^Image of \d, read as \d$/ })
    .first()
    .click();
  await expect(units).not.toHaveAttribute("aria-label", drawn!);
});
