import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, describe, expect, test } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { type SweepRun, sweepStore } from "@/lib/store/sweep";
import { learningRateSweep } from "@/lib/sweeps/common";
import type { CellResult } from "@/lib/sweeps/sweep";
import { SweepPanel } from "./sweep-panel";

const sweep = learningRateSweep(parseExperiment(firstRun), [0.1, 0.01, 1e6]);
const result: CellResult = { id: "0", score: 0.95, valLoss: 0.2, epochs: 5, elapsedMs: 3100, failure: null };
const refused: CellResult = {
  id: "2",
  score: 0,
  valLoss: null,
  epochs: 0,
  elapsedMs: 0,
  failure: "Too large.",
};

/** What the panel says where its sweep is like this. */
function draw(run: Partial<SweepRun> | null, kept = true): string {
  const rest = { sweep, results: [], waiting: false, underway: [], leftMs: null, problem: null };
  // What the server draws is what the store began with.
  const runs: Record<string, SweepRun> = run === null ? {} : { key: { ...rest, state: "done", ...run } };
  const state = { kept, runs };
  sweepStore.getInitialState = () => state;
  return renderToStaticMarkup(<SweepPanel sweep={sweep} storageKey="key" />);
}
const texts = (html: string) => html.replaceAll(/<[^>]+>/g, "|").replaceAll(/\|+/g, "|");

beforeEach(() => sweepStore.setState({ runs: {}, kept: true }));

describe("a comparison", () => {
  test("says what it will do before it starts, with every training to see", () => {
    const html = draw(null);
    expect(texts(html)).toContain("|Learning rates|3 trainings of 5 epochs|Run the comparison|");
    expect(html).not.toContain('role="progressbar"');
    expect(html.match(/<tr/g)).toHaveLength(4);
    // What is not allowed does not open.
    expect([...html.matchAll(/aria-label="(Open [^"]+)"/g)].map(([, name]) => name)).toEqual([
      "Open 0.1",
      "Open 0.01",
    ]);
  });

  test("has one button, which stops what runs and goes on with what was stopped", () => {
    expect(texts(draw({ state: "running" }))).toContain(
      "|Stop| the comparison|Starting the engine|0 of 3 done|",
    );
    const stopped = draw({ state: "stopped", results: [result] });
    expect(texts(stopped)).toContain("|Go on|Start again|Stopped|1 of 3 done|");
    expect(stopped).toMatch(/aria-valuenow="33.3"[^>]*role="progressbar"/);
  });

  test("names the best and tells why one failed, by a sign and a sentence", () => {
    const html = texts(draw({ results: [refused, { ...result, id: "1" }] }));
    expect(html).toContain("|Best: learning rate = 0.01, 0.9500.|");
    expect(html).toContain("|1,000,000|Too large.|✕ 0.0000|");
    expect(html).toContain("|Start again|3 s of training in all|");
  });

  test("says what it waits for, what stopped it, and that it is not kept", () => {
    expect(texts(draw({ state: "running", waiting: true }))).toContain("Waits until another run is over");
    expect(texts(draw({ state: "stopped", problem: "The images did not come." }))).toContain(
      "The images did not come. “Go on” tries again.",
    );
    expect(texts(draw(null, false))).toContain("the results are gone when it is closed");
  });
});
