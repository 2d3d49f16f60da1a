// A run outlives its tab: the renderer is killed at random moments, and the next page goes on from what was kept, to the
// same weights. KILLS says how often; by hand 20.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { encodeExperiment } from "../lib/share/code";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { expect, Playground, test } from "./journey";

const KILLS = Number(process.env.KILLS ?? 2);
const MOST_LOST_MS = 5000;
/** The first life is long enough for something to be kept; any other may end at once. */
const FIRST_LIFE_MS = { from: 4200, to: 5000 };
const LIFE_MS = { from: 0, to: 3000 };
/** Enough for every life on a fast machine. */
const EPOCHS = 8 + 10 * KILLS;

const spec = parseExperiment({ ...firstRun, training: { ...firstRun.training, epochs: EPOCHS } });
const address = `/x/${encodeExperiment(spec)}`;

/** What an uninterrupted run comes to, in Node. */
async function hashWithoutKills(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "descent-resume-"));
  const file = join(folder, "run.json");
  try {
    await writeFile(file, JSON.stringify(spec));
    const tsx = join("node_modules", "tsx", "dist", "cli.mjs");
    const args = [tsx, "scripts/replay.ts", file, "--json"];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout).hash;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

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
  await playground.open(address);
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
/** Where the page offers to go on; null where it offers nothing. */
async function offered(page: Page): Promise<Pick<Seen, "epoch" | "step"> | null> {
  try {
    await expect(offer(page)).toContainText("Continue from epoch", { timeout: 15_000 });
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
  test.setTimeout(180_000 + 60_000 * KILLS);
  const wanted = hashWithoutKills();
  let life = await live(context);
  await life.playground.train.click();
  let resumedAt = { epoch: 1, step: 0 };
  const losses: number[] = [];
  for (let kills = 0; kills < KILLS; kills++) {
    await expect.poll(() => life.seen.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const { from, to } = kills === 0 ? FIRST_LIFE_MS : LIFE_MS;
    await life.playground.page.waitForTimeout(from + (to - from) * Math.random());
    const killedAt = Date.now();
    await kill(browser, life.playground.page);
    const { seen } = life;

    life = await live(context);
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

  const { epochs } = await life.playground.finished(60_000 + 30_000 * KILLS);
  expect(epochs).toHaveLength(EPOCHS);
  expect(await life.playground.lines()).toContain(`Weights hash: ${await wanted}`);

  // It ended properly: there is nothing to go on with.
  const { page } = life.playground;
  await life.playground.reload();
  await page.waitForTimeout(1000);
  await expect(offer(page)).toBeHidden();
});

test("a second tab sees the run and takes it over, and the first one says so", async ({ context }) => {
  const first = await live(context);
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
  await second.playground.button("Stop").click();
  await second.playground.finished();
});
