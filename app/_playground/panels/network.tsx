// The network as a stack of stations on a line; what can be added comes from the catalog.
import { Plus } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useRef } from "react";
import { TextButton } from "@/app/_ui/button";
import { formatCount, formatPlural } from "@/app/_ui/format";
import { ProblemText } from "@/app/_ui/problem";
import { Section } from "@/app/_ui/section";
import { type LayerKind, layerKinds } from "@/lib/spec/experiment";
import * as layers from "@/lib/spec/layers/registry";
import { formatShape } from "@/lib/spec/ops";
import { addLayer, canAddLayer, programOf } from "@/lib/store/spec";
import { problemsAt } from "../problems";
import { useSpec } from "../use-stores";
import { focusLayer, LayerRow } from "./layer-row";

export function Network() {
  const spec = useSpec();
  const program = programOf(spec);
  return (
    <Section id="network" title="Network" aside={formatPlural(program.parameters, "parameter")}>
      <p className="relative flex h-7 items-center pl-6 text-mini text-soft before:absolute before:top-1/2 before:bottom-0 before:left-[5px] before:w-px before:bg-line">
        <span aria-hidden="true" className="absolute left-[3px] size-[5px] rounded-full bg-soft" />
        Image {formatShape(program.input)}
      </p>
      <ol>
        {spec.layers.map((layer, index) => (
          <LayerRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer has no identity but its place.
            key={index}
            layer={layer}
            index={index}
            count={spec.layers.length}
            report={program.layers[index]!}
            total={program.parameters}
            problems={problemsAt(program.problems, `layers[${index}]`)}
          />
        ))}
      </ol>
      {problemsAt(program.problems, "layers").map(({ message, severity }) => (
        <ProblemText key={message} severity={severity} className="mb-2">
          {message}
        </ProblemText>
      ))}
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <AddLayer full={!canAddLayer(spec)} />
        <span className="text-mini text-soft">{formatCount(program.macs)} multiply-adds an image</span>
      </div>
    </Section>
  );
}

function AddLayer({ full }: { full: boolean }) {
  const added = useRef<number | null>(null);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <TextButton disabled={full} id="add-layer">
          <Plus className="size-3.5" aria-hidden="true" />
          Add a layer
        </TextButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) max-w-80 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-lg"
          onCloseAutoFocus={(event) => {
            if (added.current === null) return;
            event.preventDefault();
            focusLayer(added.current);
            added.current = null;
          }}
        >
          {layerKinds.map((kind) => (
            <MenuItem
              key={kind}
              kind={kind}
              onAdd={(index) => {
                added.current = index;
              }}
            />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuItem({ kind, onAdd }: { kind: LayerKind; onAdd: (index: number) => void }) {
  const { label, summary } = layers[kind];
  return (
    <DropdownMenu.Item
      aria-label={label}
      aria-describedby={`add-${kind}`}
      textValue={label}
      onSelect={() => onAdd(addLayer(kind))}
      className="tap flex cursor-pointer flex-col justify-center rounded-md px-3 py-1.5 outline-none data-[highlighted]:bg-hover"
    >
      <span className="font-medium">{label}</span>
      <span id={`add-${kind}`} className="text-mini text-soft">
        {summary}
      </span>
    </DropdownMenu.Item>
  );
}
