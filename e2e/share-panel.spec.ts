// The share panel: what leaves the playground comes back as it was, in another browser, from a link, a file, a code on
// the wall or a published page.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { violationsOfAnyRule } from "./axe";
import { restingBox } from "./finger";
import { dialogListens, expect, type Playground, test } from "./journey";
import { elsewhere, SharePanel } from "./sharing";

const TARGET_PX = 44;

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** An experiment that differs from the first one in its title, its layers and its training. */
async function change(playground: Playground, panel: SharePanel): Promise<void> {
  await playground.setNumber("Units of layer 2", 40);
  await playground.from("Add augmentation", "Rotate");
  await playground.choose("Optimizer", "SGD");
  await panel.open();
  await panel.text("Title, for previews of the link").fill("Größe 7 & <b>");
}

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

test("a copied link opens as the same experiment in another browser, and trains nothing", async ({
  page,
  playground,
  browser,
  baseURL,
}) => {
  await playground.open();
  const panel = new SharePanel(page);
  await change(playground, panel);
  // The title is handed in when its field is left, so that the link that is copied has it.
  await panel.button("Copy link").click();
  await expect(panel.dialog.getByText("Copied.")).toBeVisible();
  const link = await clipboard(page);
  await expect(panel.text("Link")).toHaveValue(link);
  await expect(panel.dialog).toContainText(`${link.length} characters.`);
  const json = await panel.json();
  expect(JSON.parse(json)).toMatchObject({ title: "Größe 7 & <b>", optimizer: { kind: "sgd" } });

  const other = await elsewhere(browser, baseURL);
  await other.playground.open(link);
  await expect(other.playground.number("Units of layer 2")).toHaveValue("40");
  await expect(other.playground.log).not.toContainText("Training samples");
  await other.panel.open();
  expect(await other.panel.json()).toBe(json);
  await other.close();
});

test("without a clipboard the link is selected, to be copied by hand", async ({ page, playground }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await playground.open();
  const panel = new SharePanel(page);
  await panel.open();
  await panel.button("Copy link").click();
  await expect(panel.dialog.getByRole("status").filter({ hasText: /^Selected: copy it with/ })).toBeVisible();
  await expect(panel.text("Link")).toBeFocused();
  const selected = await panel.text("Link").evaluate((field) => {
    const { value, selectionStart, selectionEnd } = field as HTMLTextAreaElement;
    return value.slice(selectionStart, selectionEnd);
  });
  expect(selected).toBe(await panel.text("Link").inputValue());
});

test("where the device can share, it is handed the link and its title", async ({ page, playground }) => {
  // Headless browsers share with nobody: what the page asks of the device is noted.
  await page.addInitScript(() => {
    const noted: unknown[] = [];
    Object.assign(window, { noted });
    Object.defineProperty(navigator, "share", { value: async (data: unknown) => void noted.push(data) });
  });
  await playground.open();
  const panel = new SharePanel(page);
  await panel.open();
  await panel.button("Share with …").click();
  const url = await panel.text("Link").inputValue();
  await expect.poll(() => page.evaluate(() => Object(window).noted)).toEqual([{ title: "First run", url }]);
});

test("the QR code fills the screen, black on white in the dark too, and Escape closes it alone", async ({
  page,
  playground,
}) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await playground.open();
  const panel = new SharePanel(page);
  await panel.open();
  await panel.button("Show QR code large").click();
  const large = page.getByRole("dialog", { name: "QR code" });
  const picture = large.getByRole("img", { name: /^QR code of / });
  await expect(large).toHaveCSS("background-color", "rgb(255, 255, 255)");
  await expect(picture.locator("path")).toHaveAttribute("fill", "#000");
  const { height, width } = (await picture.boundingBox())!;
  expect(height).toBeGreaterThan(800);
  expect(width).toBe(height);
  // Around it is the room that readers need: four modules on each side.
  const [left = 0, , side = 0] = (await picture.getAttribute("viewBox"))!.split(" ").map(Number);
  expect(left).toBe(-4);
  expect(height / side).toBeGreaterThan(15);
  await expect(large).toContainText("/x/1~First.run~");
  await dialogListens(large);

  await page.keyboard.press("Escape");
  await expect(large).toBeHidden();
  await expect(panel.dialog).toBeVisible();
  await expect(panel.button("Show QR code large")).toBeFocused();
});

