// A finger on the screen, as the browser itself hears of one.
import type { Locator, Page } from "@playwright/test";

/** Where on a part of the page, in shares of its width and height. */
export type Place = readonly [across: number, down: number];

/** Puts a finger down, moves it along and lifts it. */
export async function draw(
  page: Page,
  on: Locator,
  [first, ...rest]: readonly [Place, ...Place[]],
): Promise<void> {
  await on.scrollIntoViewIfNeeded();
  const box = (await on.boundingBox())!;
  const at = ([across, down]: Place) => ({ x: box.x + across * box.width, y: box.y + down * box.height });
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", place?: Place) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: place === undefined ? [] : [at(place)] });
  await touch("touchStart", first);
  for (const place of rest) await touch("touchMove", place);
  await touch("touchEnd");
  await session.detach();
}
