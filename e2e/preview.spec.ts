// What a chat shows of a link is drawn on the server. Whatever stands in a title or a code, it is drawn or refused,
// and never becomes a part of a page.
import { encodeExperiment } from "../lib/share/code";
import { parseExperiment } from "../lib/spec/experiment";
import { firstRun } from "../lib/spec/presets/first-run";
import { expect, test } from "./journey";

const codeOf = (title: string) => encodeExperiment(parseExperiment({ ...firstRun, title }));
const first = codeOf("First run");

/** Titles that are something else in a page, a style, an SVG, a template or a terminal. */
const hostileTitles = [
  "<script>window.broken = 1</script>",
  "</title><script>window.broken = 1</script>",
  "</script><script>window.broken = 1</script>",
  `"><img src=x onerror="window.broken = 1">`,
  `' onmouseover='window.broken = 1' x='`,
  "<svg/onload=window.broken=1>",
  "]]><svg xmlns='http://www.w3.org/2000/svg' onload='window.broken=1'/>",
  "<!--><script>window.broken = 1</script-->",
  "&lt;script&gt;window.broken = 1&lt;/script&gt;",
  "javascript:window.broken=1",
  "{{constructor.constructor('window.broken=1')()}}",
  "$" + "{window.broken = 1}",
  "<foreignObject><iframe srcdoc='<script>parent.broken=1</script>'></foreignObject>",
  "url(javascript:window.broken=1)",
  "\u2028\u2029</head><body onload=window.broken=1>",
  "\u202e<script>window.broken=1</script>",
  "\u0000\u0001\u001b[31mred",
  "\ud800<b>",
  "%3Cscript%3Ewindow.broken=1%3C/script%3E",
  "__proto__",
];

test("a picture is a PNG of 1200×630 that may be kept for ever", async ({ request }) => {
  const response = await request.get(`/api/og/${first}`);
  expect(response.status()).toBe(200);
  expect(response.headers()).toMatchObject({
    "content-type": "image/png",
    "cache-control": "public, max-age=31536000, s-maxage=31536000, immutable",
    "x-content-type-options": "nosniff",
    "x-runtime": "nodejs",
  });
  const png = await response.body();
  expect(png.subarray(0, 8)).toEqual(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
  expect(png.subarray(12, 16).toString()).toBe("IHDR");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);

  const again = await request.get(`/api/og/${first.replaceAll("~", "%7E")}`);
  expect(await again.body()).toEqual(png);
  const other = await request.get(`/api/og/${codeOf("Another run")}`);
  expect(await other.body()).not.toEqual(png);
});

test("a code without a picture is refused as JSON in one sentence, and not for long", async ({ request }) => {
  for (const bad of [
    "bad",
    "%00",
    "..%2f..%2fetc%2fpasswd",
    "%3Csvg%20onload=alert(1)%3E",
    `${first}~seed-x`,
    "A".repeat(9000),
  ]) {
    const response = await request.get(`/api/og/${bad}`);
    expect(response.status(), bad.slice(0, 40)).toBe(404);
    expect(response.headers()["content-type"]).toContain("application/json");
    expect(response.headers()["cache-control"]).toBe("public, max-age=60, s-maxage=300");
    const { error } = await response.json();
    expect(error.message).toMatch(/; it must be .+\.$/);
  }
  const unknown = await request.get(`/api/og/${"0123456789abcdef".repeat(4)}`);
  expect(unknown.status()).toBe(404);
  expect(unknown.headers()["cache-control"]).toBe("no-store");
});

test("a hostile title is text on the page, in its head and in the picture, and nothing else", async ({
  page,
  playground,
  request,
}) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  for (const title of hostileTitles) {
    const code = codeOf(title);
    await playground.open(`/x/${code}`);
    const found = await page.evaluate(() => ({
      broken: "broken" in window,
      title: document.title,
      shared: document.querySelector("meta[property='og:title']")?.getAttribute("content"),
      // What no page of ours has.
      strangers: document.querySelectorAll(
        "img, iframe, foreignObject, b, [onload], [onerror], [onmouseover]",
      ).length,
    }));
    expect(found).toMatchObject({ broken: false, strangers: 0 });
    if (/^[\x20-\x7e]*$/.test(title)) {
      expect(found.title).toBe(`${title} · Descent`);
      expect(found.shared).toBe(title);
    }
    const picture = await request.get(`/api/og/${code}`);
    expect(picture.headers()["content-type"]).toBe("image/png");
    expect((await picture.body()).subarray(1, 4).toString()).toBe("PNG");
  }
  expect(dialogs).toEqual([]);
});

test("a hostile title is text in an embed, too", async ({ page }) => {
  for (const title of hostileTitles.slice(0, 8)) {
    await page.goto(`/embed/${codeOf(title)}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    expect(await page.evaluate(() => "broken" in window)).toBe(false);
    await expect(page.locator("img, iframe, [onload], [onerror]")).toHaveCount(0);
  }
});
