// The rules of accessibility that axe can check.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import axe, { type AxeResults, type RunOptions } from "axe-core";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/** Half-way in, what fades in has the contrast of neither end. What goes round and round is not waited for. */
const stillness = (page: Page) =>
  page.evaluate(async () => {
    const moving = document
      .getAnimations()
      .filter(
        ({ playState, effect }) =>
          playState === "running" && Number.isFinite(Number(effect?.getComputedTiming().endTime)),
      );
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });

/** @param include selectors of the parts to look at; all of the page where there is none */
async function results(page: Page, rules: RunOptions, include: string[]): Promise<AxeResults> {
  // What is right needs no description: a selector for each of its elements takes longer than all rules together.
  const options: RunOptions = { ...rules, resultTypes: ["violations"] };
  await stillness(page);
  // Frames of other sites are only reached from outside of the page, with a page more for the results.
  if (page.frames().length > 1) {
    const builder = new AxeBuilder({ page }).options(options);
    for (const part of include) builder.include(part);
    return builder.analyze();
  }
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(
    ([parts, asked]) => window.axe!.run(parts.length === 0 ? document : { include: parts }, asked),
    [include, options] as const,
  );
}

async function found(page: Page, rules: RunOptions, include: string[] = []): Promise<string[]> {
  const { violations } = await results(page, rules, include);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`),
  );
}

/** What axe finds wrong, one line for each place. */
export const violations = (page: Page, except: string[] = []): Promise<string[]> =>
  found(page, {
    runOnly: { type: "tag", values: tags },
    rules: Object.fromEntries(except.map((rule) => [rule, { enabled: false }])),
  });

/** What axe finds wrong by all rules that it has on, in the whole page or in parts of it. */
export const violationsOfAnyRule = (page: Page, include: string[] = []): Promise<string[]> =>
  found(page, {}, include);

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
  const dark = await found(page, { runOnly: { type: "rule", values: ["color-contrast"] } });
  await show("light");
  return [...light, ...dark.map((line) => `in dark, ${line}`)];
}
