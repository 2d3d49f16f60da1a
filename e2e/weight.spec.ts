// What a visit costs: scripts before the first click, data before the first training step.
import { expect, test } from "./journey";

const KILOBYTE = 1000;
/** A slow line, so that what arrived before the first step can be told from what arrived after it. */
const BYTES_PER_SECOND = 250 * KILOBYTE;

test("under 300 KB of gzipped scripts make the page clickable", async ({ page, playground }) => {
  const sizes = new Map<string, Promise<number>>();
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    sizes.set(
      request.url(),
      request.sizes().then(({ responseBodySize }) => responseBodySize),
    );
  });
  // Not a moment longer: what the page asks for once it rests is not counted.
  await page.goto("/");
  await expect(playground.train).toBeEnabled();
  await playground.formListens();
  const bytes = await Promise.all(sizes.values());
  expect(bytes.length).toBeGreaterThan(2);
  const total = bytes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(50 * KILOBYTE);
  expect(total).toBeLessThan(300 * KILOBYTE);
});

test("training starts with under 400 KB of data", async ({ page, playground }) => {
  // When the page showed the first step, and what had arrived by then: by the same clock, whoever looks when.
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (!/step [1-9][\d,]* /.test(document.getElementById("status")?.textContent ?? "")) return;
      Object.assign(window, { firstStepAt: Date.now() });
      observer.disconnect();
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
  const arrived: { at: number; bytes: number }[] = [];
  let line = Promise.resolve();
  await page.route(/\/local-blob\/files\/|\/api\/datasets\//, (route) => {
    // One after the other, as fast as the line is.
    line = line.then(async () => {
      const response = await route.fetch();
      const body = await response.body();
      await new Promise((resolve) => setTimeout(resolve, (1000 * body.length) / BYTES_PER_SECOND));
      arrived.push({ at: Date.now(), bytes: body.length });
      await route.fulfill({ response, body });
    });
    return line;
  });
  await playground.open();
  await playground.train.click();
  await expect(playground.log).toContainText("Loss before training:", { timeout: 60_000 });
  const firstStepAt = () => page.evaluate((): number => Object(window).firstStepAt ?? 0);
  await expect.poll(firstStepAt, { timeout: 60_000 }).toBeGreaterThan(0);
  const shownAt = await firstStepAt();
  const bytes = arrived.filter(({ at }) => at <= shownAt).reduce((sum, part) => sum + part.bytes, 0);
  expect(bytes).toBeGreaterThan(150 * KILOBYTE);
  expect(bytes).toBeLessThan(400 * KILOBYTE);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

test("the engine with its worker is under 80 KB gzipped, and nothing of TensorFlow.js comes with it", async ({
  page,
  playground,
}) => {
  await playground.open();
  const started = page.waitForEvent("worker");
  await playground.train.click();
  const worker = await started;
  await expect(playground.log).toContainText("Epoch 2/5", { timeout: 60_000 });
  const compressed = () =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).map(
      ({ name, encodedBodySize }) => [name, encodedBodySize] as const,
    );
  const own = (await page.evaluate(compressed)).filter(([url]) => url === worker.url());
  const loaded = (await worker.evaluate(compressed)).filter(([url]) => /\.(js|wasm)(\?|$)/.test(url));
  expect(own).toHaveLength(1);
  expect(loaded.some(([url]) => url.includes(".wasm"))).toBe(true);
  const total = [...own, ...loaded].reduce((sum, [, size]) => sum + size, 0);
  // TensorFlow.js alone would be more.
  expect(total).toBeGreaterThan(40 * KILOBYTE);
  expect(total).toBeLessThan(80 * KILOBYTE);
});
