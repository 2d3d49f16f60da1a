// An experiment is a link: the page of one is about it, opens with it, and its address follows what becomes of it.
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { encodeExperiment } from "../lib/share/code";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { lenet5 } from "../lib/spec/presets/lenet5";
import { expect, listens, test } from "./journey";
import { addressOf, pathOf, titled } from "./sharing";

const first = parseExperiment(firstRun);
const lenet = parseExperiment(lenet5.experiment);
const run = "0123456789abcdef".repeat(4);

test("a link's page says what it is about, in the HTML as it is sent, drawn by the edge runtime", async ({
  request,
  baseURL,
}) => {
  const response = await request.get(`${pathOf(first)}?from=${run}`);
  const html = await response.text();
  const head = html.slice(0, html.indexOf("</head>"));
  const described = "784-128-64-10 · Adam .001 · 109,386 parameters";
  const address = `${baseURL}${pathOf(first)}`;
  expect(head).toContain("<title>First run · Descent</title>");
  for (const tag of [
    `<meta name="description" content="${described}"/>`,
    `<meta property="og:title" content="First run"/>`,
    `<meta property="og:description" content="${described}"/>`,
    `<meta property="og:url" content="${address}"/>`,
    `<meta property="og:image" content="${baseURL}/api/og/${encodeExperiment(first)}"/>`,
    `<meta property="og:image:width" content="1200"/>`,
    `<meta property="og:image:height" content="630"/>`,
    `<meta property="og:image:alt" content="First run: ${described}"/>`,
    `<meta name="twitter:card" content="summary_large_image"/>`,
    `<link rel="canonical" href="${address}"/>`,
    `<link rel="alternate" type="application/json+oembed" href="${baseURL}/api/oembed?url=${encodeURIComponent(address)}"`,
    `<meta name="runtime" content="edge"/>`,
  ])
    expect(head).toContain(tag);
  expect(html).toContain("48,000 images · 109,386 parameters");
  expect(response.headers()["cache-control"]).toBe("private, no-cache");
});

test("the server's name comes from the caller, and nothing but a name comes through", async ({ baseURL }) => {
  const { body } = await rawGet(baseURL!, pathOf(first), { host: 'a.example"><script>alert(1)</script>' });
  expect(body).not.toContain("<script>alert(1)");
  expect(body).toContain(`<link rel="canonical" href="${new URL(baseURL!).protocol}//localhost`);
  const named = await rawGet(baseURL!, pathOf(first), { host: "course.example" });
  expect(named.body).toContain(`href="http://course.example${pathOf(first)}"`);
});

test("opens with its experiment and its lineage, and trains nothing by itself", async ({
  page,
  playground,
}) => {
  await playground.open(`${pathOf(lenet)}?from=${run}`);
  await titled(page, "LeNet-5");
  await expect(playground.network).toContainText("61,706 parameters");
  await expect(page.getByRole("link", { name: /^forked from 0123456/ })).toHaveAttribute("href", `/r/${run}`);
  await page.waitForLoadState("networkidle");
  expect(page.workers()).toEqual([]);
  await expect(playground.log).not.toContainText("Training samples");
  await playground.setNumber("Epochs", 3);
  await expect
    .poll(() => addressOf(page))
    .toBe(`${pathOf({ ...lenet, training: { ...lenet.training, epochs: 3 } })}?from=${run}`);
});

interface RawAnswer {
  status: number;
  body: string;
}

/** Sends a path as it is, where a browser would tidy it up first, and goes where a redirect leads. */
function rawGet(origin: string, path: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path, headers, agent: false }, (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      if (status >= 300 && status < 400) {
        response.resume();
        const { pathname } = new URL(answered.location!, origin);
        resolve(rawGet(origin, pathname, headers));
        return;
      }
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status, body }));
    });
    sent.on("error", reject).end();
  });
}

const good = encodeExperiment(first);
const swapped = (index: number, letter: string) => good.slice(0, index) + letter + good.slice(index + 1);

/** Codes that are none: cut, changed, foreign, and made to break something. */
// biome-ignore format: one list is easier to read in few lines.
const badCodes = [
  "0", "1", "1~", "1~~", "2~First.run~flatten", "z", "zz", "zAAAA", "z____", "x", "undefined", "null", "__proto__",
  "constructor", "toString", "%00", `${good}%00`, `%00${good}`, "%0a", "%0d%0aSet-Cookie:a=b", "%20", "%25", "%2525",
  "..%2f..%2fetc%2fpasswd", "..%5c..%5cwindows", "%2e%2e%2f", "%2f", "%2fapi%2fhealth", "..%2fapi%2fhealth", "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
  "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "javascript:alert(1)", "data:text%2Fhtml,x", "%F0%9F%94%A5",
  "%ED%A0%80", "%FF%FE", "%E0%A4%A", "%zz", "%", "%u0041", "%C0%AE%C0%AE%2f", `${good}%`, `${good}%E0`,
  good.slice(0, 5), `${good.slice(0, -10)}!`, good.slice(1), `${good}~`, `${good}~seed-1~seed-1`, `${good}~seed-x`,
  `${good}~training-0`, `${good}~data-mars`, `${good}~__proto__-1`, `${good}~callbacks-a_b`, swapped(0, "9"), swapped(1, "-"),
  swapped(12, "!"), `1~${"a".repeat(121)}~flatten`, `1~a~${"flatten_".repeat(33)}flatten`, "1~a~dense-1e999", "1~a~dense-n1",
  `1~a~${"residual-1_".repeat(40)}flatten`, `1~_zz~flatten`, "a".repeat(8000), `z${"A".repeat(7000)}`, `1~${"~".repeat(3000)}`, "A".repeat(12_000),
];

