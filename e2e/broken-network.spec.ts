// The network as it really is: bytes flip, objects are missing, connections end. The experiment survives it.
import { gunzipSync, gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, test } from "./journey";

/** Changes one shard's bytes the first time that it is asked for. @returns how often it was asked for */
async function breakOnce(page: Page, shard: RegExp, change: (body: Buffer) => Buffer): Promise<() => number> {
  let asked = 0;
  await page.route(shard, async (route) => {
    asked += 1;
    const response = await route.fetch();
    const body = await response.body();
    await route.fulfill({ response, body: asked === 1 ? change(body) : body });
  });
  return () => asked;
}

function flip(bytes: Buffer, index: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[index]! ^= 1;
  return flipped;
}

for (const { what, change } of [
  { what: "a flipped byte in a shard", change: (body: Buffer) => flip(body, body.length >> 1) },
  {
    what: "one wrong pixel in a shard that unpacks well",
    change: (body: Buffer) => gzipSync(flip(gunzipSync(body), 400_000)),
  },
  { what: "a shard that ends half-way", change: (body: Buffer) => body.subarray(0, body.length >> 1) },
])
  test(`${what} is noticed and fetched again`, async ({ page, playground }) => {
    await playground.open();
    await playground.makeSmall({ images: 2000, epochs: 1 });
    await playground.train.click();
    const whole = await playground.finished();

    // Another visit, with nothing kept from the first.
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    const asked = await breakOnce(page, /\/train-000-/, change);
    await playground.open();
    await playground.makeSmall({ images: 2000, epochs: 1 });
    await playground.train.click();
    const mended = await playground.finished();
    expect(asked()).toBe(2);
    expect(mended.epochs).toEqual(whole.epochs);
  });

test("a missing shard is named, and Try again goes on without losing the experiment", async ({
  page,
  playground,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 404/);
  await page.route(/\/train-001-/, (route) => route.fulfill({ status: 404, body: "Not found" }));
  await playground.open();
  await playground.makeSmall({ images: 2000, epochs: 2 });
  await playground.setNumber("Units of layer 2", 77);
  await playground.train.click();
  const sentence = "Training shard 1 of MNIST digits could not be loaded: the server answered 404.";
  await expect(playground.log).toContainText(sentence, { timeout: 60_000 });
  await expect(page.getByRole("alert").filter({ hasText: sentence })).toContainText("try again");

  await page.unroute(/\/train-001-/);
  await playground.button("Try again").click();
  const run = await playground.finished();
  expect(run.epochs.map(({ steps }) => steps)).toEqual([63, 63]);
  await expect(playground.number("Units of layer 2")).toHaveValue("77");
  expect(run.samples.training).toBe(2000);
});

test("what was downloaded once is not downloaded again", async ({ page, playground }) => {
  let shards = 0;
  page.on("request", (request) => {
    if (/\/(train|test)-\d+-[^/]+$/.test(request.url())) shards += 1;
  });
  await playground.open();
  await playground.makeSmall({ images: 2000, epochs: 1 });
  await playground.train.click();
  await playground.finished();
  expect(shards).toBe(2 + 10);
  await playground.open();
  await playground.makeSmall({ images: 2000, epochs: 1 });
  await playground.train.click();
  await playground.finished();
  expect(shards).toBe(2 + 10);
});
