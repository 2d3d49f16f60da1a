import { describe, expect, test } from "vitest";
import { encodeExperiment } from "@/lib/share/code";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { lenet5 } from "@/lib/spec/presets/lenet5";
import { addressOf, readAddress } from "./address";

const first = { spec: parseExperiment(firstRun), forkedFrom: null };
const lenet = parseExperiment(lenet5.experiment);
const run = "0123456789abcdef".repeat(4);

describe("an experiment's address", () => {
  test("is its code, and where it was forked from", () => {
    expect(addressOf(first)).toBe("/x/1~First.run~flatten_dense-128_dense_dense-10-softmax");
    expect(addressOf({ spec: lenet, forkedFrom: run })).toBe(`/x/${encodeExperiment(lenet)}?from=${run}`);
  });

  test("gives the experiment back", () => {
    for (const state of [first, { spec: lenet, forkedFrom: null }, { spec: lenet, forkedFrom: run }])
      expect(readAddress(addressOf(state), first)).toEqual(state);
  });

  test("is / for the one that the page begins with", () => {
    expect(readAddress("/", first)).toBe(first);
    expect(readAddress("/?from=elsewhere", first)).toBe(first);
  });

  test("says nothing where it cannot be read", () => {
    const code = encodeExperiment(lenet);
    for (const address of [
      "/x/",
      "/x/broken",
      `/x/${code}~seed-x`,
      "/x/%E0%A4%A",
      `/r/${run}`,
      "/lessons",
      "",
    ])
      expect(readAddress(address, first)).toBeNull();
  });

  test("is read without a lineage that is no run's name", () => {
    expect(readAddress(`/x/${encodeExperiment(lenet)}?from=javascript:alert(1)`, first)).toEqual({
      spec: lenet,
      forkedFrom: null,
    });
  });
});
