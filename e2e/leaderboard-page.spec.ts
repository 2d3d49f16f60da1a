// The page of the boards, with the API's answers as they might be: every kind of entry, and names that are odd.
import type { Page } from "@playwright/test";
import { boardOfFourteen, hashOf, placedEntry } from "../lib/leaderboard/testing/placed";
import { recordWith } from "../lib/metrics/testing";
import { decodeExperiment } from "../lib/share/code";
import { stepsPerEpoch } from "../lib/spec/samples";
import { violations, violationsInBothSchemes } from "./axe";
import { expect, test } from "./journey";

const updatedAt = "2026-11-24T12:00:00.000Z";
const markup = "<img src=x onerror=alert(1)>";

/** Answers the board's questions; the first page of `accuracy` is followed by one more entry. */
async function answerWith(page: Page, entries = boardOfFourteen()): Promise<URL[]> {
  const asked: URL[] = [];
  await page.route(/\/api\/leaderboard\?/, (route) => {
    const url = new URL(route.request().url());
    asked.push(url);
    const board = url.searchParams.get("board");
    const device = url.searchParams.get("device");
    const more = url.searchParams.get("cursor") !== null;
    const last = placedEntry({ rank: 17, id: hashOf(99), player: "The last one" });
    return route.fulfill({
      json: {
        board,
        device,
        entries: (more ? [last] : entries).map((entry) => ({ ...entry, board })),
        nextCursor: more || entries.length === 0 || board !== "accuracy" ? null : "14",
        updatedAt,
      },
    });
  });
  return asked;
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("the boards are tabs for the keyboard, and the address follows", async ({ page }) => {
  const asked = await answerWith(page);
  await page.goto("/leaderboard");
  const tab = (name: string) => page.getByRole("tab", { name, exact: true });
  await expect(tab("Accuracy")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("row", { name: /Grace H\./ })).toBeVisible();
  await tab("Accuracy").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab("Golf")).toBeFocused();
  await expect(page).toHaveURL(/\/leaderboard\?board=golf$/);
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/\?board=speedrun$/);
  await expect(page).toHaveTitle("Speedrun · Leaderboard · Descent");
  await page.getByRole("radio", { name: "Phone" }).click();
  await expect(page).toHaveURL(/\?board=speedrun&device=phone$/);
  await expect.poll(() => asked.at(-1)!.searchParams.get("device")).toBe("phone");
  await page.goBack();
  await expect(page.getByRole("radio", { name: "Computer" })).toBeChecked();
  await page.goBack();
  await expect(tab("Golf")).toHaveAttribute("aria-selected", "true");
  await page.goto("/leaderboard?board=chess");
  await expect(page.getByText('board is "chess"; it must be')).toBeVisible();
});

