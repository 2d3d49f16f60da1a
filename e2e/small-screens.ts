// What fits a phone: nothing scrolls sideways, and targets are for fingers.
import type { Page } from "@playwright/test";

const TARGET_PX = 44;

/** Narrow, usual, a tablet, a phone on its side, and a tablet on its side, which has room for columns. */
export const SCREENS = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 844, height: 390 },
  { width: 1180, height: 820 },
] as const;

/** Pixels by which the page is wider than the screen. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const CONTROLS =
  "button, a[href], input, select, textarea, summary, [role=spinbutton], [role=combobox], [role=switch], [role=radio], [role=tab], [role=menuitem], [role=slider]";

/** Controls that are smaller than a finger, with their sizes. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.locator(CONTROLS).evaluateAll((controls, smallest) => {
    const shown = controls.filter(
      (control) =>
        control.checkVisibility({ visibilityProperty: true }) &&
        !control.closest(".sr-only, [aria-hidden=true]"),
    );
    return shown.flatMap((control) => {
      // The thumb of a slider lies in a bar that is pressed as a whole.
      const bar =
        control.getAttribute("role") === "slider"
          ? control.parentElement!.closest("[data-orientation]")
          : null;
      const { width, height } = (bar ?? control).getBoundingClientRect();
      // A skip link is out of sight until a keyboard reaches it.
      if (width <= 1 || (width >= smallest && height >= smallest)) return [];
      // A link within a sentence is as high as its line.
      const sentence = control.matches("a[href]") ? control.closest("p, dd, td, li") : null;
      if (
        sentence !== null &&
        sentence.textContent !== control.textContent &&
        getComputedStyle(control).display === "inline"
      )
        return [];
      const name = control.getAttribute("aria-label") ?? control.textContent;
      return [`${name}: ${Math.round(width)}×${Math.round(height)}`];
    });
  }, TARGET_PX);
}
