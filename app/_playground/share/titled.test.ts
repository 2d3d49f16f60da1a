import { describe, expect, test } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { titledAs } from "./titled";

const trained = parseExperiment(firstRun);

describe("the experiment of a run that is shared", () => {
  test("has the title that was given to it after the run", () => {
    expect(titledAs(trained, { ...trained, title: "Monday" })).toEqual({ ...trained, title: "Monday" });
    expect(titledAs(trained, { ...trained, title: "" }).title).toBe("");
  });

  test("is the one that was trained, title and all, where anything else was edited since", () => {
    for (const edit of [{ seed: 2 }, { layers: trained.layers.slice(1) }])
      expect(titledAs(trained, { ...trained, title: "Monday", ...edit })).toBe(trained);
    expect(titledAs(trained, { ...trained, seed: 2 })).toBe(trained);
  });

  test("is the very same object where the title is, so that nobody takes it for another", () => {
    expect(titledAs(trained, parseExperiment(firstRun))).toBe(trained);
  });
});
