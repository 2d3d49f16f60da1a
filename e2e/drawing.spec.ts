// A digit drawn by finger, pen and mouse.
import { draw, type Place } from "./finger";
import { expect, test } from "./journey";

/** A one, as a finger draws it: nine places from its top to its foot. */
const one = Array.from({ length: 9 }, (_, i): Place => [0.52 - 0.005 * i, 0.2 + 0.075 * i]) as [Place];

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the first tap after a quick stroke is heard", async ({ page, playground }) => {
    await playground.open();
    await playground.button("Edit").tap();
    await playground.makeSmall({ images: 2000, epochs: 1 });
    await playground.button("Done").tap();
    await playground.train.tap();
    await playground.finished();
    await draw(page, page.getByRole("img", { name: /^Pad to draw on/ }), one);
    await playground.button("Edit").tap();
    await expect(playground.button("Done")).toBeVisible();
  });
});
