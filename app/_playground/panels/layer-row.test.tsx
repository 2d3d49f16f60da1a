import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { convolutionalNetwork } from "@/lib/spec/presets/convolutional-network";
import { firstRun } from "@/lib/spec/presets/first-run";
import { residualNetwork } from "@/lib/spec/presets/residual-network";
import { buildProgram } from "@/lib/spec/program";
import { problemsAt } from "../problems";
import { LayerRow } from "./layer-row";

const spec = parseExperiment(firstRun);

function draw(index: number, layers = spec.layers): string {
  const program = buildProgram({ ...spec, layers });
  return renderToStaticMarkup(
    <LayerRow
      layer={layers[index]!}
      index={index}
      count={layers.length}
      report={program.layers[index]!}
      total={program.parameters}
      problems={problemsAt(program.problems, `layers[${index}]`)}
    />,
  );
}

/** Accessible names of the buttons, those that are disabled in brackets. */
const buttons = (html: string) =>
  [...html.matchAll(/<button[^>]*aria-label="([^"]+)"[^>]*>/g)].map(([tag, name]) =>
    tag.includes('disabled=""') ? `(${name})` : name,
  );

describe("a layer", () => {
  test("shows its values, what it gives and what it costs", () => {
    const html = draw(1);
    expect(html).toContain('aria-label="Units of layer 2"');
    expect(html).toContain('value="128"');
    expect(html).toContain('aria-label="Activation of layer 2"');
    expect(html).toContain("100,480");
    expect(html).toContain("gives </span>");
    expect(html).toContain('aria-label="92 percent of all parameters"');
  });

  test("can be moved where there is somewhere to go, and removed", () => {
    expect(buttons(draw(0))).toEqual(["(Move layer 1 up)", "Move layer 1 down", "Remove layer 1"]);
    expect(buttons(draw(3)).slice(-3)).toEqual(["Move layer 4 up", "(Move layer 4 down)", "Remove layer 4"]);
  });

  test("says why it cannot be where it is, and gives nothing known", () => {
    const html = draw(0, spec.layers.slice(1));
    expect(html).toContain("Dense needs a flat list of numbers but gets 28×28×1: put Flatten before it.");
    expect(html).toContain("Error: ");
    expect(html).toContain("?</span>");
  });
});

describe("a layer with many fields", () => {
  test("folds what is not needed to read the network", () => {
    const html = draw(0, parseExperiment(convolutionalNetwork.experiment).layers);
    expect(html).toContain('aria-label="Filters of layer 1"');
    expect(html).toContain('aria-label="Kernel of layer 1"');
    expect(html).not.toContain('aria-label="Padding of layer 1"');
    expect(html).toMatch(
      /<button[^>]*aria-expanded="false"[^>]*><span[^>]*>same<span[^>]*>, more of layer 1/,
    );
    expect(html).toContain("28×28×16");
  });

  test("folds the layers of a block, and says how many they are", () => {
    const html = draw(2, parseExperiment(residualNetwork.experiment).layers);
    expect(html).toMatch(/2 layers<span[^>]*>, more of layer 3/);
    expect(html).not.toContain("of block 3");
  });
});
