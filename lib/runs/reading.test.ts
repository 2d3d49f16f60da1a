import { beforeEach, expect, test, vi } from "vitest";
import { route } from "../http";
import { createArchive } from "./archive";
import { runName } from "./names";
import { createRunAnswer } from "./reading";
import { counting, createMemoryStore, experimentOf, publishable } from "./testing";

const { store, calls } = counting(createMemoryStore());
const open = () => ({ kind: "embedded" as const, store });
const answer = createRunAnswer(createArchive(open));
const get = (id: string, headers: Record<string, string> = {}) =>
  route(() => answer(new Request("http://localhost:3000/api/runs", { headers }), id), { anyOrigin: true })(
    new Request("http://localhost:3000"),
  );

beforeEach(() => void calls.splice(0));

/** Words that a page would run if it took them for more than words. */
const scripts = [
  "<script>alert(1)</script>",
  "</script><svg onload=alert(1)>",
  `"><img src=x onerror=alert(1)>`,
  "' onmouseover='alert(1)",
  "javascript:alert(1)",
  "{{constructor.constructor('alert(1)')()}}",
  "\u2028alert(1)\u2029",
  "&lt;script&gt;",
  "\u202egnp.exe",
  "../../../../etc/passwd",
];

test("a run is answered whole, with the address of its weights, to be kept by any cache for ever", async () => {
  const { published, weights } = await publishable(experimentOf(1));
  const { id } = await createArchive(open).keep(published, weights);
  const response = await get(id);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "cache-control": "public, max-age=31536000, s-maxage=31536000, immutable",
    "content-type": "application/json",
    etag: `"${id}"`,
    "access-control-allow-origin": "*",
  });
  const url = `http://store.test/weights/${published.weights.sha256}`;
  expect(await response.json()).toEqual({ id, ...published, weights: { ...published.weights, url } });
});

test("who has it is told that it has not changed", async () => {
  const { published, weights } = await publishable(experimentOf(1));
  const { id } = await createArchive(open).keep(published, weights);
  for (const tag of [`"${id}"`, `W/"${id}"`, `"other", "${id}"`, "*"]) {
    const response = await get(id, { "if-none-match": tag });
    expect([response.status, await response.text()]).toEqual([304, ""]);
    expect(response.headers.get("etag")).toBe(`"${id}"`);
    expect(response.headers.get("cache-control")).toContain("immutable");
  }
  expect((await get(id, { "if-none-match": `"${id.slice(1)}"` })).status).toBe(200);
});

test("a run that is not there is a 404 that no cache keeps, until it is there", async () => {
  const { published, weights } = await publishable(experimentOf(2));
  const { id } = await createArchive(() => ({ kind: "embedded", store: createMemoryStore() })).keep(
    published,
    weights,
  );
  const response = await get(id);
  expect([response.status, response.headers.get("cache-control")]).toEqual([404, "no-store"]);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect((await response.json()).error).toEqual({
    code: "not_found",
    message: `There is no published run ${id}.`,
    field: "id",
  });
  await createArchive(open).keep(published, weights);
  expect((await get(id)).status).toBe(200);
});

test("what cannot be a run's name is refused without asking the store", async () => {
  const sixtyFour = "0123456789abcdef".repeat(4);
  const names = [
    "",
    "1",
    sixtyFour.slice(1),
    `${sixtyFour}0`,
    sixtyFour.toUpperCase(),
    `${sixtyFour}\n`,
    `${sixtyFour}.json`,
    `../runs/${sixtyFour}`,
    `${sixtyFour.slice(0, 61)}/..`,
    "..%2f..%2ftoken",
    "__proto__",
    "constructor",
    "\0".repeat(64),
    "０".repeat(64),
    ...scripts,
  ];
  for (const name of names) {
    const response = await get(name);
    const { error } = await response.json();
    expect([name, response.status, error.code, error.field]).toEqual([name, 422, "invalid", "id"]);
    expect(error.message).toMatch(/it must be 64 hexadecimal digits\.$/);
    expect(response.headers.get("content-type")).toBe("application/json");
  }
  expect(calls).toEqual([]);
});

test("a damaged run is a 502 that shows nothing of it", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const { published, weights } = await publishable(experimentOf(3));
  const { id } = await createArchive(open).keep(published, weights);
  const options = { contentType: "text/html", overwrite: true, maxAgeSeconds: 60 };
  await store.put(runName(id), `<script>alert("${id}")</script>`, options);
  const response = await get(id);
  expect([response.status, response.headers.get("cache-control")]).toEqual([502, "no-store"]);
  expect(await response.text()).not.toContain("script");
  log.mockRestore();
});

test("a script in a title is answered as the words that it is, as JSON", async () => {
  for (const title of scripts) {
    const { published, weights } = await publishable(experimentOf(4, { title }));
    const { id } = await createArchive(open).keep(published, weights);
    const response = await get(id);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect((await response.json()).run.experiment.title).toBe(title);
  }
});
