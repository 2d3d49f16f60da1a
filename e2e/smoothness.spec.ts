// While it trains the page stays quick, and the engine holds no more after fifty epochs than after five.
import { trainingOptimization } from "../lib/lessons/training-optimization";
import { expect, test } from "./journey";
import { LessonOnPage } from "./lesson-walk";
import { longTasksDuring } from "./long-tasks";

test("no task of the page's thread takes over 50 ms while it trains", async ({
  browser,
  page,
  playground,
}) => {
  await playground.open();
  await page.waitForLoadState("networkidle");
  // The measurement is seen to work before its silence is believed.
  const spinning = await longTasksDuring(browser, page, () =>
    page.evaluate(() => {
      const until = performance.now() + 500;
      while (performance.now() < until);
    }),
  );
  expect(Math.max(...spinning.map(({ cpuMs }) => cpuMs))).toBeGreaterThan(50);

  const tasks = await longTasksDuring(browser, page, async () => {
    await playground.train.click();
    await playground.finished(200_000);
  });
  expect(tasks.filter(({ cpuMs }) => cpuMs > 50)).toEqual([]);
});

test("no task of a lesson's page takes over 50 ms while it trains", async ({ browser, page, playground }) => {
  const on = new LessonOnPage(playground, trainingOptimization);
  await on.open("first-run");
  await page.waitForLoadState("networkidle");
  const tasks = await longTasksDuring(browser, page, async () => {
    await playground.train.click();
    await playground.finished(200_000);
  });
  expect(tasks.filter(({ cpuMs }) => cpuMs > 50)).toEqual([]);
  await on.passed(trainingOptimization.steps[1]!.checks[0]!);
});

test("the engine holds as many tensors after 50 epochs as after 5", async ({ page, playground }) => {
  const tensors = async () => {
    const text = await page.getByText(/^Engine memory: [\d,]+ tensors/).textContent();
    return Number(text?.match(/([\d,]+) tensors/)?.[1]?.replaceAll(",", ""));
  };
  await playground.open();
  await playground.makeSmall({ images: 500, epochs: 5 });
  await playground.choose("Engine", "TensorFlow.js WebAssembly");
  await playground.train.click();
  await playground.finished();
  const afterFive = await tensors();
  expect(afterFive).toBeGreaterThan(0);

  const { epochs } = await playground.continueFor(45);
  expect(epochs).toHaveLength(50);
  expect(await tensors()).toBe(afterFive);
});
