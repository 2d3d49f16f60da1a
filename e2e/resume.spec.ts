// A run outlives its tab: the renderer is killed at random moments, and the next page goes on from what was kept, to the
// same weights. KILLS says how often; by hand 20.
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { expect, Playground, test } from "./journey";

const KILLS = Number(process.env.KILLS ?? 2);
/** A kill comes so long after the first step at the most; the work of that time must be kept but for five seconds. */
const LONGEST_LIFE_MS = 7000;
const MOST_LOST_MS = 5000;
/** Enough for every life, and some seconds more. */
const EPOCHS = 6 + Math.ceil(KILLS * (LONGEST_LIFE_MS / 1000) * 1.4);

interface Seen {
  at: number;
  epoch: number;
  step: number;
}

interface Life {
  playground: Playground;
  /** What the status line said, and when. */
  seen: Seen[];
}

/** A page in its own renderer, whose status line is written down here, where a kill does not reach it. */
async function live(context: BrowserContext): Promise<Life> {
  const page = await context.newPage();
  const seen: Seen[] = [];
  await page.exposeFunction("noteProgress", (epoch: number, step: number) => {
    seen.push({ at: Date.now(), epoch, step });
  });
  await page.addInitScript(() => {
    const look = () => {
      const text = document.getElementById("status")?.textContent ?? "";
      const [, epoch, step] = text.match(/Epoch (\d+) of \d+ · step ([\d,]+) of/) ?? [];
      const note = (window as unknown as { noteProgress(epoch: number, step: number): void }).noteProgress;
      if (epoch !== undefined) note(Number(epoch), Number(step!.replaceAll(",", "")));
    };
    setInterval(look, 50);
  });
  const playground = new Playground(page);
  await playground.open();
  return { playground, seen };
}

/** Ends every renderer at once, as the system does when it needs the memory. */
async function kill(browser: Browser, page: Page): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const crashed = page.waitForEvent("crash");
  for (const { type, id } of processInfo) if (type === "renderer") process.kill(id, "SIGKILL");
  await crashed;
  await session.detach();
  await page.close();
}

const offer = (page: Page) => page.getByRole("region", { name: "Unfinished run" });
const hashIn = async (playground: Playground) =>
  (await playground.lines()).find((line) => line.startsWith("Weights hash: "));

/** Where the page offers to go on; null where it offers nothing. */
async function offered(page: Page): Promise<Pick<Seen, "epoch" | "step"> | null> {
  try {
    await expect(offer(page)).toContainText("Continue from epoch", { timeout: 4000 });
  } catch {
    return null;
  }
  const [, epoch, step] = ((await offer(page).textContent()) ?? "").match(
    /Continue from epoch (\d+), step (\d+)/,
  )!;
  return { epoch: Number(epoch), step: Number(step) };
}

test("a run that is killed again and again loses seconds of work and ends in the same weights", async ({
  browser,
  context,
}) => {
  test.setTimeout(60_000 + 30_000 * KILLS);
  const straight = await live(context);
  await straight.playground.setNumber("Epochs", EPOCHS);
  await straight.playground.train.click();
  await straight.playground.finished(20_000 + 10_000 * KILLS);
  const hash = await hashIn(straight.playground);
  expect(hash).toMatch(/^Weights hash: [0-9a-f]{64}$/);
  const address = new URL(straight.playground.page.url());
  await straight.playground.page.close();

  let life = await live(context);
  await life.playground.open(address.pathname + address.search);
  await life.playground.train.click();
  let resumedAt = { epoch: 1, step: 0 };
  const losses: number[] = [];
  for (let kills = 0; kills < KILLS; kills++) {
    await expect.poll(() => life.seen.length, { timeout: 20_000 }).toBeGreaterThan(0);
    await life.playground.page.waitForTimeout(300 + (LONGEST_LIFE_MS - 300) * Math.random());
    const killedAt = Date.now();
    await kill(browser, life.playground.page);
    const { seen } = life;

    life = await live(context);
    await life.playground.open(address.pathname + address.search);
    const { page } = life.playground;
    const kept = (await offered(page)) ?? resumedAt;
    // The last moment at which no more was done than what is kept.
    const before = seen.findLast(
      ({ epoch, step }) => epoch < kept.epoch || (epoch === kept.epoch && step <= kept.step),
    );
    losses.push(killedAt - (before ?? seen[0]!).at);
    if (await offer(page).isVisible()) {
      await life.playground.button("Continue").click();
      await expect(life.playground.log).toContainText(
        `Continued from epoch ${kept.epoch}, step ${kept.step}`,
      );
      const { epochs } = await life.playground.printed();
      expect(epochs.length).toBeGreaterThanOrEqual(kept.epoch - 1);
      await expect(offer(page)).toBeHidden();
      resumedAt = kept;
    } else {
      // Killed before anything was kept: that is less than what may be lost.
      expect(resumedAt).toEqual({ epoch: 1, step: 0 });
      await life.playground.train.click();
    }
  }
  console.log(`Lost: ${losses.map((ms) => (ms / 1000).toFixed(1)).join(", ")} s`);
  for (const lost of losses) expect(lost).toBeLessThan(MOST_LOST_MS);

  const { epochs } = await life.playground.finished(20_000 + 10_000 * KILLS);
  expect(epochs).toHaveLength(EPOCHS);
  expect(await hashIn(life.playground)).toBe(hash);

  // It ended properly: there is nothing to go on with.
  const { page } = life.playground;
  await page.reload();
  await expect(life.playground.train).toBeEnabled();
  await page.waitForTimeout(1000);
  await expect(offer(page)).toBeHidden();
});

test("a second tab sees the run and takes it over, and the first one says so", async ({ context }) => {
  const first = await live(context);
  await first.playground.setNumber("Epochs", 400);
  await first.playground.train.click();
  await expect.poll(() => first.seen.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await first.playground.button("Pause").click();

  const second = await live(context);
  const { page } = second.playground;
  await expect(offer(page)).toContainText("is training in another tab");
  await second.playground.button("Take over").click();
  await expect(second.playground.log).toContainText("Continued from epoch");
  await expect.poll(() => second.seen.length, { timeout: 20_000 }).toBeGreaterThan(0);
  const { page: left } = first.playground;
  await expect(left.getByRole("alert").filter({ hasText: "goes on in another tab" })).toBeVisible();
  await expect(offer(left)).toContainText("is training in another tab");
  await second.playground.button("Reset").or(second.playground.button("Stop")).click();

  await page.reload();
  await expect(second.playground.train).toBeEnabled();
});
