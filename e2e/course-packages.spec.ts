// From the teacher's page to the course site's book: packages are downloaded, unzipped and opened in a course site whose
// run time is scorm-again, and a real run in them is what the site then knows.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect as base, type Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { openSite, type Site } from "./another-site";
import { expect, listens, test } from "./journey";

const require = createRequire(import.meta.url);
const small = JSON.stringify({
  version: 1,
  title: "Small & quick",
  dataset: { id: "mnist", trainLimit: 2000 },
  layers: [{ kind: "flatten" }, { kind: "dense", units: 10, activation: "softmax" }],
  optimizer: { kind: "adam", learningRate: 0.01 },
  training: { epochs: 1, batchSize: 32 },
});

let site: Site;
test.beforeEach(async () => {
  site = await openSite();
});
test.afterEach(() => site.close());

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  xml: "application/xml; charset=utf-8",
};

/** Downloads a package from the page and unzips it into the course site. @returns its description */
async function install(page: Page, label: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: `Download the ${label} package` }).click(),
  ]);
  base(download.suggestedFilename()).toMatch(/^descent-[a-z-]+-(scorm-1\.2|scorm-2004|xapi)\.zip$/);
  const files = unzipSync(await readFile(await download.path()));
  for (const [name, bytes] of Object.entries(files))
    site.pages.set(`/package/${name}`, { type: types[name.split(".").at(-1)!], body: bytes });
  return strFromU8(files["imsmanifest.xml"] ?? files["tincan.xml"]!);
}

/** What a course site does with a package's description: it reads which page to open. */
const pageIn = (page: Page, description: string) =>
  page.evaluate((xml) => {
    const read = new DOMParser().parseFromString(xml, "application/xml");
    if (read.querySelector("parsererror")) throw new Error(read.documentElement.textContent ?? "");
    const [resource, launch] = ["resource", "launch"].map((name) => read.querySelector(name));
    return resource?.getAttribute("href") ?? launch?.textContent ?? "";
  }, description);

async function choose(page: Page): Promise<void> {
  await page.goto("/embed");
  await listens(page);
  await page.getByRole("tab", { name: "Your own" }).click();
  await page.getByRole("textbox", { name: /^The link of an experiment/ }).fill(small);
  await page.getByRole("spinbutton", { name: "Pass mark" }).fill("60");
  await page.getByRole("spinbutton", { name: "Pass mark" }).press("Enter");
}

/** Trains in the opened package. @returns the test accuracy in percent, as it was told */
async function train(page: Page): Promise<number> {
  const inner = page.frameLocator("#activity");
  await expect(inner.locator("descent-playground")).toBeVisible();
  const told = inner.locator("descent-playground").evaluate(
    (playground) =>
      new Promise<number>((resolve) => {
        playground.addEventListener("descent-done", (event) =>
          resolve((event as CustomEvent).detail.testAccuracy),
        );
        Object(playground).train();
      }),
  );
  return Math.round(1e4 * (await told)) / 100;
}

/** Opens a package in a course site with a run time. @param api what the site puts into its window */
async function launch(page: Page, start: string, file: string, api: string): Promise<void> {
  const runTime = await readFile(require.resolve(`scorm-again/${file}/min`), "utf8");
  site.pages.set("/run-time.js", { type: types.js, body: runTime });
  site.pages.set("/", {
    body: `<!doctype html><title>A course site</title><script src="/run-time.js"></script><script>window.${api};</script>
      <iframe id="activity" src="/package/${start}" style="width:100%;height:800px"></iframe>`,
  });
  await page.goto(site.origin);
}

for (const { label, file, api, result, expected } of [
  {
    label: "SCORM 1.2",
    file: "scorm12",
    api: "API = new Scorm12API({ logLevel: 5 })",
    result: ({ cmi }: Cmi) => [cmi.core.lesson_status, cmi.core.score.raw, cmi.core.score.max],
    expected: (percent: number) => ["passed", String(percent), "100"],
  },
  {
    label: "SCORM 2004",
    file: "scorm2004",
    api: "API_1484_11 = new Scorm2004API({ logLevel: 5 })",
    result: ({ cmi }: Cmi) => [cmi.completion_status, cmi.success_status, cmi.score.raw, cmi.score.scaled],
    expected: (percent: number) => [
      "completed",
      "passed",
      String(percent),
      String(Math.round(100 * percent) / 1e4),
    ],
  },
])
  test(`a ${label} package tells the course site completed, passed and the score`, async ({ page }) => {
    await choose(page);
    const start = await pageIn(page, await install(page, label));
    await launch(page, start, file, api);
    const percent = await train(page);
    base(percent).toBeGreaterThan(60);
    const says = page.frameLocator("#activity").getByRole("status");
    await expect(says).toHaveText(`Recorded: ${percent} %, passed.`);
    const name = api.split(" ")[0]!;
    const known = await page.evaluate((own) => Object(window)[own].renderCMIToJSONObject() as Cmi, name);
    base(result(known)).toEqual(expected(percent));
    // Going away closes the book.
    await page.evaluate(() => document.querySelector("#activity")!.setAttribute("src", "about:blank"));
    await expect.poll(() => page.evaluate((own) => Object(window)[own].isTerminated(), name)).toBe(true);
  });

