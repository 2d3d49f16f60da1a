// On phones: one column, Train at the thumb, targets for fingers, and nothing that scrolls sideways.
import { expect, test } from "./journey";
import { overflow, smallTargets } from "./small-screens";

for (const [width, height] of [
  [390, 844],
  [320, 640],
] as const)
  test.describe(`on a screen of ${width}×${height}`, () => {
    test.use({ viewport: { width, height }, hasTouch: true, isMobile: true });

    test("everything fits, is large enough for a finger, and trains from the thumb", async ({
      page,
      playground,
    }) => {
      await playground.open();
      await expect.poll(() => overflow(page)).toBe(0);
      await expect.poll(() => smallTargets(page)).toEqual([]);

      await playground.edit("tap");
      await playground.makeSmall({ images: 3000, epochs: 3 });
      await playground.setNumber("Units of layer 2", 100_000);
      await expect(page.getByText("Units is 100000;")).toBeVisible();
      await expect.poll(() => overflow(page)).toBe(0);
      await expect.poll(() => smallTargets(page)).toEqual([]);
      await playground.number("Units of layer 2").press("Escape");
      await playground.button("Done").tap();

      await playground.edit("tap");
      await playground.startFrom("Small and sharp");
      await playground.unfold("layer 1");
      await playground.from("Add a layer", "Residual block");
      await playground.unfold("layer 9");
      await expect.poll(() => overflow(page)).toBe(0);
      await expect.poll(() => smallTargets(page)).toEqual([]);
      for (const _ of ["Residual block", "Small and sharp"]) await playground.button("Undo").tap();
      await playground.button("Done").tap();

      const thumb = async () => (await playground.train.boundingBox())!;
      for (const scrollTo of [0, 10_000]) {
        await page.evaluate((top) => window.scrollTo({ top }), scrollTo);
        const { y, height: tall } = await thumb();
        expect(y).toBeGreaterThan(height * 0.8);
        expect(y + tall).toBeLessThanOrEqual(height);
      }

      await playground.train.tap();
      await expect(playground.log).toContainText("Epoch 2/3", { timeout: 60_000 });
      await expect.poll(() => overflow(page)).toBe(0);
      const { testAccuracy } = await playground.finished();
      expect(testAccuracy).toBeGreaterThan(0.8);
      await expect(page.getByRole("img", { name: /^Test image/ })).toHaveCount(8);
      await expect.poll(() => overflow(page)).toBe(0);
      await expect.poll(() => smallTargets(page)).toEqual([]);
    });
  });
