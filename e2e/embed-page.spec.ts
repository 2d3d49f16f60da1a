// The teacher's page: what is chosen is what the preview shows and what the HTML says; by keyboard, and on a phone.
import { violations } from "./axe";
import { expect, test } from "./journey";
import { SharePanel } from "./sharing";
import { overflow, smallTargets } from "./small-screens";

test("a part of a lesson is chosen by keyboard, seen live, and taken along", async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/embed");
  const preview = page.locator("descent-playground").frameLocator("iframe");
  await expect(preview.getByRole("heading", { name: "First run" })).toBeVisible();

  await page.getByRole("tab", { name: "Experiment" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("combobox", { name: "Lesson" })).toBeVisible();
  for (const name of ["Lesson", "First step"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("combobox", { name })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("option").first()).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("option").nth(1)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("option")).toHaveCount(0);
  }
  await page.getByRole("checkbox", { name: "Layers" }).focus();
  await page.keyboard.press("Space");
  await expect(preview.getByRole("heading", { name: "Fit and history" })).toBeVisible();
  await page.getByRole("spinbutton", { name: "Height" }).fill("500");
  await page.keyboard.press("Enter");

  await page.getByRole("button", { name: "Copy HTML" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Copied.")).toBeVisible();
  const html = await page.evaluate(() => navigator.clipboard.readText());
  expect(html).toMatch(
    new RegExp(
      `^<script async src="${baseURL}/embed\\.js"></script>\\n<descent-playground lesson="fit-and-history" steps="2-\\d" lock="layers" style="display:block;height:500px">`,
    ),
  );
  const element = page.locator("descent-playground");
  expect((await element.boundingBox())!.height).toBe(500);
  await page.getByRole("tab", { name: "Plain frame" }).click();
  await expect(page.getByRole("textbox", { name: "HTML: plain frame" })).toHaveValue(
    /\/embed\/lesson\/fit-and-history\?lock=layers&amp;steps=2-\d"/,
  );
  expect(await violations(page)).toEqual([]);
});

test("the playground's own experiment comes along from Share, and what is none is refused", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.setNumber("Units of layer 2", 40);
  const panel = new SharePanel(page);
  await panel.open();
  const part = await panel.unfold("Embed");
  await part.getByRole("link", { name: "Locks, size, and packages for course sites" }).click();
  await expect(page).toHaveURL(/\/embed\?experiment=/);
  const html = page.getByRole("textbox", { name: "HTML: element" });
  await expect(html).toHaveValue(/experiment="1~First\.run~flatten_dense-40_/);
  const own = page.getByRole("textbox", { name: /^The link of an experiment/ });
  await own.fill("hello");
  await expect(own).toHaveAccessibleDescription(/This is no experiment/);
  await expect(html).toHaveCount(0);
});

test("a lesson's page says where its frame is to be had, and that answers with it", async ({
  request,
  baseURL,
}) => {
  const page = await (await request.get("/lessons/fit-and-history")).text();
  const [, href = ""] = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(page)!;
  const answer = await (await request.get(href)).json();
  expect(answer).toMatchObject({ version: "1.0", type: "rich", title: "Fit and history" });
  expect(answer.html).toContain(`<iframe src="${baseURL}/embed/lesson/fit-and-history"`);
});

for (const colorScheme of ["light", "dark"] as const)
  test.describe(`on a phone in ${colorScheme}`, () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme });

    test("everything fits, and is large enough for a finger", async ({ page }) => {
      await page.goto("/embed");
      await expect(page.locator("descent-playground iframe")).toBeVisible();
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        await expect.poll(() => overflow(page)).toBe(0);
        await expect.poll(() => smallTargets(page)).toEqual([]);
      }
      expect(await violations(page)).toEqual([]);
    });
  });
