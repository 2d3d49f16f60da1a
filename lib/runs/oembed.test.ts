import { beforeAll, expect, test } from "vitest";
import { route } from "../http";
import { encodeExperiment } from "../share/code";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { createArchive } from "./archive";
import { createOembedAnswer } from "./oembed";
import { createMemoryStore, experimentOf, publishable } from "./testing";

const store = createMemoryStore();
const archive = createArchive(() => ({ kind: "embedded", store }));
const answer = route(createOembedAnswer(archive), { anyOrigin: true });
const origin = "https://descent.example";
const ask = (parameters: Record<string, string> | string, headers: Record<string, string> = {}) =>
  answer(
    new Request(`http://internal.test/api/oembed?${new URLSearchParams(parameters)}`, {
      headers: { host: "descent.example", "x-forwarded-proto": "https", ...headers },
    }),
  );
const first = parseExperiment(firstRun);
const code = encodeExperiment(first);

let id: string;
beforeAll(async () => {
  const { published, weights } = await publishable(experimentOf(1, { title: "" }));
  ({ id } = await archive.keep(published, weights));
});

test("an experiment's address is answered with a frame that shows it", async () => {
  const response = await ask({ url: `${origin}/x/${code}` });
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/json",
    "access-control-allow-origin": "*",
    "cache-control": "public, max-age=300, s-maxage=86400",
  });
  expect(await response.json()).toEqual({
    version: "1.0",
    type: "rich",
    title: "First run",
    provider_name: "Descent",
    provider_url: `${origin}/`,
    cache_age: 86_400,
    width: 800,
    height: 600,
    html: `<iframe src="${origin}/embed/${code}" title="First run" width="800" height="600" style="border:0;max-width:100%" loading="lazy" allow="fullscreen; clipboard-write; screen-wake-lock"></iframe>`,
    thumbnail_url: `${origin}/api/og/${code}`,
    thumbnail_width: 1200,
    thumbnail_height: 630,
  });
});

test("so is the address of its frame, with a slash at the end, by http or with a query", async () => {
  const expected = await (await ask({ url: `${origin}/x/${code}` })).json();
  for (const url of [
    `${origin}/embed/${code}`,
    `${origin}/embed/${code}/live`,
    `${origin}/x/${code}/`,
    `http://descent.example/x/${code}?utm=1#top`,
  ])
    expect(await (await ask({ url, format: "json" })).json()).toEqual(expected);
});

test("a published run is shown by its experiment, with its result as the title and its own picture", async () => {
  const response = await ask({ url: `${origin}/r/${id}` });
  const { title, html, thumbnail_url } = await response.json();
  expect(title).toBe("784-5-10 · 97.52% on the test images");
  expect(thumbnail_url).toBe(`${origin}/api/og/${id}`);
  expect(html).toContain(`src="${origin}/embed/${encodeExperiment(experimentOf(1, { title: "" }))}"`);
});

test("a lesson is shown as a whole, from its page's address or its frame's, or by its path alone", async () => {
  for (const url of [
    `${origin}/lessons/fit-and-history`,
    `${origin}/lessons/fit-and-history/?utm=1#step`,
    `${origin}/embed/lesson/fit-and-history`,
    `${origin}/embed/lesson/fit-and-history/live?host=https://evil.test`,
    "/lessons/fit-and-history",
  ]) {
    const response = await ask({ url });
    expect([url, response.status]).toEqual([url, 200]);
    const answered = await response.json();
    expect(answered).toMatchObject({ type: "rich", title: "Fit and history", width: 800, height: 600 });
    expect(answered).not.toHaveProperty("thumbnail_url");
    expect(answered.html).toContain(`src="${origin}/embed/lesson/fit-and-history" title="Fit and history"`);
  }
});

test("what a frame's address asks for is kept as far as it means something", async () => {
  const sourceOf = async (url: string) =>
    /src="([^"]*)"/.exec((await (await ask({ url })).json()).html)![1]!.replaceAll("&amp;", "&");
  const lesson = `${origin}/embed/lesson/fit-and-history`;
  expect(await sourceOf(`${lesson}?steps=2-4&lock=layers,"><script>&theme=dark&x=1`)).toBe(
    `${lesson}?lock=layers&theme=dark&steps=2-4`,
  );
  expect(await sourceOf(`${lesson}?height=auto&theme=pink&host=https://evil.test&begin=train`)).toBe(lesson);
  expect(await sourceOf(`${origin}/x/${code}?lock=layers`)).toBe(`${origin}/embed/${code}`);
});

test("it fits into what the asking page has room for, and is never larger than its own size", async () => {
  const sizeFor = async (parameters: object) => {
    const { width, height, html } = await (await ask({ url: `${origin}/x/${code}`, ...parameters })).json();
    expect(html).toContain(`width="${width}" height="${height}"`);
    return [width, height];
  };
  expect(await sizeFor({ maxwidth: "400" })).toEqual([400, 600]);
  expect(await sizeFor({ maxheight: "300" })).toEqual([800, 300]);
  expect(await sizeFor({ maxwidth: "1", maxheight: "10000" })).toEqual([1, 600]);
});

