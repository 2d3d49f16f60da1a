// A lesson's page around its steps: what it remembers, what a run is counted for, keys, phones, and what it weighs.
import type { Page } from "@playwright/test";
import { trainingOptimization } from "../lib/lessons/training-optimization";
import { violationsInBothSchemes } from "./axe";
import { dialogListens, expect, listens, test } from "./journey";
import { LessonOnPage } from "./lesson-walk";
import { overflow, smallTargets } from "./small-screens";

const lesson = trainingOptimization;
const stepOf = (id: string) => lesson.steps.find((step) => step.id === id)!;
const quizOf = (id: string) =>
  stepOf(id).body.flatMap((block) => (block.kind === "quiz" ? [block.quiz] : []))[0]!;
const [first, second] = lesson.steps as [(typeof lesson.steps)[0], (typeof lesson.steps)[0]];

/** A short run that passes no check but counts. */
const small = async (on: LessonOnPage) => {
  await on.edit(() => on.playground.makeSmall({ images: 1000, epochs: 1 }));
};

test("progress outlives a reload, the list tells it, and a step can be reset", async ({
  page,
  playground,
}) => {
  const on = new LessonOnPage(playground, lesson);
  await on.open();
  await on.answer(quizOf(first.id));
  await on.passed(first.checks[0]!);
  await expect(
    page.locator("[aria-live=polite]").filter({ hasText: `Step done: ${first.title}.` }),
  ).toHaveCount(1);
  await on.next().click();
  await on.shows(second);

  // The step that was open last is open again, whatever the address says of it.
  await page.goto(`/lessons/${lesson.slug}`);
  await on.shows(second);
  await page.getByRole("link", { name: `Previous step: ${first.title}` }).click();
  await on.passed(first.checks[0]!);
  await expect(on.text.getByText("Right.", { exact: true })).toBeVisible();
  await expect(page.getByText(/^Step done/)).toHaveCount(0);

  await page.goto("/lessons");
  await expect(page.getByText(`1 of ${lesson.steps.length} steps done`)).toBeVisible();
  await page.getByRole("link", { name: lesson.title }).click();

  await on.shows(first);
  await listens(page);
  await playground.button("Reset this step").click();
  await playground.button("Keep it").click();
  await on.passed(first.checks[0]!);
  await playground.button("Reset this step").click();
  await playground.button("Forget what I did here").click();
  await expect(on.check(first.checks[0]!)).toContainText("To do: ");
  await page.reload();
  await on.shows(first);
  await expect(on.check(first.checks[0]!)).toContainText("To do: ");
});

test("a step keeps what its reader made of the experiment, and a run goes on while another is read", async ({
  page,
  playground,
}) => {
  const on = new LessonOnPage(playground, lesson);
  await on.open("first-run");
  await on.edit(() => playground.makeSmall({ images: 6000, epochs: 12 }));
  await playground.train.click();
  await expect(playground.log).toContainText("Epoch 2/12", { timeout: 60_000 });
  await page.getByRole("button", { name: /, all steps$/ }).click();
  await page.getByRole("menuitem", { name: stepOf("exercise-network").title }).click();
  await on.shows(stepOf("exercise-network"));
  await expect(page.getByText("This run is of “First run”. Train begins with “Exercise 1”.")).toBeVisible();
  await playground.finished();
  expect((await playground.printed()).epochs).toHaveLength(12);
  await page.goBack();
  await on.shows(stepOf("first-run"));
  await on.passed(stepOf("first-run").checks[0]!);
  await expect(on.check(stepOf("first-run").checks[1]!)).toContainText("To do: ");
  await playground.edit();
  await expect(playground.number("Images")).toHaveValue("6,000");
});

test("the address of a step opens it with its experiment; an address of none says so", async ({
  page,
  playground,
  expectedErrors,
}) => {
  expectedErrors.push(/404/);
  const on = new LessonOnPage(playground, lesson);
  await on.open("exercise-stopping");
  await playground.edit();
  await expect(page.getByRole("button", { name: /^Exercise 2\s*, start from another$/ })).toBeVisible();
  await expect(playground.button("Undo")).toBeDisabled();
  await on.open("no-such-step");
  const answer = await page.goto("/lessons/no-such-lesson");
  expect(answer!.status()).toBe(404);
});

