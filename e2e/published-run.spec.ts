// A run is published from the page that trained it, and opened in another browser profile: there it predicts what it
// predicted, can be tried, tested and forked, and trained again to the same bits.

import type { Browser, Page } from "@playwright/test";
import { mnistFromDisk } from "../lib/datasets/testing";
import { wasmFromDisk } from "../lib/engines/wasm/testing";
import { decodeExperiment, encodeExperiment } from "../lib/share/code";
import { parsePublishedRun } from "../lib/share/published-run";
import { atOnce, runIdOf } from "../lib/share/testing";
import { decodeWeights } from "../lib/share/weights";
import { type ExperimentSpec, parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { buildProgram } from "../lib/spec/program";
import { Network } from "../lib/training/network";
import { replay } from "../lib/training/replay";
import { violationsOfAnyRule } from "./axe";
import { expect, listens, test } from "./journey";
import { drawOne, publish } from "./sharing";

const TEST_IMAGES = 10_000;

/** A page that shares nothing with the publisher's. */
const visit = async (browser: Browser, address: string): Promise<Page> => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  return page;
};

/** What a network takes each test image for, computed in Node by the engine that every page has. */
async function classify(spec: ExperimentSpec, weights: readonly Float32Array[]) {
  const network = new Network({
    openDataset: () => mnistFromDisk(),
    selectEngine: async () => ({ engine: await wasmFromDisk(), reports: [], alternatives: [] }),
  });
  await network.open(spec, weights);
  const { probabilities } = await network.predictTest([...Array(TEST_IMAGES).keys()]);
  const classes = Array.from({ length: TEST_IMAGES }, (_, row) => {
    const own = [...probabilities.subarray(10 * row, 10 * row + 10)];
    return own.indexOf(Math.max(...own));
  });
  return { classes, ...(await network.evaluate()) };
}

test("the first lesson, published, is the same network in another profile", async ({
  playground,
  browser,
  page,
}) => {
  await playground.open();
  await playground.train.click();
  const printed = await playground.finished(200_000);
  const address = await publish(playground);
  expect(await publish(playground, /^Already published\./)).toBe(address);
  const id = new URL(address).pathname.replace("/r/", "");
  expect(id).toMatch(/^[0-9a-f]{64}$/);

  const { id: name, ...stored } = await (await page.request.get(`/api/runs/${id}`)).json();
  const { url, ...described } = stored.weights;
  const published = parsePublishedRun({ ...stored, weights: described });
  expect([name, await runIdOf(published)]).toEqual([id, id]);
  const spec = published.run.experiment;
  const bytes = new Uint8Array(await (await page.request.get(url)).body());
  const weights = atOnce(decodeWeights(bytes, published.weights.encoding, buildProgram(spec)));
  // The publisher's own weights, to the bit: a replay with the hash that the page printed.
  const own = await replay(spec, { openDataset: () => mnistFromDisk(), engine: await wasmFromDisk() });
  expect(own.hash).toBe(published.run.environment.weightsHash);
  const [theirs, ours] = [await classify(spec, weights), await classify(spec, own.weights)];
  const differing = theirs.classes.filter((kind, row) => kind !== ours.classes[row]).length;
  console.log(
    `weights: ${published.weights.encoding}, ${bytes.length} bytes; accuracy ${ours.accuracy} -> ${theirs.accuracy}; ` +
      `${differing} of ${TEST_IMAGES} images are read differently`,
  );
  expect(ours.accuracy).toBeCloseTo(printed.testAccuracy, 4);
  expect(Math.abs(theirs.accuracy - ours.accuracy)).toBeLessThanOrEqual(0.001);
  if (published.weights.encoding === "float32") expect(differing).toBe(0);

  const html = await (await page.request.get(address)).text();
  const head = html.slice(0, html.indexOf("</head>"));
  expect(head).toContain('<meta name="runtime" content="edge"/>');
  expect(head).toContain(`/api/og/${id}"`);
  expect(head).toContain("application/json+oembed");
  expect(head).toContain(
    "97.29 % of the test images read right · 784-128-64-10 · Adam .001 · 109,386 parameters",
  );

  const other = await visit(browser, address);
  await expect(other).toHaveTitle(/First run/);
  await expect(other.getByRole("heading", { level: 1, name: "First run" })).toBeVisible();
  await expect(other.getByText(`Test accuracy ${printed.testAccuracy.toFixed(4)}`).first()).toBeVisible();
  await expect(other.getByRole("log")).toContainText(`Weights hash: ${own.hash}`);
  await expect(other.getByRole("img", { name: /^Test image 1: label/ })).toBeVisible();

  await listens(other);
  await other.getByRole("button", { name: "Test it here" }).click();
  await expect(
    other.getByText(`measured here, from these weights: ${theirs.accuracy.toFixed(4)}`),
  ).toBeVisible({ timeout: 60_000 });

  await expect(other.getByRole("textbox", { name: "Address of this page" })).toHaveValue(address);
  await drawOne(other);

  await other.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(other.getByText("identical", { exact: true })).toBeVisible({ timeout: 60_000 });

  for (const colorScheme of ["light", "dark"] as const) {
    await other.emulateMedia({ colorScheme });
    await expect(other.locator("html")).toHaveAttribute("data-theme", colorScheme);
    expect(await violationsOfAnyRule(other)).toEqual([]);
  }

  await other.getByRole("link", { name: "Fork" }).click();
  await expect(other).toHaveURL(/\/x\//);
  await expect(other.getByRole("button", { name: "Train", exact: true })).toBeEnabled();
  const fork = new URL(other.url());
  expect(decodeExperiment(fork.pathname.replace("/x/", ""))).toEqual(spec);
  expect(fork.searchParams.get("from")).toBe(id);
  await expect(other.getByRole("link", { name: /^forked from/ })).toHaveAttribute("href", `/r/${id}`);
  await other.context().close();
});

test("a run of a fork names where it came from; tampered weights are refused in one sentence", async ({
  playground,
  browser,
  page,
}) => {
  const from = "0123456789abcdef".repeat(4);
  const fork = parseExperiment({ ...firstRun, title: "A fork" });
  await playground.open(`/x/${encodeExperiment(fork)}?from=${from}`);
  await playground.makeSmall();
  await playground.train.click();
  await playground.finished();
  const address = await publish(playground);
  const run = await (await page.request.get(address.replace("/r/", "/api/runs/"))).json();
  expect(run.run.forkedFrom).toBe(from);

  const other = await visit(browser, "about:blank");
  await other.route(`**${new URL(run.weights.url, address).pathname}`, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[0]! ^= 1;
    await route.fulfill({ response, body });
  });
  await other.goto(address);
  await expect(other.getByText("are not those that were published")).toBeVisible();
  await expect(other.getByRole("log")).toContainText("Test accuracy:");
  await other.context().close();
});

test("an address that is no run's is answered by one page", async ({ page, expectedErrors }) => {
  expectedErrors.push(/404/);
  for (const id of [
    "0".repeat(64),
    "x",
    "..%2f..%2fsecret",
    "%00",
    "A".repeat(64),
    `${"0".repeat(64)}.json`,
  ]) {
    const response = await page.goto(`/r/${id}`);
    expect([id, response!.status()]).toEqual([id, 404]);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such run");
  }
});
