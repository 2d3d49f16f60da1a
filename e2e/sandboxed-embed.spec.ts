// An embed in the frame of a site that trusts nobody, in a browser that refuses storage to other sites' frames: it trains
// all the same, and says what is not kept.
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { chromium, type FrameLocator, type Page } from "@playwright/test";
import { encodeExperiment } from "../lib/share/code";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { launchOptions } from "../scripts/lib/launch.mjs";
import { expect, listens, readLog, test } from "./journey";

const embed = `/embed/${encodeExperiment(
  parseExperiment({
    ...firstRun,
    dataset: { id: "mnist", classes: null, trainLimit: 1000 },
    validation: { split: 0, from: "first" },
    training: { epochs: 1, batchSize: 32, shuffle: true },
  }),
)}`;

/**
 * Opens a page with the embed in a sandboxed frame.
 * @param host where it is: localhost is the embed's own site on another port, 127.0.0.1 is another site
 */
async function frameIn(page: Page, baseURL: string, host: "localhost" | "127.0.0.1"): Promise<FrameLocator> {
  const course = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(
      `<title>Course</title><iframe sandbox="allow-scripts allow-same-origin" src="${baseURL}${embed}" width="1100" height="900"></iframe>`,
    );
  });
  await new Promise<void>((resolve) => course.listen(0, host, resolve));
  await page.goto(`http://${host}:${(course.address() as AddressInfo).port}/`);
  page.once("close", () => course.close());
  return page.frameLocator("iframe");
}

async function trainIn(frame: FrameLocator): Promise<void> {
  await frame.getByRole("button", { name: "Open the playground here" }).click();
  const train = frame.getByRole("button", { name: "Train", exact: true });
  await expect(train).toBeEnabled();
  await listens(frame);
  await train.click();
  const log = frame.getByRole("log", { name: "Training log" });
  await expect(log).toContainText("Test loss:", { timeout: 60_000 });
  expect(readLog((await log.allInnerTexts()).join("\n")).testAccuracy).toBeGreaterThan(0.7);
}

const notKept = /Not kept in this browser: (.+)\. It refuses storage to this frame/;

test("an embed works in a sandboxed frame, without cross-origin isolation, and keeps what it always keeps", async ({
  page,
  baseURL,
}) => {
  const frame = await frameIn(page, baseURL!, "localhost");
  await trainIn(frame);
  await expect(frame.getByText(notKept)).toHaveCount(0);
  const inner = page.frames()[1]!;
  expect(await inner.evaluate(() => [globalThis.crossOriginIsolated, location.origin])).toEqual([
    false,
    new URL(baseURL!).origin,
  ]);
});

test("where the browser refuses storage to other sites' frames, it trains, and says what is not kept", async ({
  baseURL,
}, testInfo) => {
  const profile = testInfo.outputPath("profile");
  mkdirSync(join(profile, "Default"), { recursive: true });
  writeFileSync(
    join(profile, "Default", "Preferences"),
    JSON.stringify({ profile: { block_third_party_cookies: true, cookie_controls_mode: 1 } }),
  );
  const context = await chromium.launchPersistentContext(
    profile,
    launchOptions(process.env.CHROMIUM_PATH, []),
  );
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    const frame = await frameIn(page, baseURL!, "127.0.0.1");
    await trainIn(frame);
    await expect(frame.getByRole("status").filter({ hasText: notKept })).toContainText(
      "runs, lesson progress and settings, downloaded images",
    );
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
});
