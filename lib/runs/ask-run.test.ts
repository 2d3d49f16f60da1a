import { expect, test } from "vitest";
import { recordWith } from "../metrics/testing";
import { askRun } from "./ask-run";

const id = "0123456789abcdef".repeat(4);
const run = recordWith({});
const weights = { encoding: "float32", sizeBytes: 4, sha256: id, testAccuracy: 0.9, url: "/weights" };
const asking = (body: unknown, init?: ResponseInit) =>
  askRun(id, { fetch: async () => Response.json(body, init) });

test("a run is read as it was published, with where its weights are", async () => {
  expect(await asking({ id, version: 1, run, weights })).toEqual({ id, version: 1, run, weights });
});

test.each([
  ["another run", { id: "f".repeat(64), version: 1, run, weights }],
  ["a run without weights", { id, version: 1, run }],
  ["a run with a field more", { id, version: 1, run, weights, more: 1 }],
  ["nothing", null],
])("%s is refused in one sentence", async (_, body) => {
  await expect(asking(body)).rejects.toThrow("is no published run");
});

test("a refusal is the API's own sentence", async () => {
  const error = { code: "not_found", message: "There is no published run." };
  await expect(asking({ error }, { status: 404 })).rejects.toThrow(error.message);
});
