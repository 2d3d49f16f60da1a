// The address follows the experiment, and Back and Forward go between experiments, whatever the page is doing.
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { lenet5 } from "../lib/spec/presets/lenet5";
import { expect, test } from "./journey";
import { addressOf, pathOf, titled } from "./sharing";

const first = parseExperiment(firstRun);
const lenet = parseExperiment(lenet5.experiment);

test("the address follows the edits without a step back for each, and a reload keeps them", async ({
  page,
  playground,
}) => {
  await playground.open();
  const steps = await page.evaluate(() => history.length);
  await page.waitForTimeout(500);
  expect(addressOf(page)).toBe("/");

  await playground.setNumber("Units of layer 2", 77);
  await playground.setNumber("Epochs", 2);
  const edited = parseExperiment({
    ...firstRun,
    layers: firstRun.layers.with(1, { kind: "dense", units: 77, activation: "relu" }),
    training: { epochs: 2 },
  });
  await expect.poll(() => addressOf(page)).toBe(pathOf(edited));
  await playground.button("Undo").click();
  await expect.poll(() => addressOf(page)).toBe(pathOf({ ...edited, training: first.training }));
  await playground.button("Redo").click();
  await expect.poll(() => addressOf(page)).toBe(pathOf(edited));
  expect(await page.evaluate(() => history.length)).toBe(steps);

  await playground.reload();
  await expect(playground.number("Units of layer 2")).toHaveValue("77");
  await expect(playground.number("Epochs")).toHaveValue("2");
});

test("Back and Forward go between experiments within the page", async ({ page, playground }) => {
  await playground.open();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.documentElement.setAttribute("data-same", ""));
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest() || request.url().includes("_rsc")) fetched.push(request.url());
  });
  const units = (value: string) => expect(playground.number("Units of layer 2")).toHaveValue(value);
  const title = (name: string) => titled(page, name);

  await playground.startFrom("Convolutional network");
  await playground.setNumber("Seed", 7);
  await playground.startFrom("LeNet-5");
  await expect.poll(() => addressOf(page)).toBe(pathOf(lenet));
  await page.goBack();
  await title("Convolutional network");
  // The edit before the step belongs to the experiment that it was made in.
  await expect(playground.number("Seed")).toHaveValue("7");
  await page.goBack();
  await title("First run");
  expect(addressOf(page)).toBe("/");
  await page.goForward();
  await title("Convolutional network");
  await page.goForward();
  await title("LeNet-5");
  expect(addressOf(page)).toBe(pathOf(lenet));
  await page.goBack();
  await page.goBack();
  await units("128");
  expect(fetched).toEqual([]);
  await expect(page.locator("html")).toHaveAttribute("data-same", "");

  // Undo knows of the way, too: Back is a change like any other.
  await playground.button("Undo").click();
  await title("Convolutional network");
});

test("Back works after a reload in the middle of the way", async ({ page, playground }) => {
  await playground.open();
  await playground.startFrom("Convolutional network");
  await playground.startFrom("LeNet-5");
  await page.reload();
  await expect(playground.train).toBeEnabled();
  await page.goBack();
  await titled(page, "Convolutional network");
  await page.goBack();
  await titled(page, "First run");
  await page.goForward();
  await page.goForward();
  await titled(page, "LeNet-5");
});

test("Back is heard that was pressed before the page's scripts ran", async ({ page, playground }) => {
  await playground.open();
  await playground.startFrom("Convolutional network");
  await playground.startFrom("LeNet-5");
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route("**/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.reload({ waitUntil: "commit" });
  await titled(page, "LeNet-5");
  await page.evaluate(() => history.back());
  await expect.poll(() => new URL(page.url()).pathname).toContain("/x/1~Convolutional.network~");
  release();
  await titled(page, "Convolutional network");
  await expect(playground.train).toBeEnabled();
});

test("Back is heard that was pressed while the page's scripts began to run", async ({ page, playground }) => {
  const devtools = await page.context().newCDPSession(page);
  for (const delayMs of [200, 400]) {
    await playground.open();
    await playground.startFrom("Convolutional network");
    await playground.startFrom("LeNet-5");
    // Slow enough for the moment between Next's noting the address and the page's listening to last.
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 8 });
    await page.reload({ waitUntil: "commit" });
    await page.evaluate((ms) => new Promise((done) => setTimeout(() => done(history.back()), ms)), delayMs);
    await titled(page, "Convolutional network", 60_000);
    await expect.poll(() => addressOf(page), { timeout: 60_000 }).toContain("/x/1~Convolutional.network~");
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  }
});

test("an address in the history that cannot be read changes nothing", async ({ page, playground }) => {
  await playground.open();
  await playground.startFrom("LeNet-5");
  await page.evaluate(() => {
    History.prototype.pushState.call(history, null, "", "/x/broken");
    History.prototype.pushState.call(history, null, "", "/x/other");
  });
  await page.goBack();
  expect(addressOf(page)).toBe("/x/broken");
  await titled(page, "LeNet-5");
});
