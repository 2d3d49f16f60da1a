// Strokes of the mouse on the pad, and how long the page takes to answer them, by its own clock.
import type { Locator, Page } from "@playwright/test";
import { type Place, restingBox } from "./finger";

declare global {
  interface Window {
    /** When the newest stroke was heard of, and what was answered since the page began to watch. */
    drawing: { strokeAt: number; answers: { at: number; ms: number }[] };
  }
}

/** Draws strokes with the mouse, each through its places. */
export async function drawStrokes(
  page: Page,
  pad: Locator,
  strokes: readonly (readonly Place[])[],
): Promise<void> {
  const { x, y, width, height } = await restingBox(pad);
  for (const [first, ...rest] of strokes) {
    await page.mouse.move(x + first![0] * width, y + first![1] * height);
    await page.mouse.down();
    for (const [across, down] of rest)
      await page.mouse.move(x + across * width, y + down * height, { steps: 6 });
    await page.mouse.up();
  }
}

/** Notes from now on when strokes are drawn and when they are answered. */
export async function watchAnswers(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.drawing = { strokeAt: 0, answers: [] };
    for (const type of ["pointerdown", "pointermove"] as const)
      addEventListener(
        type,
        (event) => {
          if (event.buttons !== 0 && event.target instanceof HTMLCanvasElement)
            window.drawing.strokeAt = event.timeStamp;
        },
        true,
      );
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntriesByName("drawing answered"))
        window.drawing.answers.push({ at: startTime, ms: duration });
    }).observe({ type: "measure" });
  });
}

/**
 * Draws `count` strokes, one after the other.
 * @returns from the last that was heard of each to the frame that shows what it is read as, in ms, the shortest first
 */
export async function answerTimes(page: Page, count: number): Promise<number[]> {
  const pad = page.getByRole("img", { name: /^Pad to draw on/ });
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const slant = 0.04 * (i % 4);
    await drawStrokes(page, pad, [
      [
        [0.5 + slant, 0.2],
        [0.45 - slant, 0.8],
      ],
    ]);
    const answer = await page.waitForFunction(() => {
      const { strokeAt, answers } = window.drawing;
      return answers.find(({ at }) => Math.abs(at - strokeAt) < 0.01)?.ms;
    });
    times.push(Math.round((await answer.jsonValue())!));
    await page.getByRole("button", { name: "Clear", exact: true }).click();
  }
  return times.sort((a, b) => a - b);
}

/** A digit as a hand draws it: two strokes of half a second each, a look at what they are read as, and a clean sheet. */
export async function drawAtHumanPace(page: Page): Promise<void> {
  const pad = page.getByRole("img", { name: /^Pad to draw on/ });
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await pad.boundingBox())!;
  for (const [from, to] of [
    [0.3, 0.7],
    [0.7, 0.3],
  ] as const) {
    await page.mouse.move(x + from * width, y + 0.2 * height);
    await page.mouse.down();
    for (let part = 1; part <= 25; part++) {
      await page.waitForTimeout(20);
      await page.mouse.move(
        x + (from + ((to - from) * part) / 25) * width,
        y + (0.2 + (0.6 * part) / 25) * height,
      );
    }
    await page.mouse.up();
    await page.waitForTimeout(300);
  }
  await page.waitForTimeout(500);
  await page.getByRole("button", { name: "Clear", exact: true }).click();
}
