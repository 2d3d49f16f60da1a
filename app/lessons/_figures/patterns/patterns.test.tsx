import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { formatCount } from "@/app/_ui/format";
import { patterns } from "@/lib/lessons/convolution-and-regularisation/patterns";
import { parseExperiment } from "@/lib/spec/experiment";
import { buildProgram } from "@/lib/spec/program";
import Patterns from "./patterns";

const html = renderToStaticMarkup(<Patterns />);

test.each(patterns.map(({ name, experiment }) => [name, experiment] as const))(
  "%s stands there with what its program costs",
  (name, experiment) => {
    const { parameters, macs } = buildProgram(parseExperiment(experiment));
    const row = html.split("<tr").find((part) => part.includes(`>${name}</th>`))!;
    expect(row).toContain(`>${formatCount(parameters)}<`);
    expect(row).toContain(`>${formatCount(macs)}<`);
  },
);

test("the first one's layers are listed with their shapes", () => {
  expect(html).toContain('aria-label="Layers of LeNet-5"');
  for (const shape of ["28×28×6", "14×14×6", "10×10×16", "5×5×16"]) expect(html).toContain(`>${shape}<`);
});
