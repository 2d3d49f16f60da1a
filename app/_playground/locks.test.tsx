import { describe, expect, test } from "vitest";
import type { LockField } from "@/lib/spec/lockable";
import { addAugmentation, beginWith, specStore } from "@/lib/store/spec";
import { LocksContext } from "./locks";
import { Playground } from "./playground";
import { markupOf } from "./testing";

const drawn = (...fields: LockField[]) =>
  markupOf(
    <LocksContext value={fields}>
      <Playground />
    </LocksContext>,
  );

const labels = (html: string, tags: RegExp) =>
  [...html.matchAll(tags)].map(([tag]) => /aria-label="([^"]+)"/.exec(tag)?.[1]);
const readOnly = (html: string) => labels(html, /<input[^>]*readOnly=""[^>]*>/g);
const disabled = (html: string) => labels(html, /<button[^>]*role="combobox"[^>]*disabled=""[^>]*>/g);

describe("what is locked", () => {
  test("is nothing without a lock", async () => {
    const html = await drawn();
    expect([readOnly(html), disabled(html)]).toEqual([[], []]);
    expect(html).not.toContain(" locked");
  });

  test("is read and not edited: a network", async () => {
    const html = await drawn("layers");
    expect(readOnly(html)).toEqual(["Units of layer 2", "Units of layer 3", "Units of layer 4"]);
    // Another data set would take its network along.
    expect(disabled(html)).toEqual([
      "Data set",
      "Activation of layer 2",
      "Activation of layer 3",
      "Activation of layer 4",
    ]);
    expect(html).not.toMatch(/Add a layer|Move layer|Remove layer|start from another/);
    expect(html.match(/ locked</g)).toHaveLength(1);
  });

  test("is read and not edited: how it trains", async () => {
    const html = await drawn("optimizer", "training", "seed", "loss");
    expect(readOnly(html)).toEqual(["Learning rate", "Epochs", "Batch size", "Seed"]);
    expect(disabled(html)).toEqual(["Optimizer", "Loss"]);
    expect(html).toMatch(
      /<button[^>]*role="switch"[^>]*disabled=""[^>]*aria-label="Shuffle"|aria-label="Shuffle"[^>]*disabled=""/,
    );
    expect(html).toContain("Add a layer");
  });

  test("is read and not edited: the data, and what is done to it", async () => {
    const { spec } = specStore.getInitialState();
    addAugmentation("rotate");
    const html = await drawn("dataset", "validation", "augmentation");
    beginWith({ spec, forkedFrom: null });
    expect(readOnly(html).slice(0, 2)).toEqual(["Images", "Validation"]);
    expect(disabled(html)).toEqual(["Data set", "Taken from"]);
    expect(html).not.toContain("Add augmentation");
    expect(html).toContain("Add callback");
  });
});