test("every kind of entry is shown, with a line beneath the kept places", async ({ page }) => {
  await answerWith(page);
  await page.goto("/leaderboard?board=accuracy");
  const rows = page.getByRole("row");
  await expect(rows.filter({ hasText: /replayed/ })).toHaveCount(8);
  await expect(rows.filter({ hasText: "waits to be trained again" })).toHaveCount(3);
  await expect(page.getByText(/99.98 % of the official test images right/)).toBeVisible();
  const texts = await rows.allInnerTexts();
  const line = texts.findIndex((text) => text.startsWith("The first ten places are kept"));
  expect(texts[line]).toContain("2 of the ten are still free.");
  expect(texts[line - 1]).toMatch(/^8\s/);
  expect(texts[line + 1]).toMatch(/^11\s/);
  expect(await violationsInBothSchemes(page)).toEqual([]);

  await rows
    .nth(line + 2)
    .getByRole("button", { name: /^evaluated/ })
    .click();
  await expect(page.getByText(/rounds differently from device to device/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByRole("row", { name: /The last one/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Show more" })).toBeHidden();
});

test("an entry can be opened, forked and replayed", async ({ page, expectedErrors }) => {
  expectedErrors.push(/503/);
  await answerWith(page);
  const [entry] = boardOfFourteen();
  const experiment = entry!.experiment;
  const run = recordWith({ experiment, steps: stepsPerEpoch(experiment) });
  const weights = {
    encoding: "float32",
    sizeBytes: 4,
    sha256: hashOf(5),
    testAccuracy: 0.99,
    url: "/nowhere",
  };
  let down = true;
  await page.route(/\/api\/runs\//, (route) =>
    down
      ? route.fulfill({ status: 503, json: { error: { message: "The store does not answer." } } })
      : route.fulfill({ json: { id: entry!.run, version: 1, run, weights } }),
  );
  await page.goto("/leaderboard");
  const row = page.getByRole("row", { name: /^1 Ada/ });
  await expect(row.getByRole("link", { name: /^Open/ })).toHaveAttribute("href", `/r/${entry!.run}`);
  const fork = new URL(
    (await row.getByRole("link", { name: /^Fork/ }).getAttribute("href"))!,
    "http://localhost",
  );
  expect(decodeExperiment(fork.pathname.replace("/x/", ""))).toEqual(experiment);
  expect(fork.searchParams.get("from")).toBe(entry!.run);
  await row.getByRole("button", { name: /^Replay/ }).click();
  const dialog = page.getByRole("dialog", { name: "The entry of Ada" });
  await expect(dialog.getByText("The store does not answer.")).toBeVisible();
  down = false;
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByRole("button", { name: "Replay", exact: true })).toBeEnabled();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(row.getByRole("button", { name: /^Replay/ })).toBeFocused();
});

test("names are text, whatever is in them", async ({ page }) => {
  const names = [markup, "\u202Eadmin", "a\u0300\u0300\u0300\u0300\u0300", "ﷺ".repeat(24), "{{7*7}}"];
  await answerWith(
    page,
    names.map((player, index) =>
      placedEntry({ player, rank: index + 1, id: hashOf(index + 1), engine: markup }),
    ),
  );
  await page.goto("/leaderboard");
  for (const name of names) {
    const shown = page.locator("th bdi").filter({ hasText: name });
    await expect(shown.first()).toBeVisible();
  }
  expect(await page.locator("main img:not([aria-label])").count()).toBe(0);
  // What turns the writing round stays within its name.
  await expect(page.locator("th bdi").nth(1)).toHaveCSS("unicode-bidi", "isolate");
  await expect.poll(() => overflow(page)).toBe(0);
});

test("an empty board, a server that is slow and one that fails each say so", async ({
  page,
  expectedErrors,
}) => {
  expectedErrors.push(/503/);
  await answerWith(page, []);
  await page.goto("/leaderboard");
  await expect(
    page.getByText("No entry yet: train a network, then press Submit to leaderboard."),
  ).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await page.unrouteAll();
  const error = { code: "store_unavailable", message: "The store does not answer." };
  let answer: () => void = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/api\/leaderboard\?/, async (route) => {
    await slow;
    await route.fulfill({ status: 503, json: { error } });
  });
  await page.goto("/leaderboard?board=golf");
  await expect(page.getByText("Waiting for the server: the entries of Golf.")).toBeVisible();
  answer();
  await expect(page.getByText(error.message)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await answerWith(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("row", { name: /Grace H\./ })).toBeVisible();

  // Coming back to the page asks again: what was there stays.
  await page.unrouteAll();
  await page.route(/\/api\/leaderboard\?/, (route) => route.fulfill({ status: 503, json: { error } }));
  await expect(async () => {
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await expect(page.getByText("It could not be asked again: The store does not answer.")).toBeVisible({
      timeout: 500,
    });
  }).toPass();
  await expect(page.getByRole("row", { name: /Grace H\./ })).toBeVisible();
});

for (const width of [390, 320])
  test.describe(`on a screen of ${width} px`, () => {
    test.use({ viewport: { width, height: 700 }, hasTouch: true, isMobile: true });

    test("nothing scrolls sideways, and targets are large enough for a finger", async ({ page }) => {
      await answerWith(page);
      await page.goto("/leaderboard");
      const unfold = page.getByRole("button", { name: "More of Grace H." });
      await unfold.tap();
      await expect(unfold).toHaveAttribute("aria-expanded", "true");
      await expect(page.getByText("conv 16-32 · 128-10").locator("visible=true")).toHaveCount(1);
      for (const name of [/^Open/, /^Fork/]) await expect(page.getByRole("link", { name })).toHaveCount(1);
      const controls = page.locator("button, a[href], [role=tab], [role=radio]").locator("visible=true");
      for (const control of await controls.all()) {
        const { width: wide, height } = (await control.boundingBox())!;
        expect([await control.textContent(), wide >= 43.9, height >= 43.9]).toEqual([
          expect.anything(),
          true,
          true,
        ]);
      }
      await expect.poll(() => overflow(page)).toBe(0);
      if (width === 320) expect(await violations(page)).toEqual([]);

      await page.goto("/leaderboard/scoring");
      await expect(page.getByRole("heading", { level: 1, name: "How scoring works" })).toBeVisible();
      await expect.poll(() => overflow(page)).toBe(0);
      if (width === 320) expect(await violations(page)).toEqual([]);
    });
  });
