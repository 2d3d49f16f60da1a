// After one visit everything works without a network: a reload, a whole training, a lesson, a link with a trained network;
// and what was submitted meanwhile is sent when the network is back.
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { mnistFromDisk } from "../lib/datasets/testing";
import { wasmFromDisk } from "../lib/engines/wasm/testing";
import { encodeCapsule } from "../lib/share/capsule";
import { encodeExperiment } from "../lib/share/code";
import { atOnce } from "../lib/share/testing";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { replay } from "../lib/training/replay";
import { violations } from "./axe";
import { expect, test } from "./journey";
import { drawOne } from "./sharing";

test.use({ serviceWorkers: "allow" });

/** Says whether something waits to be sent. */
const outbox = () => localStorage.getItem("descent.outbox");

/** The server under another address, whose service worker becomes another one when that is asked for. */
async function updatable(target: string) {
  let addition = "";
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.url === "/sw.js") {
      const text = await (await fetch(`${target}/sw.js`)).text();
      outgoing.writeHead(200, { "content-type": "text/javascript" }).end(text + addition);
      return;
    }
    const { method, headers } = incoming;
    const forward = request(new URL(incoming.url!, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}/`,
    publish: () => {
      addition = "\n// Newer.";
    },
    close: () => server.close(),
  };
}

/** An address that carries a network trained in Node. */
async function capsule(): Promise<string> {
  const spec = parseExperiment({
    ...firstRun,
    dataset: { id: "mnist", trainLimit: 2000 },
    training: { ...firstRun.training, epochs: 1 },
  });
  const parts = { openDataset: () => mnistFromDisk(), engine: await wasmFromDisk() };
  const { weights } = await replay(spec, parts);
  return `/x/${encodeExperiment(spec)}#net=${atOnce(encodeCapsule(spec, weights))}`;
}

test("one visit is enough: without a network it reloads, trains, teaches, opens a capsule, and keeps a submission", async ({
  page,
  context,
  playground,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  await playground.open();
  const since = Date.now();
  await expect(page.getByText(/^Ready offline, \d+\.\d MB$/)).toBeVisible({ timeout: 120_000 });
  console.log(`ready offline ${Date.now() - since} ms after the page was open`);

  await playground.button("Storage").click();
  const storage = page.getByRole("dialog", { name: "Storage" });
  await expect(storage.getByText("Pages, lessons and engines")).toBeVisible();
  console.log(`kept: ${(await storage.locator("dl > div").allTextContents()).join(", ")}`);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");

  // Nothing of the browser's own cache may help.
  const browser = await context.newCDPSession(page);
  await browser.send("Network.clearBrowserCache");
  await context.setOffline(true);
  expect(
    await page.evaluate(() =>
      fetch("/api/health").then(
        () => "there",
        () => "gone",
      ),
    ),
  ).toBe("gone");

  await playground.reload();
  // A network that nobody had before.
  await playground.setNumber("Seed", 1 + (Date.now() % 1_000_000));
  await playground.setNumber("Epochs", 1);
  await playground.train.click();
  const run = await playground.finished();
  expect(run.samples).toEqual({ training: 48_000, validation: 12_000, test: 10_000 });
  expect(run.testAccuracy).toBeGreaterThan(0.93);

  await playground.button("Submit to leaderboard").click();
  const dialog = page.getByRole("dialog", { name: "Submit to leaderboard" });
  await dialog.getByRole("button", { name: "Submit", exact: true }).click();
  // It is kept at once: whoever closes the page now loses nothing.
  await expect.poll(() => page.evaluate(outbox)).toBe("true");

  await page.goto("/lessons");
  await page.getByRole("link", { name: "From loss to backpropagation" }).click();
  await expect(page.getByRole("button", { name: "Train", exact: true })).toBeEnabled();
  await expect(page.locator(".katex").first()).toBeVisible();

  await playground.open(await capsule());
  await expect(page.getByText("A trained network came with this link")).toBeVisible();
  await drawOne(page);
  await page.getByRole("button", { name: "Test it here" }).click();
  await expect(page.getByText(/^measured here, from these weights: 0\.[89]\d{3}/)).toBeVisible({
    timeout: 60_000,
  });

  await page.goto("/x/broken");
  await expect(page.getByRole("heading", { name: "This link leads to no experiment" })).toBeVisible();

  await context.setOffline(false);
  await expect.poll(() => page.evaluate(outbox), { timeout: 30_000 }).toBe("false");
  await page.goto("/leaderboard?board=accuracy");
  await expect(page.getByRole("region", { name: "My entries" }).getByRole("listitem")).toHaveCount(1);
});

test("a new version is offered in one line, waits for the end of a run, and is taken when somebody says so", async ({
  page,
  playground,
  baseURL,
}) => {
  const server = await updatable(baseURL!);
  await playground.open(server.address);
  await expect(page.getByText(/^Ready offline/)).toBeVisible({ timeout: 120_000 });
  server.publish();
  // What a browser does by itself when a page is opened.
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await expect(page.getByText("A new version is here.")).toBeVisible({ timeout: 60_000 });
  expect(await violations(page)).toEqual([]);

  await playground.makeSmall({ images: 6000, epochs: 1000 });
  await playground.train.click();
  await expect(page.getByText("It waits until the run is over.")).toBeVisible();
  await expect(playground.button("Update")).toBeHidden();
  await expect(playground.log).toContainText("Epoch 2/1000", { timeout: 60_000 });
  await playground.button("Stop").click();
  await playground.finished();

  const reloaded = page.waitForEvent("load");
  await playground.button("Update").click();
  await reloaded;
  await expect(page.getByText(/^Ready offline/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("A new version is here.")).toBeHidden();
  const waits = await page.evaluate(
    async () => (await navigator.serviceWorker.getRegistration())?.waiting != null,
  );
  expect(waits).toBe(false);
  server.close();
});
