// Links that were made once and open for ever. Never change or remove a file in golden/, only add: each is in
// somebody's notes by now. Where one of these tests fails, an old link no longer means what it meant, and it is the
// change to the catalog or to the codec that has to give way.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseExperiment } from "../spec/experiment";
import { decodeExperiment } from "./code";

const folder = fileURLToPath(new URL("golden", import.meta.url));
const golden = readdirSync(folder).map((name): [string, { code: string; experiment: unknown }] => [
  name,
  JSON.parse(readFileSync(`${folder}/${name}`, "utf8")),
]);

// The files say every field, so a default that changes fails here; one that is new has its default on both sides.
test.each(golden)("the link in %s opens the experiment that it was made of", (_, { code, experiment }) => {
  expect(decodeExperiment(code)).toEqual(parseExperiment(experiment));
});

test("there are links of both forms, and the first ones are still there", () => {
  expect(golden.length).toBeGreaterThanOrEqual(26);
  for (const form of [/^1~/, /^z/])
    expect(golden.filter(([, { code }]) => form.test(code)).length).toBeGreaterThanOrEqual(5);
});
