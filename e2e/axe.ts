// The rules of accessibility that axe can check.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds wrong, one line for each place. */
export async function violations(page: Page, except: string[] = []): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .disableRules(except)
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}
