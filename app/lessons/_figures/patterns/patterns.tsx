// Well-known networks beside each other: what they cost, and the layers of the one that is chosen. All of it is read from
// their programs.

import { ToggleGroup } from "radix-ui";
import { useState } from "react";
import { formatCount } from "@/app/_ui/format";
import { type Pattern, patterns } from "@/lib/lessons/convolution-and-regularisation/patterns";
import { parseExperiment } from "@/lib/spec/experiment";
import * as layers from "@/lib/spec/layers/registry";
import { formatShape } from "@/lib/spec/ops";
import { buildProgram } from "@/lib/spec/program";

const measured = patterns.map((pattern) => {
  const spec = parseExperiment(pattern.experiment);
  return { pattern, spec, program: buildProgram(spec) };
});
type Measured = (typeof measured)[number];

const most = {
  parameters: Math.max(...measured.map(({ program }) => program.parameters)),
  macs: Math.max(...measured.map(({ program }) => program.macs)),
};

export default function Patterns() {
  const [id, setId] = useState<Pattern["id"]>(measured[0]!.pattern.id);
  const chosen = measured.find(({ pattern }) => pattern.id === id)!;
  return (
    <div className="@container">
      <table className="w-full">
        <caption className="sr-only">What each pattern costs</caption>
        <thead className="text-mini text-soft">
          <tr>
            <th scope="col" className="pb-1 text-left font-normal">
              Pattern
            </th>
            <th scope="col" className="pb-1 pl-3 text-right font-normal">
              Parameters
            </th>
            <th scope="col" className="pb-1 pl-3 text-right font-normal">
              Multiply-adds
            </th>
          </tr>
        </thead>
        <tbody>
          {measured.map(({ pattern, program }) => (
            <tr key={pattern.id} className="border-line border-t">
              <th scope="row" className="py-1.5 text-left font-medium">
                {pattern.name}
              </th>
              <Cost value={program.parameters} of={most.parameters} />
              <Cost value={program.macs} of={most.macs} />
            </tr>
          ))}
        </tbody>
      </table>
      <ToggleGroup.Root
        type="single"
        value={id}
        aria-label="Pattern whose layers are shown"
        className="mt-4 grid grid-cols-2 rounded-lg border border-line p-0.5 @md:grid-cols-4"
        onValueChange={(next) => {
          if (next !== "") setId(next);
        }}
      >
        {patterns.map(({ id: each, name }) => (
          <ToggleGroup.Item
            key={each}
            value={each}
            className="tap whitespace-nowrap rounded-md px-2.5 py-0.5 text-soft data-[state=on]:bg-hover data-[state=on]:font-semibold data-[state=on]:text-ink"
          >
            {name}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <p className="mt-2 text-mini">
        {chosen.pattern.idea} <span className="text-soft">{chosen.pattern.origin}.</span>
      </p>
      <Stack {...chosen} />
    </div>
  );
}

function Cost({ value, of }: { value: number; of: number }) {
  return (
    <td className="w-1/3 py-1.5 pl-3 text-right">
      {formatCount(value)}
      <span aria-hidden="true" className="mt-1 flex h-1 justify-end rounded-full bg-line">
        <span className="rounded-full bg-soft" style={{ width: `${(100 * value) / of}%` }} />
      </span>
    </td>
  );
}

/** The chosen pattern's layers, from the image to the answer. */
function Stack({ pattern, spec, program }: Measured) {
  return (
    <ol aria-label={`Layers of ${pattern.name}`} className="mt-2 border-line border-l pl-3.5 text-mini">
      <li className="text-soft">image {formatShape(program.input)}</li>
      {spec.layers.map((layer, index) => {
        const { output, parameters } = program.layers[index]!;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer has no identity but its place.
          <li key={index} className="flex items-baseline gap-2">
            <span className="mr-auto">{layers[layer.kind].label}</span>
            <span className="text-soft">{output === null ? "–" : formatShape(output)}</span>
            <span className="min-w-14 text-right">{parameters === 0 ? "–" : formatCount(parameters)}</span>
          </li>
        );
      })}
    </ol>
  );
}
