// The first lesson, on the page as it opens: whoever presses Train sees the numbers that the lesson promises.
import type { Locator } from "@playwright/test";
import { firefox, visitIn, webkit } from "./browsers";
import { expect, test } from "./journey";

test("Train on the untouched page prints the first lesson's log", async ({ page, playground }) => {
  await playground.open();
  await playground.train.click();
  const run = await playground.finished(200_000);

  expect(run.samples).toEqual({ training: 48000, validation: 12000, test: 10000 });
  expect(run.before.loss).toBeGreaterThan(2.2);
  expect(run.before.loss).toBeLessThan(2.6);
  expect(run.before.accuracy).toBeLessThan(35);
  expect(run.engine).toMatch(/^\S.+ \(.+\)$/);

  expect(run.epochs.map(({ steps }) => steps)).toEqual([1500, 1500, 1500, 1500, 1500]);
  const [first, last] = [run.epochs[0]!, run.epochs[4]!];
  expect(first.accuracy).toBeGreaterThanOrEqual(0.905);
  expect(first.accuracy).toBeLessThanOrEqual(0.93);
  expect(last.accuracy).toBeGreaterThanOrEqual(0.98);
  expect(last.accuracy).toBeLessThanOrEqual(0.99);
  for (const [index, { loss, valAccuracy }] of run.epochs.entries()) {
    expect(loss).toBeLessThan(index === 0 ? 0.4 : run.epochs[index - 1]!.loss);
    expect(valAccuracy).toBeGreaterThan(0.93);
  }
  expect(run.testAccuracy).toBeGreaterThanOrEqual(0.965);

  const lines = await playground.lines();
  const before = [
    /^Training samples: 48000$/,
    /^Validation samples: 12000$/,
    /^Test samples: 10000$/,
    /^Model ready for training!$/,
    /^Engine: .+ \(.+\)$/,
    /^Loss before training: \d\.\d{3}$/,
    /^Accuracy before training: \d+\.\d{3}%$/,
  ];
  const epochs = [1, 2, 3, 4, 5].flatMap((epoch) => [
    new RegExp(`^Epoch ${epoch}/5$`),
    /^1500\/1500 - \d+\.\d\ds - \d+\.\dms\/step - loss: 0\.\d{4} - accuracy: 0\.\d{4} - val_loss: 0\.\d{4} - val_accuracy: 0\.\d{4}$/,
  ]);
  const after = [
    /^Training completed in \d+\.\d\d seconds!$/,
    /^Final training accuracy: 0\.\d{4}$/,
    /^Final validation accuracy: 0\.\d{4}$/,
    /^Accuracy improvement: 0\.\d{4} → 0\.\d{4} \(\+0\.\d{4}\)$/,
    /^Weights hash: [0-9a-f]{64}$/,
    /^Test accuracy: 0\.\d{4} \(\d\d\.\d\d%\)$/,
    /^Test loss: 0\.\d{4}$/,
  ];
  const expected = [...before, ...epochs, ...after];
  expect(lines).toHaveLength(expected.length);
  for (const [index, pattern] of expected.entries()) expect(lines[index]).toMatch(pattern);

  // The README's picture is this page: SCREENSHOT=public/screenshot.png npm run e2e -- first-lesson
  const picture = process.env.SCREENSHOT;
  if (picture !== undefined) {
    await expect(page.getByRole("img", { name: /^Test image/ })).toHaveCount(8);
    await page.mouse.move(0, 0);
    await page.screenshot({ path: picture });
  }
});

test("eight test images show what the trained network makes of them, and another eight can be asked for", async ({
  page,
  playground,
}) => {
  await playground.open();
  await playground.makeSmall({ images: 2000, epochs: 2 });
  await playground.train.click();
  await playground.finished();
  const images = page.getByRole("img", {
    name: /^Test image \d: label \d, read as \d with confidence [01]\.\d\d$/,
  });
  await expect(images).toHaveCount(8);
  const names = (all: Locator) =>
    all.evaluateAll((each) => each.map((one) => one.getAttribute("aria-label")!));
  const first = await names(images);
  const right = first.filter((name) => /label (\d), read as \1 /.test(name));
  expect(right.length).toBeGreaterThanOrEqual(4);

  const bars = await names(page.getByRole("img", { name: /^Probabilities: / }));
  expect(bars).toHaveLength(8);
  for (const spoken of bars) {
    const shares = [...spoken.matchAll(/\d: ([01]\.\d\d)/g)].map(([, share]) => Number(share));
    expect(shares).toHaveLength(10);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
  }

  await playground.button("another eight").click();
  await expect.poll(() => names(images)).not.toEqual(first);
  await expect(images).toHaveCount(8);
});

test("the same seed is the same run, on the same engine", async ({ playground }) => {
  await playground.open();
  await playground.makeSmall({ images: 1000, epochs: 2 });
  const runs = [];
  for (const again of [false, true]) {
    if (again) await playground.button("Reset").click();
    await playground.train.click();
    runs.push((await playground.finished()).epochs);
  }
  expect(runs[0]).toHaveLength(2);
  expect(runs[1]).toEqual(runs[0]);
});

/** Runs in the lesson's page: presses Train, and gives the log at its end. */
async function trainTheLesson(): Promise<string> {
  const button = () => [...document.querySelectorAll("button")].find((one) => one.textContent === "Train");
  const log = () => document.querySelector('[role="log"]')?.textContent ?? "";
  for (let waited = 0; waited < 180_000; waited += 100) {
    if (log().includes("Test loss: ")) return log();
    // A page that is just coming to life does not hear the press: the next one does.
    if (log() === "" && waited % 1000 === 0) button()?.click();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the lesson was not trained to its end; its log: ${log()}`);
}

for (const browser of [firefox, webkit])
  test(`${browser.name} trains the first lesson to its test accuracy`, ({ baseURL }) =>
    visitIn(browser, baseURL!, async (visit) => {
      const log = await visit.run(trainTheLesson, null);
      console.log(`${browser.name}: ${/Engine: [^)]*\)/.exec(log)} ${/Test accuracy: 0\.\d{4}/.exec(log)}`);
      expect(Number(/Test accuracy: (0\.\d{4})/.exec(log)?.[1])).toBeGreaterThanOrEqual(0.965);
      // Of 48,000 images in 5 epochs: the whole lesson, not a shorter one.
      expect(log.match(/1500\/1500/g)).toHaveLength(5);
    }));
