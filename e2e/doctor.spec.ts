// The doctor: finds what is wrong with a run by rule, trains what mends it beside that run, and has nothing to say of a
// sound one.
import { violationsInBothSchemes } from "./axe";
import { expect, test } from "./journey";
import { overflow } from "./small-screens";

test("a learning rate that is too low is found, mended beside the run, and taken over", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.makeSmall({ images: 2500, epochs: 4 });
  await playground.setNumber("Validation", 0.2);
  await playground.setNumber("Learning rate", 0.00001);
  await playground.train.click();
  const { testAccuracy: ill } = await playground.finished();
  await page.getByRole("tab", { name: "Doctor" }).click();

  const finding = page.getByRole("region", { name: "The learning rate is too low" });
  await expect(finding).toContainText(/the first step changes the weights by 0\.0\d+ % of their own length/);
  await expect(page.getByText("1 finding, after 4 epochs.")).toBeVisible();
  await expect(finding.getByRole("figure")).toContainText("Loss, epoch by epoch");
  await finding.getByRole("button", { name: /^Show as table/ }).click();
  await expect(finding.getByRole("row")).toHaveCount(6);

  await finding.getByRole("button", { name: "Raise the learning rate to 0.0005" }).click();
  const beside = page.getByRole("region", { name: "Raise the learning rate to 0.0005" });
  await expect(beside.getByRole("status")).toContainText("Test accuracy", { timeout: 30_000 });
  const [mended, former] = (await beside.getByRole("status").textContent())!.match(/0\.\d{4}/g)!.map(Number);
  expect(former).toBe(ill);
  expect(mended).toBeGreaterThan(0.8);
  const reader = beside.getByRole("slider", { name: "Epoch to compare the loss at" });
  await reader.press("Home");
  await reader.press("PageUp");
  await expect(reader).toHaveAttribute(
    "aria-valuetext",
    /^epoch 1, examined run loss 2\.\d+, .* mended run loss [01]\./,
  );
  // Under the pointer both charts and the table are read at once.
  await beside.getByRole("slider", { name: "Epoch to compare the accuracy at" }).hover();
  await expect(reader).toHaveAttribute("aria-valuetext", /^epoch (2|1\.9\d|2\.0\d), examined run loss 2\./);
  await expect(beside.getByRole("table", { name: /^Both runs at epoch (2|1\.9\d|2\.0\d)$/ })).toBeVisible();
  expect(await violationsInBothSchemes(page)).toEqual([]);
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  await expect.poll(() => overflow(page)).toBe(0);
  await page.setViewportSize(wide);

  // The run on the page is still the one that was examined, until somebody wants the other.
  expect((await playground.printed()).testAccuracy).toBe(ill);
  await beside.getByRole("button", { name: "Use this experiment" }).click();
  await expect(playground.number("Learning rate")).toHaveValue("0.0005");
  await playground.train.click();
  expect((await playground.finished()).testAccuracy).toBe(mended);
  await expect(page.getByText("Nothing is wrong, after 4 epochs.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Examined for" }).getByRole("listitem")).toHaveCount(14);
});

test("a run whose loss is no number any more is examined too", async ({ page, playground }) => {
  await playground.open();
  await playground.makeSmall({ images: 2000, epochs: 2 });
  await playground.choose("Optimizer", "SGD");
  await playground.setNumber("Learning rate", 10);
  await playground.choose("Activation of layer 2", "linear (none)");
  await playground.choose("Activation of layer 3", "linear (none)");
  await playground.choose("Activation of layer 4", "linear (none)");
  await playground.choose("Loss", "Mean squared error");
  await playground.train.click();
  await expect(page.getByRole("alert").getByText(/^The loss became/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole("tab", { name: "Doctor" }).click();
  const finding = page.getByRole("region", { name: "The learning rate is too high" });
  await expect(finding).toContainText("Then it stopped being a number.");
  await finding.getByRole("button", { name: /^Lower the learning rate to 0\.\d+$/ }).click();
  await expect(page.getByText(/^Training accuracy 0\.\d{4}; the former run came to nothing\.$/)).toBeVisible({
    timeout: 30_000,
  });
});
