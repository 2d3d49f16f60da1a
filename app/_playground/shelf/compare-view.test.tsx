import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { RunRecord } from "@/lib/metrics/run-record";
import { recordWith } from "@/lib/metrics/testing";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { CompareView } from "./compare-view";

function run(name: string, units: number, accuracy: number, dataset: object = { id: "mnist" }) {
  const experiment = parseExperiment({
    ...firstRun,
    dataset,
    layers: [
      { kind: "flatten" },
      { kind: "dense", units, activation: "relu" },
      { kind: "dense", units: 10, activation: "softmax" },
    ],
  });
  const record: RunRecord = recordWith({ experiment, test: { loss: 0.1, accuracy } });
  return { name, record };
}

const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

test("the runs on the best front are named, the cheapest first, and others of the shelf can be set against them", () => {
  const runs = [run("Wide", 128, 0.97), run("Narrow", 8, 0.92), run("Poor", 64, 0.9)];
  const html = renderToStaticMarkup(<CompareView runs={runs} others={[run("Old", 32, 0.95)]} />);
  expect(textOf(html)).toContain("Best front, dashed, from the cheapest: B Narrow, A Wide.");
  expect(html).toContain('aria-label="Runs to set against one another"');
  // 6,370 to 101,770 parameters.
  expect(textOf(html)).toContain("by decades");
  const alone = renderToStaticMarkup(<CompareView runs={runs} others={[]} />);
  expect(alone).not.toContain("Runs to set against one another");
});

test("accuracies of different tasks have no front", () => {
  const runs = [run("Wide", 128, 0.97), run("Digits", 8, 0.99, { id: "digits" })];
  const text = textOf(renderToStaticMarkup(<CompareView runs={runs} others={[]} />));
  expect(text).toContain("No best front: the runs do not all tell the same classes apart.");
});

test("every chart can be exported and has its table", () => {
  const text = textOf(
    renderToStaticMarkup(<CompareView runs={[run("Wide", 128, 0.97), run("Narrow", 8, 0.92)]} others={[]} />),
  );
  for (const chart of ["Loss, 2 runs", "Accuracy, 2 runs", "Test accuracy against parameters"])
    expect(text).toContain(`Export ${chart}`);
  expect(text.match(/Show as table/g)).toHaveLength(3);
});
