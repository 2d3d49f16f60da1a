import { describe, expect, test } from "vitest";
import { encodeExperiment } from "@/lib/share/code";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { whatIsAt } from "./address";

const spec = parseExperiment(firstRun);
const code = encodeExperiment(spec);
const run = "0123456789abcdef".repeat(4);

describe("an address that the server cannot be asked for", () => {
  test("leads to its experiment, with its lineage", () => {
    expect(whatIsAt(`/x/${code}`)).toEqual({ page: "experiment", opening: { spec, forkedFrom: null } });
    const forked = whatIsAt(`/x/${encodeURIComponent(code)}?from=${run}`);
    expect(forked).toEqual({ page: "experiment", opening: { spec, forkedFrom: run } });
  });

  test.each(["broken", "%E0%A4%A", "1~x~nothing"])("says what is wrong with a code: %s", (bad) => {
    expect(whatIsAt(`/x/${bad}`)).toEqual({ page: "unreadable", code: bad });
  });

  test.each([
    [`/r/${run}`, "run"],
    ["/x/", "other"],
    [`/x/${code}/more`, "other"],
    ["/nowhere", "other"],
    ["/offline", "other"],
  ])("%s is said to need the server", (address, page) => {
    expect(whatIsAt(address)).toEqual({ page });
  });
});