test("the JSON that is downloaded opens as the same experiment where it is dropped", async ({
  page,
  playground,
  browser,
  baseURL,
}) => {
  await playground.open();
  const panel = new SharePanel(page);
  await change(playground, panel);
  const json = await panel.json();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    panel.dialog.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("experiment-größe-7-b.json");
  const file = await readFile(await download.path(), "utf8");
  expect(file).toBe(json);

  const other = await elsewhere(browser, baseURL);
  await other.playground.open();
  await other.panel.open();
  // Cut short it is refused, at the field that takes anything.
  await other.panel.drop(other.panel.button("Copy link"), "half.json", file.slice(0, 100));
  const sentence = "This begins like JSON but cannot be read as JSON; a part of it may be missing.";
  await expect(other.panel.dialog.getByText(sentence)).toBeInViewport();
  await other.panel.drop(other.panel.button("Copy link"), "whole.json", file);
  await expect(other.panel.dialog).toBeHidden();
  await expect(other.playground.number("Units of layer 2")).toHaveValue("40");
  await other.panel.open();
  expect(await other.panel.json()).toBe(json);
  await other.close();
});

test("what is no experiment is refused in one sentence and changes nothing", async ({ page, playground }) => {
  await playground.open();
  const panel = new SharePanel(page);
  await panel.open();
  const before = await panel.json();
  const part = await panel.unfold("Open an experiment");
  for (const [text, sentence] of [
    ["hello", "This is no experiment; it must be an experiment's JSON, its link or its code."],
    [
      before.replace('"seed": 1', '"seed": -1'),
      "seed is -1; it must be a whole number from 0 to 4294967295.",
    ],
    ["", "There is nothing to open; it must be an experiment's JSON, its link or its code."],
  ] as const) {
    await panel.pasted.fill(text);
    await part.getByRole("button", { name: "Open" }).click();
    await expect(panel.pasted).toHaveAccessibleDescription(`Error: ${sentence}`);
    await expect(panel.pasted).toHaveAttribute("aria-invalid", "true");
    expect(await panel.json()).toBe(before);
  }
  const [, code] = /\/x\/(.+)$/.exec(await panel.text("Link").inputValue())!;
  await panel.pasted.fill(code!.replace("dense-128", "dense-77"));
  await expect(panel.pasted).toHaveAttribute("aria-invalid", "false");
  await part.getByRole("button", { name: "Open" }).click();
  await expect(panel.dialog).toBeHidden();
  await expect(playground.number("Units of layer 2")).toHaveValue("77");
});

test("the HTML for other pages is one frame, whatever the title says", async ({ page, playground }) => {
  await playground.open();
  const panel = new SharePanel(page);
  await panel.open();
  const title = `"><script>document.title="x"</script>`;
  await panel.text("Title, for previews of the link").fill(title);
  await panel.unfold("Embed");
  const html = await panel.text("HTML").inputValue();
  const read = await page.evaluate((text) => {
    const { body } = new DOMParser().parseFromString(text, "text/html");
    const [frame] = body.children;
    const attributes = Object.fromEntries([...frame!.attributes].map(({ name, value }) => [name, value]));
    return { children: body.childNodes.length, tag: frame!.tagName, attributes };
  }, html);
  expect(read).toMatchObject({ children: 1, tag: "IFRAME", attributes: { title } });
  await page.goto(read.attributes.src!);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
});

test("a trained network travels in a link and in a published run; publishing it twice gives one page", async ({
  page,
  playground,
  browser,
  baseURL,
}) => {
  await playground.open();
  const panel = new SharePanel(page);
  await panel.open();
  await expect(await panel.unfold("Published run")).toContainText("Train first");
  await expect(await panel.unfold("Trained model")).toContainText("Train first");
  await page.keyboard.press("Escape");

  await playground.train.click();
  const { testAccuracy } = await playground.finished(200_000);
  await panel.open();
  // A title that is given after the run is the title of what is shared of it.
  const model = await panel.unfold("Trained model");
  await panel.text("Title, for previews of the link").fill("Monday's network");
  await model.getByRole("button", { name: "Copy link with the trained model" }).click();
  await expect(model.getByText("Copied.")).toBeVisible({ timeout: 60_000 });
  const link = await clipboard(page);
  expect(link.length).toBeLessThan(72_000);
  expect(link).toContain("/x/1~Monday_27s.network~");
  const said = /4-bit weights: (0\.\d+) on the test images instead of (0\.\d+); ([\d,]+) characters\./;
  await expect(model).toContainText(said);
  const [, short, trained, characters] = said.exec((await model.textContent())!)!;
  expect(Number(trained)).toBeCloseTo(testAccuracy, 4);
  expect(Math.abs(Number(short) - testAccuracy)).toBeLessThan(0.00105);
  expect(characters!.replace(",", "")).toBe(String(link.length));

  const run = await panel.unfold("Published run");
  for (const part of ["Experiment", "History", "Engine and device", "Date", "Weights"])
    await expect(run.getByRole("term").filter({ hasText: part })).toHaveCount(1);
  const publish = run.getByRole("button", { name: "Publish this run" });
  await publish.click();
  await expect(run.getByText("Published. This is its page:")).toBeVisible({ timeout: 60_000 });
  await expect(run).toContainText(/8-bit weights, 1\d\d KB: 0\.\d{4} → 0\.\d{4} on the test images\./);
  await expect(run.getByRole("button", { name: "Copy address" })).toBeFocused();
  const address = await run.getByRole("textbox", { name: "Address of the page" }).inputValue();
  expect(address).toMatch(/\/r\/[0-9a-f]{64}$/);
  await expect(run.getByRole("link", { name: "Open" })).toHaveAttribute("href", address);
  await page.keyboard.press("Escape");
  await panel.open();
  await panel.unfold("Published run");
  await publish.click();
  await expect(run.getByText("Already published. This is its page:")).toBeVisible({ timeout: 60_000 });
  await expect(run.getByRole("textbox", { name: "Address of the page" })).toHaveValue(address);

  const other = await elsewhere(browser, baseURL);
  await other.playground.page.goto(address);
  await expect(other.playground.page.getByRole("heading", { level: 1 })).toHaveText("Monday's network");
  await other.playground.open();
  await other.panel.open();
  const opening = await other.panel.unfold("Open an experiment");
  await other.panel.pasted.fill(link);
  await opening.getByRole("button", { name: "Open" }).click();
  await expect(other.panel.dialog).toBeHidden();
  await expect(other.playground.page.getByRole("img", { name: /^Test image/ })).toHaveCount(8);
  await other.close();
});

