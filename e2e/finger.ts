// A finger on the screen, as the browser itself hears of one.
import type { Locator, Page } from "@playwright/test";

/** Where on a part of the page, in shares of its width and height. */
export type Place = readonly [across: number, down: number];

/** Runs in the page. What is stuck to an edge of the screen may cover a part that is within it. */
function uncover(part: Element): void {
  const { x, y, width, height } = part.getBoundingClientRect();
  const shown = part.ownerDocument.elementFromPoint(x + width / 2, y + height / 2);
  if (!part.contains(shown)) part.scrollIntoView({ block: "center", behavior: "instant" });
}

/** Brings a part of the page into sight. @returns where it is, once nothing that comes beside it moves it any more */
export async function restingBox(part: Locator) {
  await part.scrollIntoViewIfNeeded();
  for (let before = await part.boundingBox(); ; ) {
    await part.evaluate(uncover);
    await part.page().waitForTimeout(100);
    const box = await part.boundingBox();
    if (box !== null && JSON.stringify(box) === JSON.stringify(before)) return box;
    before = box;
  }
}

/** Puts a finger down, moves it along and lifts it. */
export async function draw(
  page: Page,
  on: Locator,
  [first, ...rest]: readonly [Place, ...Place[]],
): Promise<void> {
  const box = await restingBox(on);
  const at = ([across, down]: Place) => ({ x: box.x + across * box.width, y: box.y + down * box.height });
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", place?: Place) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: place === undefined ? [] : [at(place)] });
  await touch("touchStart", first);
  for (const place of rest) await touch("touchMove", place);
  await touch("touchEnd");
  await session.detach();
}
