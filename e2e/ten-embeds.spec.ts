// Ten embeds on a page, all asked to train at once: they take turns, and the page stays within its memory.
import { readFileSync } from "node:fs";
import type { Browser } from "@playwright/test";
import { encodeExperiment } from "../lib/share/code";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { type CoursePage, openCourse } from "./course-page";
import { expect, test } from "./journey";

const EMBEDS = 10;
const MEGABYTE = 1024 * 1024;
/** Training images of each; `EMBED_IMAGES=60000` takes all of them. */
const images = Number(process.env.EMBED_IMAGES ?? 12_000);

const experiment = parseExperiment({
  ...firstRun,
  dataset: { ...firstRun.dataset, trainLimit: images },
  training: { ...firstRun.training, epochs: 1 },
});

/** Renderers of the browser's own windows, not of any page. */
const OWN = "--top-chrome-webui";

/** Bytes that all renderers of pages hold: what they share with others is divided among them. */
async function rendererBytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const kilobytes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      try {
        if (readFileSync(`/proc/${id}/cmdline`, "utf8").includes(OWN)) return 0;
        return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))![1]);
      } catch {
        // It has ended meanwhile.
        return 0;
      }
    });
  return 1024 * kilobytes.reduce((sum, part) => sum + part, 0);
}

const doneCount = async (course: CoursePage): Promise<number> => {
  const done = await Promise.all(Array.from({ length: EMBEDS }, (_, index) => course.told("done", index)));
  return done.flat().length;
};

test("ten embeds train one after another in under 600 MB, and the first still answers", async ({
  page,
  browser,
  baseURL,
}) => {
  const unable = process.platform !== "linux";
  const reason = "The memory of ten embeds is read from /proc, which only Linux has.";
  if (unable) console.log(reason);
  test.skip(unable, reason);
  const source = `${baseURL}/embed/${encodeExperiment(experiment)}`;
  const course = await openCourse(
    page,
    Array.from({ length: EMBEDS }, () => source),
    { otherSite: true, attributes: 'width="700" height="700"' },
  );
  for (let index = 0; index < EMBEDS; index++) {
    await expect.poll(() => course.told("ready", index)).toHaveLength(1);
    await course.say({ type: "train" }, index);
  }
  let most = 0;
  await expect
    .poll(
      async () => {
        most = Math.max(most, await rendererBytes(browser));
        return doneCount(course);
      },
      { timeout: 180_000, intervals: [500] },
    )
    .toBe(EMBEDS);
  console.log(`At most ${Math.round(most / MEGABYTE)} MB in all renderers, ${images} images each`);
  expect(most).toBeGreaterThan(50 * MEGABYTE);
  expect(most).toBeLessThan(600 * MEGABYTE);

  // Never two at a time, and who waited has said so.
  const turns = await Promise.all(
    Array.from({ length: EMBEDS }, async (_, index) => {
      const states = await course.told("state", index);
      const from = states.find(({ state }) => state === "training")?.at ?? Number.NaN;
      const [done] = await course.told("done", index);
      expect(done!.testAccuracy).toBeGreaterThan(0.8);
      return { from, to: done!.at, waited: (await course.told("waiting", index)).length > 0 };
    }),
  );
  turns.sort((a, b) => a.from - b.from);
  for (const [index, { from }] of turns.entries())
    if (index > 0) expect(from).toBeGreaterThanOrEqual(turns[index - 1]!.to);
  expect(turns.filter(({ waited }) => waited).length).toBeGreaterThanOrEqual(EMBEDS - 2);

  const given = [];
  for (let index = 0; index < EMBEDS; index++)
    if ((await course.frame(index).getByRole("button", { name: "Continue training" }).count()) === 0)
      given.push(index);
  expect(given).toHaveLength(EMBEDS - 1);
  const frame = course.frame(given[0]);
  const pictures = frame.getByRole("img", { name: /^Test image/ });
  const names = () => pictures.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  await expect(pictures).toHaveCount(8);
  const before = await names();
  await frame.getByRole("button", { name: "another eight" }).click();
  await expect.poll(names).not.toEqual(before);
  expect(await names()).toHaveLength(8);
  course.close();
});
