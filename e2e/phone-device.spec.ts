// A phone in a hand: a whole run by touch on a tablet and on a phone on its side, charts read and digits drawn by finger, the
// screen that stays on, a browser that stops the page, and one that saves data.
import type { Browser } from "@playwright/test";
import { draw } from "./finger";
import { expect, test } from "./journey";
import { overflow, smallTargets } from "./small-screens";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

for (const [device, viewport] of [
  ["a tablet", { width: 768, height: 1024 }],
  ["a phone on its side", { width: 844, height: 390 }],
] as const)
  test.describe(`on ${device}`, () => {
    test.use({ viewport });

    test("a whole run goes by touch: numbers typed, charts read, a digit drawn", async ({
      page,
      playground,
    }) => {
      await playground.open();
      await playground.edit("tap");
      await expect(playground.number("Epochs")).toHaveAttribute("inputmode", "numeric");
      await expect(playground.number("Learning rate")).toHaveAttribute("inputmode", "decimal");
      await playground.makeSmall({ images: 4000, epochs: 2 });
      await playground.button("Done").tap();
      const { y, height } = (await playground.train.boundingBox())!;
      expect(y + height).toBeLessThanOrEqual(viewport.height);
      await playground.train.tap();
      const { testAccuracy } = await playground.finished();
      expect(testAccuracy).toBeGreaterThan(0.8);

      const chart = page.getByRole("slider", { name: "Epoch to read the loss at" });
      await draw(page, chart, [
        [0.4, 0.5],
        [0.6, 0.5],
      ]);
      const reading = page
        .getByRole("figure")
        .filter({ hasText: "Loss" })
        .getByText(/^epoch \d\.\d\d$/);
      // What the finger hid is there to be read once it is lifted.
      await expect(reading).toBeVisible();
      await page.getByRole("heading", { name: "Training log" }).tap();
      await expect(reading).toBeHidden();

      const pad = page.getByRole("img", { name: /^Pad to draw on/ });
      const stroke = Array.from({ length: 9 }, (_, i) => [0.52 - 0.005 * i, 0.2 + 0.075 * i] as const);
      await draw(page, pad, [stroke[0]!, ...stroke.slice(1)]);
      await expect(page.getByText(/^Read as \d with confidence/)).toBeAttached();
      await expect.poll(() => overflow(page)).toBe(0);
      await expect.poll(() => smallTargets(page)).toEqual([]);
    });
  });

test("the screen stays on while it trains, and is asked for again when the page is seen again", async ({
  page,
  playground,
}) => {
  await page.addInitScript(() => {
    const locks: WakeLockSentinel[] = [];
    const request = WakeLock.prototype.request;
    WakeLock.prototype.request = async function (type) {
      const lock = await request.call(this, type);
      locks.push(lock);
      return lock;
    };
    Object.assign(window, { held: () => locks.map(({ released }) => !released) });
  });
  const held = () => page.evaluate(() => (window as unknown as { held(): boolean[] }).held());
  await playground.open();
  await playground.edit("tap");
  await playground.makeSmall({ images: 20_000, epochs: 200 });
  await playground.train.tap();
  await expect.poll(held).toEqual([true]);
  await playground.button("Pause").tap();
  await expect.poll(held).toEqual([false]);
  await playground.button("Resume").tap();
  await expect.poll(held).toEqual([false, true]);
  await playground.button("Stop").tap();
  await playground.finished();
  await expect.poll(held).toEqual([false, false]);
});

/** Stops the page's process as a phone's system does, and lets it go on. */
async function freeze(browser: Browser, ms: number): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  // The one that trains has computed the most.
  const { id } = renderers.reduce((a, b) => (b.cpuTime > a.cpuTime ? b : a));
  process.kill(id, "SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, ms));
  process.kill(id, "SIGCONT");
  await session.detach();
}

test("a page that was stopped out of sight says so, goes on, and does not count the time", async ({
  browser,
  page,
  playground,
}) => {
  const unable = process.platform === "win32";
  const reason = "Windows does not stop processes by a signal.";
  if (unable) console.log(reason);
  test.skip(unable, reason);
  await playground.open();
  await playground.edit("tap");
  // Long enough for a fast machine to be stopped before the end.
  await playground.makeSmall({ images: 10_000, epochs: 20 });
  await playground.train.tap();
  await expect(playground.log).toContainText("Epoch 2/20");
  await freeze(browser, 6500);
  await expect(
    page.getByText(/^Paused by the browser for \d+ s while this page was out of sight/),
  ).toBeVisible();
  const { epochs } = await playground.finished();
  expect(epochs).toHaveLength(20);
  const lines = await playground.lines();
  expect(lines.filter((line) => /^Paused by the browser for \d+ seconds\.$/.test(line))).toHaveLength(1);
  const seconds = lines.flatMap((line) => /^\d+\/\d+ - ([\d.]+)s/.exec(line)?.[1] ?? []).map(Number);
  expect(Math.max(...seconds)).toBeLessThan(6);
});

test("who saves data trains on the first images, and is asked before the rest comes", async ({
  page,
  playground,
}) => {
  await page.addInitScript(() => {
    const { connection } = navigator as unknown as { connection: object };
    Object.defineProperty(connection, "saveData", { get: () => true });
  });
  let bytes = 0;
  page.on("requestfinished", async (request) => {
    if (request.url().includes("/local-blob/files/")) bytes += (await request.sizes()).responseBodySize;
  });
  await playground.open();
  await playground.train.tap();
  const offer = page.getByRole("region", { name: "Saving data" });
  await expect(offer).toContainText(/only the first \d+ KB of MNIST digits were loaded/);
  await expect(page.getByText(/step [1-9][\d,]* /).first()).toBeAttached();
  expect(bytes).toBeLessThan(1_050_000);
  await offer.getByRole("button", { name: "Train on 5,000 images instead" }).tap();
  const { samples, testAccuracy } = await playground.finished();
  expect(samples.training).toBe(4000);
  expect(testAccuracy).toBeGreaterThan(0.85);
  expect(bytes).toBeLessThan(4_500_000);
  await expect(offer).toBeHidden();
});
