// While it trains the page stays quick, and the engine holds no more after fifty epochs than after five.
import type { Page } from "@playwright/test";
import { expect, test } from "./journey";

interface LongTask {
  startMs: number;
  durationMs: number;
}

declare global {
  interface Window {
    longTasks: LongTask[];
  }
}

/** Notes every task of the page's own thread that takes over 50 ms. */
async function watchLongTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        window.longTasks.push({ startMs: startTime, durationMs: duration });
    }).observe({ type: "longtask", buffered: true });
  });
}

test("no task of the page's thread takes over 50 ms while it trains", async ({ page, playground }) => {
  await watchLongTasks(page);
  await playground.open();
  await page.waitForLoadState("networkidle");
  // The observer itself is seen to work before its silence is believed.
  await page.evaluate(() => {
    const until = performance.now() + 80;
    while (performance.now() < until);
  });
  await expect.poll(() => page.evaluate(() => window.longTasks.length)).toBeGreaterThan(0);

  await playground.setNumber("Images", 20_000);
  const startMs = await page.evaluate(() => performance.now());
  await playground.train.click();
  await playground.finished(200_000);
  const tasks = await page.evaluate(() => window.longTasks);
  expect(tasks.filter((task) => task.startMs > startMs)).toEqual([]);
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
