import { expect, test } from "vitest";
import { hashSource, hashSources, inlineScripts, nonceSource } from "./inline-scripts";

const html = `<!DOCTYPE html><html><head>
  <script src="/_next/static/chunks/a.js" async=""></script>
  <script type="application/ld+json">{"@type": "Course"}</script>
  <script>first("<b>")</script>
  <SCRIPT id="_R_" data-src="x">second()
;</SCRIPT>
  <script type="module">third()</script></head><body><script></script><script>first("<b>")</script></body></html>`;

test("the scripts of a page are those that stand in it and run", () => {
  expect(inlineScripts(html)).toEqual(['first("<b>")', "second()\n;", "third()", 'first("<b>")']);
});

test("a hash is what browsers compare with", async () => {
  // The example of the specification's section on hashes.
  expect(await hashSource("doSomething();")).toBe("'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='");
});

test("what stands in pages twice is named once", async () => {
  const hashes = await hashSources(html, "<script>third()</script>");
  expect(hashes).toHaveLength(3);
  expect(hashes[2]).toBe(await hashSource("third()"));
});

test("every nonce is another, and one that Next reads", () => {
  const nonces = Array.from({ length: 50 }, nonceSource);
  expect(new Set(nonces).size).toBe(50);
  for (const nonce of nonces) expect(nonce).toMatch(/^'nonce-[A-Za-z\d+/]{22}=='$/);
});
