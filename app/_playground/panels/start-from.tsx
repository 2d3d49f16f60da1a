// The experiment's title, and behind it the experiments that one can start from, the quickest first.
import { ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { formatPlural } from "@/app/_ui/format";
import { MenuPanel } from "@/app/_ui/menu-panel";
import { type ExperimentSpec, parseExperiment } from "@/lib/spec/experiment";
import * as presets from "@/lib/spec/presets/registry";
import { buildProgram, type Program } from "@/lib/spec/program";
import { countSamples } from "@/lib/spec/samples";
import { openExperiment } from "@/lib/store/spec";

const workOf = ({ spec, program }: { spec: ExperimentSpec; program: Program }) =>
  program.macs * countSamples(spec).train * spec.training.epochs;

export function StartFrom({ title }: { title: string }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="tap group inline-flex min-w-0 items-center gap-1.5 text-left font-semibold">
        {/* HTML cannot carry half a surrogate pair, which a title may hold. */}
        <span
          className="truncate group-hover:underline group-hover:underline-offset-4"
          suppressHydrationWarning
        >
          {title === "" ? "Untitled experiment" : title}
        </span>
        <span className="sr-only">, start from another</span>
        <ChevronDown className="size-3.5 shrink-0 text-soft" aria-hidden="true" />
      </DropdownMenu.Trigger>
      <MenuPanel aria-label="Start from">
        <Presets />
      </MenuPanel>
    </DropdownMenu.Root>
  );
}

/** Their parameters are counted when the menu is open. */
function Presets() {
  const choices = Object.values(presets)
    .map((preset) => {
      const spec = parseExperiment(preset.experiment);
      return { preset, spec, program: buildProgram(spec) };
    })
    .sort((a, b) => workOf(a) - workOf(b));
  return (
    <>
      <DropdownMenu.Label className="caps px-3 pt-2 pb-1">Start from</DropdownMenu.Label>
      {choices.map(({ preset, spec, program }) => (
        <DropdownMenu.Item
          key={preset.kind}
          aria-label={spec.title}
          aria-describedby={`preset-${preset.kind}`}
          textValue={spec.title}
          onSelect={() => openExperiment(spec)}
          className="tap flex cursor-pointer flex-col justify-center rounded-md px-3 py-1.5 outline-none data-[highlighted]:bg-hover"
        >
          <span className="font-medium">{spec.title}</span>
          <span id={`preset-${preset.kind}`} className="text-mini text-soft">
            {preset.summary}{" "}
            <span className="block">
              {formatPlural(program.parameters, "parameter")} · {formatPlural(spec.training.epochs, "epoch")}
            </span>
          </span>
        </DropdownMenu.Item>
      ))}
    </>
  );
}
