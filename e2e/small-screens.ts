// What fits a phone: nothing scrolls sideways, and targets are for fingers.
import type { Page } from "@playwright/test";

const TARGET_PX = 44;

/** Pixels by which the page is wider than the screen. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Controls that are smaller than a finger, with their sizes. */
export function smallTargets(page: Page): Promise<string[]> {
  return page
    .locator("button, a[href], [role=spinbutton], [role=combobox], [role=switch]")
    .evaluateAll((controls, smallest) => {
      const shown = controls.filter((control) => control.checkVisibility() && !control.closest(".sr-only"));
      return shown.flatMap((control) => {
        const { width, height } = control.getBoundingClientRect();
        // A skip link is out of sight until a keyboard reaches it.
        if (width <= 1 || (width >= smallest && height >= smallest)) return [];
        const name = control.getAttribute("aria-label") ?? control.textContent;
        return [`${name}: ${Math.round(width)}×${Math.round(height)}`];
      });
    }, TARGET_PX);
}