test("a code that is none gets one clear page, and never the server's own failure", async ({ baseURL }) => {
  expect(badCodes.length).toBeGreaterThan(60);
  for (const place of ["x", "embed"])
    for (const code of badCodes) {
      const { status, body } = await rawGet(baseURL!, `/${place}/${code}`);
      expect(status, `/${place}/${code.slice(0, 80)}`).toBe(404);
      expect(body).not.toContain("root:");
      expect(body).not.toMatch(/<script>alert|onerror=alert\(1\)>/);
    }
});

for (const { code, sentence } of [
  { code: "2~First.run~flatten", sentence: 'code is "2~First.run~flatten"; it must be' },
  { code: `${good}~training-0`, sentence: "training.epochs is 0; it must be a whole number from 1 to 1000." },
  { code: "%E0%A4%A", sentence: "it must be" },
  { code: "%3Cscript%3Ealert(1)%3C%2Fscript%3E", sentence: "it must be" },
  { code: "A".repeat(9000), sentence: "code has 9000 characters; it must be at most 8192." },
])
  test(`the page of ${code.slice(0, 30)} says what is wrong with it, and leads to the playground`, async ({
    page,
    playground,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of 404/);
    page.on("dialog", () => expect(true, "no dialog opens").toBe(false));
    const response = await page.goto(`/x/${code}`);
    expect(response!.status()).toBe(404);
    await expect(page.getByRole("heading", { name: "This link leads to no experiment" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText(sentence);
    await page.getByRole("link", { name: "Go to the playground" }).click();
    await expect(playground.train).toBeEnabled();
    expect(addressOf(page)).toBe("/");
  });

const huge = parseExperiment({
  ...firstRun,
  title: "Far over the budget",
  layers: [
    { kind: "flatten" },
    ...Array.from({ length: 30 }, () => ({ kind: "dense", units: 4096 })),
    { kind: "dense", units: 10, activation: "softmax" },
  ],
});

test("a network far over the budget opens, is explained, and the nearest that fits is offered", async ({
  page,
  playground,
}) => {
  await page.goto(pathOf(huge));
  await listens(page);
  await expect(playground.train).toBeDisabled();
  await expect(playground.network).toContainText(
    "the budget is 1 GB: use smaller layers or a smaller batch.",
  );
  const offer = page.getByText(
    /^This network is larger than this page can train\. The nearest that fits: 784-/,
  );
  await expect(offer).toBeVisible();
  await playground.button("Use the nearest that fits").click();
  await expect(playground.train).toBeEnabled();
  await expect(offer).toHaveCount(0);
  await expect(playground.button("Use the nearest that fits")).toHaveCount(0);
  await expect.poll(() => addressOf(page)).not.toBe(pathOf(huge));
  await page.goBack();
  await expect(playground.train).toBeDisabled();
});

test("an embed may stand in any page's frame, other pages may not", async ({
  page,
  baseURL,
  expectedErrors,
}) => {
  expectedErrors.push(/frame-ancestors|X-Frame-Options|ERR_BLOCKED_BY_RESPONSE|chrome-error/);
  const scripts: number[] = [];
  page.on("requestfinished", async (request) => {
    if (request.resourceType() === "script") scripts.push((await request.sizes()).responseBodySize);
  });
  // Another port is another origin.
  const course = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(
      `<title>Course</title><iframe title="in" src="${baseURL}/embed/${good}" width="1100" height="700"></iframe><iframe title="out" src="${baseURL}${pathOf(first)}"></iframe>`,
    );
  });
  await new Promise<void>((resolve) => course.listen(0, "localhost", resolve));
  await page.goto(`http://localhost:${(course.address() as AddressInfo).port}/`);
  const embed = page.frameLocator("iframe[title=in]");
  await expect(embed.getByRole("heading", { name: "First run" })).toBeVisible();
  await expect(embed.getByText("784-128-64-10 · Adam .001 · 109,386 parameters")).toBeVisible();
  await expect(page.frameLocator("iframe[title=out]").getByRole("button", { name: "Train" })).toHaveCount(0);
  await page.waitForLoadState("networkidle");
  const light = scripts.reduce((sum, size) => sum + size, 0);

  const link = embed.getByRole("link", { name: "Open in Descent" });
  await expect(link).toHaveAttribute("href", pathOf(first));
  await expect(link).toHaveAttribute("rel", "noopener");
  await embed.getByRole("button", { name: "Open the playground here" }).click();
  await expect(embed.getByRole("button", { name: "Train", exact: true })).toBeEnabled();
  await expect.poll(() => scripts.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(light);
  await expect(embed.locator('#experiment[aria-busy="false"]')).toBeVisible();
  // The link leads to the experiment as it is now; the frame's own address stays.
  await embed.getByRole("spinbutton", { name: "Epochs" }).fill("9");
  await embed.getByRole("spinbutton", { name: "Epochs" }).press("Enter");
  const edited = { ...first, training: { ...first.training, epochs: 9 } };
  await expect(link).toHaveAttribute("href", pathOf(edited));
  expect(page.frames().map((frame) => new URL(frame.url()).pathname)).toContain(`/embed/${good}/live`);
  course.close();
});
