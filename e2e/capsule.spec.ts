// A link with a trained network in its fragment: it predicts at once, sends the network to no server, and needs none.

import { mnistFromDisk } from "../lib/datasets/testing";
import { wasmFromDisk } from "../lib/engines/wasm/testing";
import { encodeCapsule } from "../lib/share/capsule";
import { encodeExperiment } from "../lib/share/code";
import { atOnce } from "../lib/share/testing";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { replay } from "../lib/training/replay";
import { expect, test } from "./journey";
import { drawOne } from "./sharing";

const experiment = { ...firstRun, dataset: { id: "mnist", trainLimit: 6000 }, training: { epochs: 1 } };

/** A network trained in Node, as the address that carries it; by as many epochs as its experiment has, or others. */
async function capsule(seed: number, epochs = experiment.training.epochs) {
  const spec = parseExperiment({ ...experiment, title: `Seed ${seed}`, seed });
  const { weights, test: score } = await replay(parseExperiment({ ...spec, training: { epochs } }), {
    openDataset: () => mnistFromDisk(),
    engine: await wasmFromDisk(),
  });
  const text = atOnce(encodeCapsule(spec, weights));
  return { path: `/x/${encodeExperiment(spec)}`, text, accuracy: score.accuracy };
}

test("opens trained: it predicts, draws and tests, and no server hears of the network", async ({
  page,
  playground,
}) => {
  const { path, text, accuracy } = await capsule(1);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url() + (request.postData() ?? "")));
  await playground.open(`${path}#net=${text}`);
  await expect(page.getByText("A trained network came with this link")).toBeVisible();
  await expect(page.getByRole("img", { name: /^Test image 8: label/ })).toBeVisible();
  await drawOne(page);
  await page.getByRole("button", { name: "Test it here" }).click();
  const measured = page.getByText(/^measured here, from these weights: 0\.\d{4}/);
  await expect(measured).toBeVisible({ timeout: 60_000 });
  const [, digits] = /weights: (0\.\d{4})/.exec((await measured.textContent())!)!;
  expect(Math.abs(Number(digits) - accuracy)).toBeLessThan(0.003);
  expect(asked.filter((request) => request.includes(text.slice(10, 60)))).toEqual([]);
  // The experiment is there to be trained anew; the network is not trained on.
  await expect(playground.button("Continue training")).toHaveCount(0);
  await playground.train.click();
  expect((await playground.finished()).epochs).toHaveLength(1);
});

test("needs no network once the page is there: another one opens and answers offline", async ({
  page,
  context,
  playground,
  expectedErrors,
}) => {
  // The browser asks for the page's icon anew where the address is another one; nothing on the page waits for it.
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED \(.*\/icon\.svg/);
  const [first, second] = [await capsule(2), await capsule(2, 2)];
  await playground.open(`${first.path}#net=${first.text}`);
  await drawOne(page);
  // Journeys have no service worker: what the page fetches ahead by itself has ended when it says so.
  await expect(page.getByText("Not all of it works offline yet")).toBeVisible({ timeout: 60_000 });
  await context.setOffline(true);
  await page.getByRole("button", { name: "Clear" }).click();
  // The other network answers in a worker of its own.
  const opened = page.waitForEvent("worker");
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `net=${second.text}`);
  await opened;
  await expect(page.getByText("A trained network came with this link")).toBeVisible();
  await drawOne(page);
  await context.setOffline(false);
});

test("that was cut on its way says so, and its experiment is there all the same", async ({
  page,
  playground,
}) => {
  const { path, text } = await capsule(3);
  await playground.open(`${path}#net=${text.slice(0, -400)}`);
  await expect(page.getByText(/but the link was cut short or changed\.$/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Seed 3\b.*start from another$/ })).toBeVisible();
  await expect(playground.train).toBeEnabled();
});
