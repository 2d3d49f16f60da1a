// Whatever is sent to POST /api/runs, it is a run or it is refused with a 4xx: never a fault, and nothing is stored.
import fc from "fast-check";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { changed, createEntrance, experimentOf, formOf, type Publishable, publishable } from "./testing";

let one: Publishable;
beforeAll(async () => {
  one = await publishable(experimentOf(1));
});

let calls: string[];
let post: ReturnType<typeof createEntrance>["post"];
beforeEach(() => {
  ({ calls, post } = createEntrance());
});

const refused = async (response: Response) => {
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  const { error } = await response.json();
  expect(error.message).toMatch(/\.$/);
  expect(error.message).not.toMatch(/\n|\bat .*:\d+|Error:/);
  expect(calls.filter((call) => call.startsWith("put"))).toEqual([]);
};
const type = { "content-type": "multipart/form-data; boundary=x" };

test("any bytes and any content type are refused with a 4xx", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.constantFrom(type, {}), async (bytes, headers) =>
      refused(await post(bytes.slice(), headers)),
    ),
  );
});

test("a request cut anywhere, or with any byte changed in its frame, is refused or the same", async () => {
  const request = new Request("http://a.test", { method: "POST", body: formOf(one.published, one) });
  const bytes = new Uint8Array(await request.arrayBuffer());
  const headers = { "content-type": request.headers.get("content-type")! };
  const frame = 400;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 3 }), async (length) =>
      refused(await post(bytes.slice(0, length), headers)),
    ),
    { numRuns: 60 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: frame }),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const mutated = bytes.slice();
        mutated[at] = mutated[at]! ^ flip;
        const { status } = await post(mutated, headers);
        // A part's file name and type are not looked at; everything else in the frame is.
        expect(status === 201 || status === 200 || (status >= 400 && status < 500)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

test("any JSON in the place of the run, or of any part of it, is refused with a 4xx or is a run", async () => {
  const paths = [
    [],
    ["run"],
    ["weights"],
    ["run", "experiment"],
    ["run", "experiment", "layers"],
    ["run", "experiment", "dataset"],
    ["run", "history"],
    ["run", "history", 0],
    ["run", "curves"],
    ["run", "curves", "loss", "means"],
    ["run", "steps"],
    ["run", "environment"],
    ["__proto__"],
    ["constructor"],
    ["run", "__proto__"],
    ["run", "experiment", "__proto__"],
    ["weights", "__proto__"],
  ];
  const odd = fc.constantFrom<unknown>(1e308, -0, 2 ** 53, "\ud800", "__proto__", { __proto__: null });
  const value = fc.oneof(fc.jsonValue({ maxDepth: 6 }), odd);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), value, async (path, replacement) => {
      // Written by hand: an assignment to __proto__ would not reach the text.
      const mark = "a place to fill";
      const [last, outer] = [path.at(-1), path.slice(0, -1)];
      const text =
        last === undefined
          ? JSON.stringify(replacement)
          : JSON.stringify(changed(one.published, [...outer, last === "__proto__" ? mark : last], mark))
              .replace(`"${mark}":`, '"__proto__":')
              .replace(`"${mark}"`, JSON.stringify(replacement));
      const { status } = await post(formOf(text, { weights: one.weights }));
      expect(status === 201 || status === 200 || (status >= 400 && status < 500), text).toBe(true);
    }),
    { numRuns: 300 },
  );
  expect(({} as { version?: unknown }).version).toBeUndefined();
});

test("JSON of any depth is refused without a fault", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const depth = 150_000;
  const nested = `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const objects = `${'{"run":'.repeat(40_000)}1${"}".repeat(40_000)}`;
  const layers = JSON.stringify(one.published).replace('"layers":[', `"layers":[${nested},`);
  for (const text of [nested, objects, layers])
    await refused(await post(formOf(text, { weights: one.weights })));
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});
