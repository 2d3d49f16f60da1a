import { expect, test } from "vitest";
import { encodeExperiment } from "@/lib/share/code";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { POST } from "./route";

const ask = (body: string) => POST(new Request("http://localhost/api/embed", { method: "POST", body }));
const code = encodeExperiment(parseExperiment(firstRun));

test("an experiment's JSON has a code, and so has its code", async () => {
  for (const experiment of [firstRun, code]) {
    const answer = await ask(JSON.stringify({ experiment }));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ code });
  }
});

test.each([
  ["", 400],
  ["{", 400],
  ["null", 422],
  ["{}", 422],
  [JSON.stringify({ experiment: { ...firstRun, seed: "x" } }), 422],
  [JSON.stringify({ experiment: "1~broken" }), 422],
  [JSON.stringify({ experiment: firstRun, more: 1 }), 422],
  [JSON.stringify({ experiment: "a".repeat(70_000) }), 413],
])("%# is refused in one sentence", async (body, status) => {
  const answer = await ask(body);
  expect(answer.status).toBe(status);
  expect((await answer.json()).error.message).toMatch(/\.$/);
});
