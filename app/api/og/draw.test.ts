import { afterEach, describe, expect, test, vi } from "vitest";
import type { RunRecord } from "@/lib/metrics/run-record";
import { drawableTitle } from "@/lib/share/preview";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import * as presets from "@/lib/spec/presets/registry";
import { draw } from "./draw";

/** Whatever is fetched but what the renderer carries within itself. */
function watchFetch(): string[] {
  const asked: string[] = [];
  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => {
    if (!String(input).startsWith("data:")) asked.push(String(input));
    return real(input, init);
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const of = (changes: object) => parseExperiment({ ...firstRun, ...changes });
const output = { kind: "dense", units: 10, activation: "softmax" };

function expectPicture(png: Uint8Array): void {
  const view = new DataView(png.buffer, png.byteOffset);
  expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([1200, 630]);
}

describe("a picture", () => {
  test.each<[string, unknown]>([
    ...Object.values(presets).map(({ experiment }): [string, unknown] => [experiment.title, experiment]),
    ["no layer", of({ layers: [] })],
    ["a network that does not fit", of({ layers: [output] })],
    ["32 layers", of({ layers: [{ kind: "flatten" }, ...Array.from({ length: 31 }, () => output)] })],
  ])("is 1200×630 pixels: %s", async (_, experiment) => {
    expectPicture(await draw(parseExperiment(experiment), null));
  });

  test("needs nothing from elsewhere, whatever stands in the title", async () => {
    const asked = watchFetch();
    for (const title of [
      "🔥",
      "شبكة",
      "数字",
      "© ® ™ 1️⃣",
      "Größe — “où”… ½",
      "\ud800",
      "a\u200db",
      "<script>",
      "W".repeat(120),
    ])
      expectPicture(await draw(of({ title }), null));
    // Every character that is let through, by itself and all of them together.
    const drawable = Array.from({ length: 0x2300 }, (_, unit) => String.fromCharCode(unit)).filter(
      drawableTitle,
    );
    expect(drawable.length).toBeGreaterThan(180);
    for (let from = 0; from < drawable.length; from += 40)
      expectPicture(await draw(of({ title: drawable.slice(from, from + 40).join(" ") }), null));
    expect(asked).toEqual([]);
  });

  test("says the same of two titles that cannot be drawn", async () => {
    expect(await draw(of({ title: "🔥" }), null)).toEqual(await draw(of({ title: "شبكة" }), null));
    expect(await draw(of({ title: "One" }), null)).not.toEqual(await draw(of({ title: "Two" }), null));
  });

  test("of a run shows its curves", async () => {
    const series = { steps: 4, stride: 1, means: [2, 1, 0.5, 0.4] };
    const run = {
      experiment: of({}),
      curves: { loss: series, accuracy: series },
      steps: 1500,
      history: [{ epoch: 1, loss: 0.4, accuracy: 0.9, valLoss: 0.3, valAccuracy: 0.91 }],
      test: { loss: 0.3, accuracy: 0.9123 },
    } as unknown as RunRecord;
    const png = await draw(run.experiment, run);
    expectPicture(png);
    expect(png).not.toEqual(await draw(run.experiment, null));
  });
});
