// The rules of accessibility that axe can check.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function found(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}

/** What axe finds wrong, one line for each place. */
export const violations = (page: Page, except: string[] = []): Promise<string[]> =>
  found(new AxeBuilder({ page }).disableRules(except).withTags(tags));

/**
 * What axe finds wrong in light and in dark. Only contrast depends on the colours, so that alone is looked at twice. The
 * page stays in light, as the person's system asks for, and without motion.
 */
export async function violationsInBothSchemes(page: Page, except: string[] = []): Promise<string[]> {
  const show = async (colorScheme: "light" | "dark") => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
  };
  await show("light");
  const light = await violations(page, except);
  await show("dark");
  const dark = await found(new AxeBuilder({ page }).withRules(["color-contrast"]));
  await show("light");
  return [...light, ...dark.map((line) => `in dark, ${line}`)];
}