/** What the run time writes; a field that its standard lacks is not there. */
// biome-ignore lint/suspicious/noExplicitAny: as deep as the standards are
type Cmi = Record<"cmi", any>;

test("a step of a lesson is passed by what the reader does in it, and stays so in the next session", async ({
  page,
}) => {
  await page.goto("/embed");
  await listens(page);
  await page.getByRole("tab", { name: "Lesson" }).click();
  for (const [name, option] of [
    ["Lesson", /^Fit and history/],
    ["Last step", /^1 /],
  ] as const) {
    await page.getByRole("combobox", { name, exact: true }).click();
    await page.getByRole("option", { name: option }).click();
  }
  const start = await pageIn(page, await install(page, "SCORM 1.2"));
  await launch(page, start, "scorm12", "API = new Scorm12API({ logLevel: 5 })");
  const activity = page.frameLocator("#activity");
  const inner = activity.locator("descent-playground").frameLocator("iframe");
  await inner.getByRole("button", { name: "Open the lesson here" }).click();
  // The lesson listens once it has told how far the reader is.
  await expect(activity.getByRole("status")).toHaveText("Recorded: 0 %, 100 % are needed.");
  await inner.getByRole("radio", { name: "4,810" }).click();
  await expect(activity.getByRole("status")).toHaveText("Recorded: 100 %, passed.");
  const { cmi } = await page.evaluate(() => Object(window).API.renderCMIToJSONObject() as Cmi);
  base([cmi.core.lesson_status, cmi.core.score.raw]).toEqual(["passed", "100"]);

  // On another device nothing is known of the reader but what the course site has kept.
  await page.evaluate(() => {
    const { API, Scorm12API } = Object(window);
    const next = new Scorm12API({ logLevel: 5 });
    next.loadFromFlattenedJSON(API.getFlattenedCMI(), "");
    Object.assign(window, { API: next });
    document.querySelector<HTMLIFrameElement>("#activity")!.contentWindow!.location.reload();
  });
  await expect(activity.getByRole("status")).toHaveText("Recorded so far: 100 %, passed.");
});

test("an xAPI package sends its statements to the record store of its launch address", async ({ page }) => {
  await choose(page);
  const start = await pageIn(page, await install(page, "xAPI"));
  const statements: { verb: { display: { en: string } }; result?: object; object: { id: string } }[] = [];
  for (const name of ["/store/statements"])
    site.pages.set(name, ({ method, headers, body }) => {
      if (method !== "PUT" || headers.authorization !== "Basic c2VjcmV0") return { status: 401 };
      statements.push(JSON.parse(body));
      return { status: 204 };
    });
  const parameters = new URLSearchParams({
    endpoint: `${site.origin}/store/`,
    auth: "Basic c2VjcmV0",
    actor: JSON.stringify({ mbox: "mailto:ada@course.example", name: "Ada" }),
  });
  site.pages.set("/", {
    body: `<!doctype html><title>A course site</title><iframe id="activity" src="/package/${start}?${parameters}" style="width:100%;height:800px"></iframe>`,
  });
  await page.goto(site.origin);
  const percent = await train(page);
  await expect(page.frameLocator("#activity").getByRole("status")).toHaveText(
    `Recorded: ${percent} %, passed.`,
  );
  base(statements.map(({ verb }) => verb.display.en)).toEqual(["initialized", "passed"]);
  base(statements[1]).toMatchObject({
    actor: { mbox: "mailto:ada@course.example" },
    result: { completion: true, success: true, score: { raw: percent } },
  });
  base(statements[1]!.object.id).toContain("/x/1~Small");
});