test.each(["0", "-1", "1.5", "1e3", "", " 5", "10001", "abc", "0x10", "٣"])(
  "a width of %j is refused in one sentence",
  async (maxwidth) => {
    const response = await ask({ url: `${origin}/x/${code}`, maxwidth });
    const { error } = await response.json();
    expect([response.status, error.field]).toEqual([422, "maxwidth"]);
    expect(error.message).toMatch(/must be a whole number of pixels from 1 to 10000\.$/);
  },
);

test("without an address it is a 422, in another format a 501, and any site may read why", async () => {
  const missing = await ask({});
  expect([missing.status, (await missing.json()).error.field]).toEqual([422, "url"]);
  for (const format of ["xml", "JSON", "", "<script>"]) {
    const response = await ask({ url: `${origin}/x/${code}`, format });
    expect([response.status, (await response.json()).error.message]).toEqual([
      501,
      "format must be json; there is no other.",
    ]);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  }
});

test("every other address is a 404 that does not repeat it", async () => {
  const addresses = [
    "",
    "not an address",
    `//evil.test/x/${code}`,
    `/\\evil.test/x/${code}`,
    `https://evil.test/x/${code}`,
    `https://descent.example@evil.test/x/${code}`,
    `https://descent.example.evil.test/x/${code}`,
    `//descent.example/x/${code}`,
    `javascript:alert(1)//descent.example/x/${code}`,
    `data:text/html,<script>alert(1)</script>`,
    `${origin}/`,
    `${origin}/x`,
    `${origin}/x/`,
    `${origin}/x/${code}/more`,
    `${origin}/api/runs/${id}`,
    `${origin}/embed`,
    `${origin}/embed/lesson`,
    `${origin}/embed/lesson/`,
    `${origin}/embed/lesson/nowhere`,
    `${origin}/embed/lesson/fit-and-history/more`,
    `${origin}/embed/lessons/fit-and-history`,
    `${origin}/lessons`,
    `${origin}/lessons/nowhere`,
    `${origin}/lessons/__proto__`,
    `${origin}/x/%`,
    `${origin}/x/%ff`,
    `${origin}/x/%00`,
    `${origin}/x/..%2f..%2fsecret`,
    `${origin}/x/1~"><script>alert(1)</script>`,
    `${origin}/x/${"z".repeat(100_000)}`,
    `${origin}/r/${id.slice(1)}`,
    `${origin}/r/${id.toUpperCase()}`,
    `${origin}/r/${"0".repeat(64)}`,
    `${origin}/r/..%2f${id}`,
    `${origin}/r/__proto__`,
    `${origin}/__proto__/${code}`,
  ];
  for (const url of addresses) {
    const response = await ask({ url });
    expect([url, response.status, await response.json()]).toEqual([
      url,
      404,
      {
        error: {
          code: "not_found",
          message: "url must be the address of an experiment, a run or a lesson on this server.",
          field: "url",
        },
      },
    ]);
  }
});

test("titles that are scripts stay words within the attribute, in frames of experiments and of runs", async () => {
  const titles = [
    "<script>alert(1)</script>",
    `"><img src=x onerror=alert(1)>`,
    "' onload='alert(1)",
    `" onload="alert(1)`,
    "</iframe><svg onload=alert(1)>",
    "&quot; onload=&quot;alert(1)",
    "javascript:alert(1)",
    "\u2028\u2029\0\r\n",
  ];
  for (const title of titles) {
    const { published, weights } = await publishable(experimentOf(2, { title }));
    const kept = await archive.keep(published, weights);
    const own = encodeExperiment(published.run.experiment);
    for (const [place, shown] of [
      [`x/${own}`, title.trim()],
      [`r/${kept.id}`, `${title.trim()} · 97.52% on the test images`],
    ]) {
      const { html, title: answered } = await (await ask({ url: `${origin}/${place}` })).json();
      expect(answered).toBe(shown);
      // Between its quotes no attribute has a quote or a bracket, and there are just these attributes.
      expect(html).toMatch(
        /^<iframe src="https:\/\/descent\.example\/embed\/[^"'<>&\s]+" title="[^"'<>]*" width="800" height="600" style="border:0;max-width:100%" loading="lazy" allow="fullscreen; clipboard-write; screen-wake-lock"><\/iframe>$/,
      );
    }
  }
});

test("the host that the frame leads to is an origin, whatever stands in the headers", async () => {
  const response = await ask(
    { url: `http://evil.test/x/${code}` },
    { host: 'evil.test/"><script>', "x-forwarded-proto": "javascript" },
  );
  const text = await response.text();
  expect(text).not.toContain("<script>");
  expect(text).not.toContain("javascript");
});
