// Compared runs: charts that are read at one epoch, drawn in other ways, set against what they cost, and exported.
import { exported, pngWidth } from "./exported";
import { expect, readLog, test } from "./journey";
import { keepTwo, openShelf, shelf } from "./shelf";

test("compared charts are read at one epoch, drawn otherwise, set against what they cost, and exported", async ({
  page,
  playground,
}) => {
  await playground.open();
  const [first, second] = await keepTwo(playground);

  // The run on the page first: its own chart goes along in the same way.
  const main = page.locator("main");
  const own = await exported(main, "Export Loss", "CSV");
  expect(own.name).toBe("first-run-loss.csv");
  const [head, ...values] = own.bytes.toString().trimEnd().split("\r\n");
  expect(head).toBe("line,epoch,loss");
  const printed = readLog(second.lines.join("\n")).epochs;
  for (const [line, losses] of [
    ["training", printed.map(({ loss }) => loss)],
    ["validation", printed.map(({ valLoss }) => valLoss!)],
  ] as const) {
    const exact = values.filter((row) => row.startsWith(`${line},`)).map((row) => Number(row.split(",")[2]));
    expect(exact.map((value) => value.toFixed(4))).toEqual(losses.map((loss) => loss.toFixed(4)));
    expect(exact.some((value) => value !== Number(value.toFixed(4)))).toBe(true);
  }
  const image = await exported(main, "Export Accuracy", "PNG");
  expect(image.name).toBe("first-run-accuracy.png");
  expect(pngWidth(image.bytes)).toBeGreaterThan(600);

  await openShelf(playground);
  for (const name of ["First run", "First run 2"])
    await page.getByRole("checkbox", { name: `Compare ${name}`, exact: true }).click();
  await playground.button("Compare").click();
  const reader = (metric: string) =>
    shelf(page).getByRole("slider", { name: `Epoch to compare the ${metric} at` });
  const lines = shelf(page).locator("figure").first().locator("svg path[stroke^='var(--run-']");
  const shapes = () => lines.evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));
  await expect(lines).toHaveCount(4);

  // One cursor for all charts.
  await reader("loss").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  for (const metric of ["loss", "accuracy"])
    await expect(reader(metric)).toHaveAttribute("aria-valuetext", /^epoch 0\.04, A training /);

  // Each way to look draws other lines, and none changes what is read.
  const before = await shapes();
  await playground.choose("Smoothing", "none");
  await expect.poll(shapes).not.toEqual(before);
  for (const name of ["Log scale of the loss", "Log scale of the epochs"]) {
    const former = await shapes();
    const chart = page.getByRole("switch", { name });
    await chart.click();
    await expect(chart).toBeChecked();
    await expect.poll(shapes).not.toEqual(former);
  }
  await expect(reader("loss")).toHaveAttribute("aria-valuetext", /^at each run's end, A training [\d.]+/);

  // What accuracy cost: the narrow network is the cheaper one.
  const scatter = shelf(page).getByRole("slider", { name: "Run to read" });
  await scatter.focus();
  await page.keyboard.press("ArrowRight");
  const accuracies = [first, second].map(({ testAccuracy }) => testAccuracy.toFixed(4));
  await expect(scatter).toHaveAttribute(
    "aria-valuetext",
    `B First run 2, ${accuracies[1]} with 14,298 parameters, on the best front`,
  );
  // The run that is read stands out in all charts.
  await expect(shelf(page).locator("svg g[opacity='0.2']")).toHaveCount(3);
  await page.keyboard.press("End");
  const isBetter = first.testAccuracy > second.testAccuracy;
  await expect(scatter).toHaveAttribute(
    "aria-valuetext",
    `A First run, ${accuracies[0]} with 109,386 parameters${isBetter ? ", on the best front" : ""}`,
  );
  await shelf(page).getByRole("button", { name: "Show as table of accuracies against parameters" }).click();
  const table = page.getByRole("table", { name: "Test accuracy against parameters" });
  await expect(table.getByRole("row")).toHaveCount(3);

  const epochs = readLog(first.lines.join("\n")).epochs;
  const numbers = (await exported(shelf(page), /^Export Loss/, "CSV")).bytes.toString().split("\r\n");
  expect(numbers[0]).toBe("run,name,line,epoch,loss");
  const trained = numbers.filter((line) => line.startsWith("A,First run,training,"));
  expect(trained.map((line) => Number(line.split(",")[4]).toFixed(4))).toEqual(
    epochs.map(({ loss }) => loss.toFixed(4)),
  );
  const drawing = (await exported(shelf(page), /^Export Loss/, "SVG")).bytes.toString();
  expect(drawing).toContain("Loss, 2 runs");
  expect(drawing).toContain("First run 2");
  expect(drawing).not.toContain("var(");
  // Its typeface comes with it.
  expect(drawing).toContain("@font-face");
  const picture = await exported(shelf(page), /^Export Test accuracy/, "PNG");
  expect(pngWidth(picture.bytes)).toBeGreaterThan(600);
});
