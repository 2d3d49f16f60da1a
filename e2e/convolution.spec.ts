// Networks that look at images: built by clicking, chosen from the presets, augmented, scheduled, and refused where
// they are too large.
import { expect, test } from "./journey";

test("a convolutional network is built by clicking, trained and tested", async ({ playground }) => {
  await playground.open();
  await playground.makeSmall({ images: 2000, epochs: 1 });
  // They need an image, so they go before Flatten.
  await playground.from("Add a layer", "Convolution");
  await playground.from("Add a layer", "Max pooling");
  await expect(playground.number("Filters of layer 1")).toHaveValue("16");
  await expect(playground.number("Window of layer 2")).toHaveValue("2");
  await expect(playground.network).toContainText("355,306 parameters");

  await playground.unfold("layer 1");
  await playground.choose("Padding of layer 1", "same");
  await expect(playground.network).toContainText("410,602 parameters");
  await playground.setNumber("Filters of layer 1", 8);
  await expect(playground.network).toContainText("209,818 parameters");

  await playground.train.click();
  const run = await playground.finished(120_000);
  expect(run.epochs).toHaveLength(1);
  expect(run.epochs[0]!.steps).toBe(63);
  expect(run.testAccuracy).toBeGreaterThan(0.75);
});

test("a preset replaces the experiment in one step, and says what it costs", async ({ page, playground }) => {
  await playground.open();
  await playground.startFrom("Convolutional network");
  await expect(playground.network).toContainText("206,922 parameters");
  await expect(page.getByText("48,000 images · 206,922 parameters")).toBeVisible();
  await expect(playground.number("Batch size")).toHaveValue("64");
  await expect(playground.train).toBeEnabled();
  await playground.button("Undo").click();
  await expect(playground.network).toContainText("109,386 parameters");
  await expect(playground.number("Batch size")).toHaveValue("32");

  // However many layers there are, the page stays as tall as the window: its columns scroll.
  await playground.startFrom("Small and sharp");
  await expect(playground.button("Remove layer 10")).toBeAttached();
  expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0);
});

test("augmentation is added, changes what is learned, and is removed", async ({ page, playground }) => {
  await playground.open();
  await playground.makeSmall({ images: 1000, epochs: 1 });
  await playground.train.click();
  const plain = await playground.finished();

  await playground.from("Add augmentation", "Shift");
  await playground.setNumber("Pixels of augmentation 1", 4);
  await playground.from("Add augmentation", "Rotate");
  await expect(playground.number("Degrees of augmentation 2")).toHaveValue("10");
  await playground.button("Reset").click();
  await playground.train.click();
  const augmented = await playground.finished();
  expect(augmented.before).toEqual(plain.before);
  // Images that move about are harder to learn.
  expect(augmented.epochs[0]!.loss).toBeGreaterThan(plain.epochs[0]!.loss);

  await playground.button("Remove augmentation 1").click();
  await expect(playground.number("Degrees of augmentation 1")).toBeVisible();
  await playground.button("Remove augmentation 1").click();
  await expect(page.getByRole("button", { name: /^Remove augmentation/ })).toHaveCount(0);
  await playground.button("Reset").click();
  await playground.train.click();
  expect((await playground.finished()).epochs).toEqual(plain.epochs);
});

test("a learning-rate schedule is drawn, and the run follows it", async ({ page, playground }) => {
  await playground.open();
  await playground.makeSmall({ images: 1000, epochs: 2 });
  const line = page.getByRole("img", { name: /^Learning rate over the run/ });
  await expect(line).toHaveCount(0);
  await playground.from("Add callback", "Learning-rate schedule");
  await expect(line).toHaveAccessibleName(
    "Learning rate over the run: 0.001 at first, 0.001 at most, 0.000011 at the end",
  );
  await playground.choose("Schedule of callback 1", "linear");
  await playground.setNumber("Final share of callback 1", 0);
  await playground.train.click();
  const falling = await playground.finished();

  await playground.button("Remove callback 1").click();
  await expect(line).toHaveCount(0);
  await playground.button("Reset").click();
  await playground.train.click();
  const steady = await playground.finished();
  expect(falling.before).toEqual(steady.before);
  expect(falling.epochs[1]!.loss).toBeGreaterThan(steady.epochs[1]!.loss);
});

test("a residual block is edited layer by layer, and trains", async ({ page, playground }) => {
  await playground.open();
  await playground.startFrom("Residual network");
  await expect(playground.network).toContainText("19,530 parameters");
  await playground.unfold("layer 3");
  // Eight channels out of sixteen: the block learns a projection, and the next one has less to do.
  await playground.setNumber("Filters of layer 2 of block 3", 8);
  await expect(playground.network).toContainText("15,938 parameters");
  await playground.from("Add a layer to block 3", "Batch normalization");
  await expect(playground.network).toContainText("15,970 parameters");
  await playground.button("Move layer 3 of block 3 up").click();
  await expect(playground.network).toContainText("16,002 parameters");
  await expect(playground.number("Filters of layer 3 of block 3")).toHaveValue("8");
  await expect(page.getByRole("button", { name: /^Remove layer \d+$/ })).toHaveCount(8);

  await playground.button("Remove layer 1 of block 3").click();
  await playground.button("Remove layer 1 of block 3").click();
  await expect(playground.button("Remove layer 1 of block 3")).toBeDisabled();
  await playground.button("Undo").click();
  await playground.button("Undo").click();
  await expect(playground.network).toContainText("16,002 parameters");

  await playground.makeSmall({ images: 200, epochs: 1 });
  await playground.train.click();
  const run = await playground.finished(120_000);
  expect(run.epochs[0]!.steps).toBe(7);
  expect(run.testAccuracy).toBeGreaterThan(0);
});

test("a network over the memory budget is refused with one sentence", async ({ playground }) => {
  await playground.open();
  await playground.startFrom("Convolutional network");
  await playground.setNumber("Filters of layer 1", 512);
  await expect(playground.train).toBeEnabled();
  await playground.setNumber("Batch size", 4096);
  const sentence =
    /^Error: This network needs about [\d.]+ GB to train; the budget is 1 GB: use smaller layers or a smaller batch\.$/;
  await expect(playground.network.getByText(sentence)).toBeVisible();
  await expect(playground.train).toBeDisabled();
  await playground.setNumber("Batch size", 16);
  await expect(playground.train).toBeEnabled();
});

test("the weights of a run have a hash that can be copied, and the same run has the same", async ({
  page,
  playground,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const hash = async () => {
    await playground.train.click();
    await playground.finished();
    const line = (await playground.lines()).find((text) => text.startsWith("Weights hash: "));
    return line?.slice("Weights hash: ".length);
  };
  await playground.open();
  await playground.makeSmall({ images: 1000, epochs: 1 });
  const first = await hash();
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  await expect(page.getByText(`${first!.slice(0, 7)}…`)).toBeVisible();
  await playground.button("Copy the weights hash").click();
  await expect(page.getByRole("status").filter({ hasText: "copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(first);
  await playground.button("Weights hash explained").click();
  await expect(page.getByRole("dialog")).toContainText(first!);
  await page.keyboard.press("Escape");

  await playground.button("Reset").click();
  await expect(page.getByText(`${first!.slice(0, 7)}…`)).toBeHidden();
  expect(await hash()).toBe(first);
  await playground.button("Reset").click();
  await playground.setNumber("Seed", 2);
  expect(await hash()).not.toBe(first);
});
