import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { encodeExperiment } from "../share/code";
import { parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import * as presets from "../spec/presets/registry";
import { type StillData, stillExperiment, stillLesson, stillProblem, tokens } from "./still";

const look = { theme: null, autoHeight: false };
const spec = parseExperiment(firstRun);
const code = encodeExperiment(spec);
const script = readFileSync(new URL("../../public/embed-still.js", import.meta.url));

const dataIn = (html: string): StillData =>
  JSON.parse(/<script type="application\/json" id="embed">(.*)<\/script>/.exec(html)![1]!);

describe("the still picture of an experiment", () => {
  const html = stillExperiment(spec, code, look);

  test("says what it is, draws its network, and offers two ways on", () => {
    expect(html).toContain("<h1>First run</h1>");
    expect(html).toContain("784-128-64-10 · Adam .001 · 109,386 parameters");
    expect(html.match(/<rect /g)).toHaveLength(1 + spec.layers.length);
    expect(html).toContain("<span>Open the playground here</span>");
    expect(html).toContain(`<a href="/x/${code}" target="_blank" rel="noopener">Open in Descent`);
  });

  test("tells its script what it needs, and runs no other", () => {
    expect(dataIn(html)).toMatchObject({ live: `/embed/${code}/live`, experiment: firstRun, loads: true });
    expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script type="application/json" id="embed">',
      '<script src="/embed-still.js" defer>',
    ]);
  });

  test.each(Object.values(presets))("is a few kilobytes with its script: $kind", ({ experiment }) => {
    const drawn = parseExperiment(experiment);
    const bytes =
      gzipSync(stillExperiment(drawn, encodeExperiment(drawn), look)).length + gzipSync(script).length;
    expect(bytes).toBeLessThan(6000);
  });

  test("looks as its address asks for", () => {
    expect(html).toContain('<html lang="en">');
    expect(stillExperiment(spec, code, { theme: "dark", autoHeight: true })).toContain(
      '<html lang="en" data-theme="dark" data-height="auto">',
    );
  });

  test("has the colours of the rest of the product", () => {
    const styles = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
    const [light, dark] = [styles.indexOf("color-scheme: light"), styles.indexOf("color-scheme: dark")];
    for (const [part, colours] of [
      [styles.slice(0, light), tokens.light],
      [styles.slice(light, dark), tokens.dark],
    ] as const)
      for (const [name, colour] of Object.entries(colours)) expect(part).toContain(`--${name}: ${colour};`);
  });

  test.each([
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    `" onload="alert(1)`,
    "<!--",
    "\ud800<b>",
  ])("lets nothing of the title %j be anything but text", (title) => {
    const hostile = stillExperiment({ ...spec, title }, code, look);
    expect(hostile).not.toMatch(/<script>|<img|<b>|<!--/);
    expect(hostile.match(/<\/script>/g)).toHaveLength(2);
    expect(hostile).not.toMatch(/ onload="/);
    expect(dataIn(hostile).experiment.title).toBe(title);
  });
});

describe("the still picture of a lesson", () => {
  const lesson = {
    slug: "fit-and-history",
    title: "Fit & history",
    summary: "One call trains a network.",
    minutes: null,
    steps: [
      { id: "b", title: "Second" },
      { id: "c", title: "Third <i>" },
    ],
    from: 2,
    experiment: spec,
  };

  test("lists the steps that are shown by their numbers", () => {
    const html = stillLesson(lesson, look);
    expect(html).toContain("<h1>Fit &amp; history</h1>");
    expect(html).toContain('<ol start="2" class="soft"><li>Second</li><li>Third &lt;i&gt;</li></ol>');
    expect(html).not.toContain("minutes");
    expect(html).toContain('href="/lessons/fit-and-history#b"');
    expect(dataIn(html)).toMatchObject({ live: "/embed/lesson/fit-and-history/live", loads: false });
  });

  test("says how long the whole takes", () => {
    expect(stillLesson({ ...lesson, minutes: 20, from: 1 }, look)).toContain("About 20 minutes");
  });
});

test("an address that says nothing is told why, without a script", () => {
  const html = stillProblem("This link leads to no experiment", 'code is "<b>"; it must be another.', look);
  expect(html).toContain("code is &quot;&lt;b&gt;&quot;; it must be another.");
  expect(html).not.toContain("<script");
});
