// Every page on narrow and usual phones, on a tablet, and on a phone on its side: it fits, its targets are for fingers, and axe
// finds nothing. What else opens on them has journeys of its own.

import { experimentOf, formOf, publishable } from "../lib/runs/testing";
import { encodeExperiment } from "../lib/share/code";
import { violations } from "./axe";
import { expect, test } from "./journey";
import { overflow, SCREENS, smallTargets } from "./small-screens";

test.use({ viewport: SCREENS[1], hasTouch: true, isMobile: true });

test("every page fits every phone, is large enough for a finger, and is right to axe", async ({
  page,
  baseURL,
}) => {
  const experiment = experimentOf(Date.now() % 4_000_000_000);
  const { published, weights } = await publishable(experiment);
  const body = formOf(published, { weights });
  const { url } = await (await fetch(new URL("/api/runs", baseURL), { method: "POST", body })).json();
  const pages = [
    "/",
    `/x/${encodeExperiment(experiment)}`,
    url,
    "/leaderboard",
    "/leaderboard/scoring",
    "/lessons",
    "/lessons/training-optimization",
    "/lessons/loss-to-backpropagation",
  ];
  const softly = expect.configure({ soft: true });
  for (const path of pages) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    for (const screen of SCREENS) {
      await page.setViewportSize(screen);
      const where = `${path} at ${screen.width}×${screen.height}`;
      await softly.poll(() => overflow(page), where).toBe(0);
      await softly.poll(() => smallTargets(page), where).toEqual([]);
      if (screen === SCREENS[1]) softly(await violations(page), where).toEqual([]);
    }
  }
});