test("everything goes by keys: steps, questions, parts of a line, T and ?", async ({ page, playground }) => {
  const on = new LessonOnPage(playground, lesson);
  await on.open();
  await small(on);
  await page.getByRole("heading", { name: first.title }).click();
  await page.keyboard.press("t");
  await playground.finished();
  await page.keyboard.press("Shift+?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await dialogListens(keys);
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();

  const { question, options } = quizOf(first.id);
  const quiz = on.text.getByRole("radiogroup", { name: question });
  const radios = quiz.getByRole("radio");
  await radios.first().focus();
  // Once around and on to the right one. A key is held until it has worked: the choice follows the focus only then.
  for (let at = 1; at <= options.findIndex(({ right }) => right) + options.length; at++) {
    await page.keyboard.down("ArrowDown");
    await expect(radios.nth(at % options.length)).toBeChecked();
    await page.keyboard.up("ArrowDown");
  }
  await on.passed(first.checks[0]!);
  await page.getByRole("link", { name: `Next: ${second.title}` }).focus();
  await page.keyboard.press("Enter");
  await on.shows(second);
  await expect(page.getByRole("heading", { name: second.title })).toBeFocused();

  await on.open("output");
  const parts = page.getByRole("tab");
  await parts.first().press("Enter");
  await expect(parts.first()).toHaveAttribute("aria-selected", "true");
  for (let at = 1; at < (await parts.count()); at++) {
    await page.keyboard.press("ArrowRight");
    await expect(parts.nth(at)).toBeFocused();
  }
  await on.passed(stepOf("output").checks[0]!);
});

test("where the browser remembers nothing, everything works and the page says so", async ({
  page,
  playground,
}) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("no", "QuotaExceededError");
    };
  });
  const on = new LessonOnPage(playground, lesson);
  await on.open();
  await on.answer(quizOf(first.id));
  await on.passed(first.checks[0]!);
  await expect(page.getByText(/^This browser does not let pages remember anything/)).toBeVisible();
});

test("nothing is wrong in light and dark: the list, steps with figures, a question, a comparison", async ({
  page,
  playground,
}) => {
  await page.goto("/lessons");
  await expect(page.getByRole("heading", { name: "Lessons" })).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  const on = new LessonOnPage(playground, lesson);
  await on.open();
  await on.answer(quizOf(first.id));
  expect(await violationsInBothSchemes(page)).toEqual([]);
  await small(on);
  await on.train();
  await on.open("output");
  await page.getByRole("tab").first().click();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  for (const id of ["improvement", "optimizers", "summary"]) {
    await on.open(id);
    await expect(page.getByText(/^Step \d+ of/)).toBeVisible();
    expect(await violationsInBothSchemes(page), id).toEqual([]);
  }
});

for (const [width, height] of [
  [390, 844],
  [320, 640],
] as const)
  test.describe(`on a screen of ${width}×${height}`, () => {
    test.use({ viewport: { width, height }, hasTouch: true, isMobile: true });

    test("every step fits, is large enough for a finger, and trains from the thumb", async ({
      page,
      playground,
    }) => {
      await page.goto("/lessons");
      await expect.poll(() => overflow(page)).toBe(0);
      await expect.poll(() => smallTargets(page)).toEqual([]);
      const on = new LessonOnPage(playground, lesson);
      for (const { id } of lesson.steps) {
        await on.open(id);
        await expect.poll(() => overflow(page), id).toBe(0);
        await expect.poll(() => smallTargets(page), id).toEqual([]);
        const { y, height: tall } = (await playground.train.boundingBox())!;
        expect(y + tall).toBeLessThanOrEqual(height);
        expect(y).toBeGreaterThan(height * 0.8);
      }
      await on.open("first-run");
      await small(on);
      await playground.train.tap();
      await playground.finished();
      await expect.poll(() => overflow(page)).toBe(0);
      await expect.poll(() => smallTargets(page)).toEqual([]);
    });
  });

/** What a page has asked for so far: whole addresses. */
function requestsOf(page: Page): string[] {
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));
  return urls;
}

test("formulas come set: no script of KaTeX, and its style and fonts from this server, on lessons alone", async ({
  page,
  playground,
  baseURL,
}) => {
  const urls = requestsOf(page);
  await playground.open();
  await page.waitForLoadState("networkidle");
  expect(urls.filter((url) => /katex/i.test(url))).toEqual([]);

  urls.length = 0;
  await new LessonOnPage(playground, lesson).open();
  await page.waitForLoadState("networkidle");
  await expect(page.locator(".katex").first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  expect(urls.filter((url) => /katex.*\.woff2/i.test(url)).length).toBeGreaterThan(0);
  expect(urls.filter((url) => !url.startsWith(baseURL!))).toEqual([]);
  for (const url of urls.filter((each) => /\.js(\?|$)/.test(each)))
    expect(await (await page.request.get(url)).text(), url).not.toContain("KaTeX parse error");
});
