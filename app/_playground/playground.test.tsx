import { beforeAll, describe, expect, test } from "vitest";
import { firstRun } from "@/lib/spec/presets/first-run";
import { Playground } from "./playground";
import { markupOf } from "./testing";

let html: string;
beforeAll(async () => {
  html = await markupOf(<Playground />);
});

const attributes = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, value]) => value);

describe("the page as the server sends it", () => {
  test("can be read at once: what Train will do, and what it costs", () => {
    expect(html).toContain("48,000 images · 109,386 parameters");
    expect(html).toContain("48,000 train · 12,000 val · 10,000 test");
    expect(html).toContain("109,184 multiply-adds an image");
  });

  test("has one filled button, a log, a progress bar and no chart library", () => {
    expect(html.match(/bg-ink px-5/g)).toHaveLength(1);
    expect(html).toMatch(/role="log" aria-label="Training log"/);
    expect(html.match(/role="progressbar"/g)).toHaveLength(1);
    expect(html).not.toContain("recharts");
  });

  test("names every field of the experiment once", () => {
    const names = attributes(/<input[^>]*role="spinbutton"[^>]*aria-label="([^"]+)"/g);
    expect(names).toEqual([
      "Images",
      "Validation",
      "Units of layer 2",
      "Units of layer 3",
      "Units of layer 4",
      "Learning rate",
      "Epochs",
      "Batch size",
      "Seed",
    ]);
    expect(attributes(/<button[^>]*role="combobox"[^>]*aria-label="([^"]+)"/g)).toEqual([
      "Data set",
      "Taken from",
      "Activation of layer 2",
      "Activation of layer 3",
      "Activation of layer 4",
      "Optimizer",
      "Loss",
      "Engine",
    ]);
    expect(attributes(/aria-label="(Remove layer \d+)"/g)).toHaveLength(firstRun.layers.length);
  });

  test("leads to no page that is not there", () => {
    expect(attributes(/href="([^"]+)"/g)).toEqual(["#run", "/lessons", "/leaderboard"]);
  });
});
