// In a course's page, on another origin: a still picture that costs nothing, a run that the page drives, a lesson that tells
// how far one is, and parts that are locked.
import { encodeExperiment } from "../lib/share/code";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { violations } from "./axe";
import { openCourse } from "./course-page";
import { expect, test } from "./journey";

const KILOBYTE = 1000;

/** Trains in well under a second. */
const small = parseExperiment({
  ...firstRun,
  title: "Small run",
  dataset: { ...firstRun.dataset, trainLimit: 1000 },
  validation: { split: 0.2, from: "first" },
  training: { ...firstRun.training, epochs: 3 },
});
const code = encodeExperiment(small);

test("before a tap there is a still picture: light, at once, without a worker or data", async ({
  page,
  baseURL,
}) => {
  const requests: string[] = [];
  const sizes: Promise<number>[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  page.on("requestfinished", (request) => {
    if (!request.url().startsWith(baseURL!)) return;
    const size = request.sizes();
    sizes.push(
      size.then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize),
    );
  });
  const course = await openCourse(page, [`${baseURL}/embed/${code}`]);
  const still = course.frame();
  await expect(still.getByRole("heading", { name: "Small run" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  const visibleMs = await page
    .frames()[1]!
    .evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN);
  expect(visibleMs).toBeLessThan(1000);
  expect(requests.filter((path) => path.startsWith("/embed"))).toEqual([`/embed/${code}`, "/embed-still.js"]);
  expect(requests.filter((path) => /_next|local-blob|api|worker/.test(path))).toEqual([]);
  expect(page.workers()).toEqual([]);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThan(50 * KILOBYTE);
  expect(await course.told()).toMatchObject([
    { type: "ready", origin: baseURL, experiment: small },
    { type: "state", state: "idle" },
  ]);
  expect(await violations(page)).toEqual([]);

  // The keyboard opens it.
  await still.getByRole("button", { name: "Open the playground here" }).press("Enter");
  await expect(still.getByRole("button", { name: "Train", exact: true })).toBeEnabled();
  await expect.poll(() => course.told("ready")).toHaveLength(2);
  course.close();
});

test("the page around drives a whole run and hears every epoch, and nobody else does", async ({
  page,
  baseURL,
  expectedErrors,
}) => {
  // What the browser says of an experiment that the server refuses.
  expectedErrors.push(/status of 422/);
  const course = await openCourse(page, [
    `${baseURL}/embed/${encodeExperiment(parseExperiment(firstRun))}`,
    `${baseURL}/embed/${code}`,
  ]);
  await expect.poll(() => course.told("ready")).toHaveLength(1);

  // From another window and origin, and what is no message.
  const before = page.frames()[1]!.url();
  await page
    .frames()[2]!
    .evaluate(() => parent.frames[0]!.postMessage({ source: "descent", version: 1, type: "train" }, "*"));
  for (const message of [
    '"train"',
    "null",
    '{ type: "train" }',
    '{ source: "descent", version: 2, type: "train" }',
    '{ source: "descent", version: 1, type: "lock", fields: ["everything"] }',
  ])
    await page.evaluate(`frames[0].postMessage(${message}, "*")`);
  await page.waitForTimeout(300);
  expect(page.frames()[1]!.url()).toBe(before);
  expect(await course.told()).toHaveLength(2);

  await course.say({ type: "load", experiment: { ...small, seed: "x" } });
  await expect.poll(() => course.told("error")).toHaveLength(1);
  expect((await course.told("error"))[0]!.message).toContain('seed is "x"; it must be');
  await course.say({ type: "load", experiment: small });
  await expect(course.frame().getByRole("heading", { name: "Small run" })).toBeVisible();
  await expect.poll(() => course.told("ready")).toHaveLength(2);

  await course.say({ type: "lock", fields: ["layers", "optimizer"] });
  await course.say({ type: "train" });
  await expect.poll(() => course.told("done"), { timeout: 60_000 }).toHaveLength(1);
  const epochs = await course.told("epoch");
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  const [done] = await course.told("done");
  const metrics = epochs.map(({ epoch, loss, accuracy, valLoss, valAccuracy }) => ({
    epoch,
    loss,
    accuracy,
    valLoss,
    valAccuracy,
  }));
  expect(done).toMatchObject({ history: metrics, engine: "WebAssembly SIMD", origin: baseURL });
  expect(done!.testAccuracy).toBeGreaterThan(0.5);
  expect(done!.elapsedMs).toBeGreaterThan(0);
  const states = await course.states();
  expect(states.slice(0, 3)).toEqual(["idle", "idle", "loading"]);
  expect(states.at(-1)).toBe("done");

  // What is locked can be read and not edited; what is not can.
  const form = course.frame();
  await expect(form.locator('#experiment[aria-busy="false"]')).toBeVisible();
  const units = form.getByRole("spinbutton", { name: "Units of layer 2" });
  await expect(units).toHaveAttribute("aria-readonly", "true");
  await units.press("ArrowUp");
  await expect(units).toHaveValue("128");
  await expect(form.getByRole("combobox", { name: "Optimizer" })).toBeDisabled();
  await expect(form.getByRole("button", { name: "Add a layer" })).toHaveCount(0);
  await form.getByRole("spinbutton", { name: "Epochs" }).press("ArrowUp");
  await expect(form.getByRole("spinbutton", { name: "Epochs" })).toHaveValue("4");
  await course.say({ type: "lock", fields: [] });
  await expect(units).not.toHaveAttribute("aria-readonly");
  await units.press("ArrowUp");
  await expect(units).toHaveValue("129");
  // Two frames of the same kind have the same landmarks.
  expect(await violations(page, ["landmark-unique"])).toEqual([]);

  // Another run is paused, goes on, and is stopped and forgotten.
  await course.say({ type: "load", experiment: { ...small, training: { ...small.training, epochs: 1000 } } });
  await course.say({ type: "train" });
  const now = async () => (await course.states()).at(-1);
  await expect.poll(now).toBe("training");
  await course.say({ type: "pause" });
  await expect.poll(now).toBe("paused");
  await course.say({ type: "resume" });
  await expect.poll(now).toBe("training");
  await course.say({ type: "stop" });
  await expect.poll(() => course.told("done")).toHaveLength(2);
  await course.say({ type: "reset" });
  await expect.poll(now).toBe("idle");
  course.close();
});

test("a lesson's embed shows and counts the steps of its address, dark, as tall as its content", async ({
  page,
  baseURL,
}) => {
  const address = `${baseURL}/embed/lesson/fit-and-history?steps=1-2&theme=dark&height=auto`;
  const course = await openCourse(page, [address], { attributes: 'width="700" height="200"' });
  const lesson = course.frame();
  await expect(lesson.getByRole("listitem")).toHaveCount(2);
  await expect(lesson.locator("html")).toHaveCSS("background-color", "rgb(19, 19, 17)");
  await lesson.getByRole("button", { name: "Open the lesson here" }).click();
  await expect(lesson.getByText("Step 1 of 2")).toBeVisible();
  await expect(lesson.locator("html")).toHaveCSS("background-color", "rgb(19, 19, 17)");
  await expect(lesson.locator("html")).toHaveCSS("color-scheme", "dark");
  await expect
    .poll(async () => (await course.told("lesson")).at(-1))
    .toMatchObject({ slug: "fit-and-history", done: 0, total: 2 });

  // The frame follows, and nothing scrolls in it.
  const room = () =>
    page
      .frames()[1]!
      .evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  await expect.poll(room).toBe(0);
  expect((await page.locator("iframe").boundingBox())!.height).toBeGreaterThan(1000);
  const out = lesson.getByRole("link", { name: "Open in Descent" });
  await expect(out).toHaveAttribute("href", /^\/lessons\/fit-and-history#/);
  await lesson.getByRole("link", { name: /^Next:/ }).click();
  await expect(lesson.getByText("Step 2 of 2")).toBeVisible();
  const [first, second] = (await course.told("lesson")).at(-1)!.steps as { id: string }[];
  await expect.poll(async () => (await course.told("lesson")).at(-1)!.step).toBe(second!.id);
  expect(first!.id).not.toBe(second!.id);
  course.close();
});
