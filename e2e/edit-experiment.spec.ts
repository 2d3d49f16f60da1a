// The experiment as an editable stack: what it costs is counted at once, what cannot be is said at the field.
import { expect, test } from "./journey";

test("the first experiment has 109,386 parameters, and 256-128-64 has 242,762", async ({
  page,
  playground,
}) => {
  await playground.open();
  await expect(playground.network).toContainText("109,386 parameters");

  await playground.setNumber("Units of layer 2", 256);
  await playground.setNumber("Units of layer 3", 128);
  await playground.button("Add a layer").click();
  await page.getByRole("menuitem", { name: "Dense", exact: true }).click();
  // It goes in before the layer that answers, so that the network still ends in ten classes.
  await playground.setNumber("Units of layer 4", 64);
  await expect(playground.network).toContainText("242,762 parameters");
  await expect(playground.train).toBeEnabled();
});

test("layers can be added, moved, removed, undone and redone", async ({ page, playground }) => {
  await playground.open();
  const layers = page.getByRole("button", { name: /^Remove layer \d+$/ });
  await expect(layers).toHaveCount(4);

  await playground.button("Add a layer").click();
  await page.getByRole("menuitem", { name: "Dropout" }).click();
  await expect(layers).toHaveCount(5);
  await expect(playground.network).toContainText("109,386 parameters");

  await playground.button("Remove layer 3").click();
  await expect(layers).toHaveCount(4);
  await expect(playground.network).toContainText("101,770 parameters");

  await playground.button("Undo").click();
  await expect(playground.network).toContainText("109,386 parameters");
  await playground.button("Undo").click();
  await expect(layers).toHaveCount(4);
  await playground.button("Redo").click();
  await expect(layers).toHaveCount(5);

  await playground.button("Move layer 3 up").click();
  await expect(playground.number("Units of layer 2")).toHaveValue("64");
  await expect(playground.number("Units of layer 3")).toHaveValue("128");
});

test("a network that cannot be is explained at the layer and cannot be trained", async ({
  page,
  playground,
}) => {
  await playground.open();
  const layer = (place: number) =>
    page.getByRole("listitem").filter({ has: playground.button(`Remove layer ${place}`) });
  await playground.button("Remove layer 1").click();
  const shape = "Dense needs a flat list of numbers but gets 28×28×1: put Flatten before it.";
  await expect(layer(1)).toContainText(shape);
  await expect(playground.train).toBeDisabled();
  await playground.button("Undo").click();
  await expect(page.getByText(shape)).toHaveCount(0);
  await expect(playground.train).toBeEnabled();

  await playground.setNumber("Units of layer 4", 7);
  await expect(layer(4)).toContainText("The last layer gives 7 numbers for 10 classes: give it 10 units.");
  await expect(playground.train).toBeDisabled();
});

for (const { field, value, sentence } of [
  {
    field: "Units of layer 2",
    value: "1000000000",
    sentence: "Units is 1000000000; it must be a whole number from 1 to 4096.",
  },
  {
    field: "Units of layer 2",
    value: "12.5",
    sentence: "Units is 12.5; it must be a whole number from 1 to 4096.",
  },
  { field: "Batch size", value: "0", sentence: "Batch size is 0; it must be a whole number from 1 to 4096." },
  {
    field: "Learning rate",
    value: "NaN",
    sentence: 'Learning rate is "NaN"; it must be a number from 1e-7 to 10.',
  },
])
  test(`${value} for "${field}" is refused with one sentence and changes nothing`, async ({
    page,
    playground,
  }) => {
    await playground.open();
    const entry = playground.number(field);
    const before = await entry.inputValue();
    await playground.setNumber(field, value);
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(entry).toHaveAttribute("aria-invalid", "true");
    await expect(entry).toHaveAccessibleDescription(`Error: ${sentence}`);
    await expect(playground.network).toContainText("109,386 parameters");
    await entry.press("Escape");
    await expect(page.getByText(sentence)).toBeHidden();
    await expect(entry).toHaveValue(before);
    await expect(playground.train).toBeEnabled();
  });

test("the optimizer's own fields come with the optimizer, and the run uses them", async ({ playground }) => {
  await playground.open();
  await playground.makeSmall({ images: 1000, epochs: 1 });
  await playground.choose("Optimizer", "SGD");
  await expect(playground.number("Learning rate")).toHaveValue("0.01");
  await playground.setNumber("Momentum", 0.9);
  await playground.train.click();
  const withMomentum = await playground.finished();
  await playground.setNumber("Momentum", 0);
  await playground.button("Reset").click();
  await playground.train.click();
  const without = await playground.finished();
  expect(without.before).toEqual(withMomentum.before);
  expect(without.epochs[0]!.loss).toBeGreaterThan(withMomentum.epochs[0]!.loss);
});