test("a run that cannot be sent says so in one sentence, and can be sent again", async ({
  page,
  playground,
  expectedErrors,
}) => {
  expectedErrors.push(/api\/runs/);
  await playground.open();
  await playground.makeSmall({ images: 500 });
  await playground.train.click();
  await playground.finished();
  const panel = new SharePanel(page);
  await panel.open();
  const run = await panel.unfold("Published run");
  await page.route("**/api/runs", (route) => route.abort());
  await run.getByRole("button", { name: "Publish this run" }).click();
  await expect(run).toContainText("The server could not be reached: check the connection, then try again.");
  await page.unroute("**/api/runs");
  await run.getByRole("button", { name: "Try again" }).click();
  await expect(run.getByRole("textbox", { name: "Address of the page" })).toBeVisible();
});

test("everything is reached by keyboard, the link first, and the focus goes back where it was", async ({
  page,
  playground,
}) => {
  await playground.open();
  const share = playground.button("Share");
  await share.focus();
  await page.keyboard.press("Enter");
  const panel = new SharePanel(page);
  await expect(panel.button("Copy link")).toBeFocused();
  for (const next of [panel.text("Title, for previews of the link"), panel.button("Show QR code large")]) {
    await page.keyboard.press("Tab");
    await expect(next).toBeFocused();
  }
  for (const name of [
    "Trained model",
    "Published run",
    "Embed",
    "Experiment as JSON",
    "Open an experiment",
  ]) {
    await page.keyboard.press("Tab");
    await expect(panel.button(name)).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(panel.pasted).toBeFocused();
  // Keys of the page do nothing here.
  await panel.button("Copy link").focus();
  await page.keyboard.press("t");
  await page.keyboard.press("Escape");
  await expect(panel.dialog).toBeHidden();
  await expect(share).toBeFocused();
  await expect(playground.log).not.toContainText("Training samples");
});

for (const colorScheme of ["light", "dark"] as const)
  test.describe(`on a phone in ${colorScheme}`, () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme });

    test("nothing is wrong for axe, everything fits and is large enough for a finger", async ({
      page,
      playground,
    }) => {
      await playground.open();
      const panel = new SharePanel(page);
      await panel.open();
      for (const name of [
        "Trained model",
        "Published run",
        "Embed",
        "Experiment as JSON",
        "Open an experiment",
      ])
        await panel.unfold(name);
      await panel.pasted.fill("hello");
      await panel.button("Open").tap();
      await expect(panel.pasted).toHaveAttribute("aria-invalid", "true");
      expect(await violationsOfAnyRule(page, ["[role=dialog]"])).toEqual([]);

      const controls = panel.dialog.locator("button, a[href], input, textarea");
      const small = await controls.evaluateAll((all, smallest) => {
        const sizes = all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect());
        return sizes.filter(({ width, height }) => width < smallest || height < smallest);
      }, TARGET_PX);
      expect(small).toEqual([]);
      const sheet = await restingBox(panel.dialog);
      expect([sheet.x, sheet.width, sheet.y + sheet.height]).toEqual([0, 390, 844]);
      expect(await panel.dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(
        0,
      );
    });
  });
