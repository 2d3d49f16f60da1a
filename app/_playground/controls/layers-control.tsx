// The layers within a layer: a small stack in its station.
import { flushSync } from "react-dom";
import { AddMenu } from "@/app/_ui/add-menu";
import { createLayer, type LayerKind } from "@/lib/spec/experiment";
import type { NestedLayer } from "@/lib/spec/fields";
import { MAX_NESTED } from "@/lib/spec/layers/block";
import { nestedKinds } from "@/lib/spec/nested";
import { useIsLocked } from "../locks";
import { definitionOf, LayerBody, moveByKeys, PlaceButtons } from "./layer-body";

interface LayersControlProps {
  value: readonly NestedLayer[];
  /** What the layers belong to: "block 3". */
  name: string;
  onChange(layers: NestedLayer[]): void;
}

export function LayersControl({ value, name, onChange }: LayersControlProps) {
  const locked = useIsLocked();
  const idOf = (index: number) => `${name.replaceAll(" ", "-")}-layer-${index + 1}`;
  const focus = (index: number) => document.getElementById(idOf(index))?.focus();

  /** Focus stays on what was moved or, after a removal, near it. */
  function change(layers: NestedLayer[], focused: number) {
    flushSync(() => onChange(layers));
    focus(focused);
  }

  // A second convolution is like the first: the sizes that a block needs are already right there.
  const create = (kind: string): NestedLayer =>
    value.findLast((layer) => layer.kind === kind) ?? createLayer(kind as LayerKind);

  return (
    <div className="mt-1 mb-1.5 border-line border-l pl-3.5">
      <ol aria-label={`Layers of ${name}`}>
        {value.map((layer, index) => {
          const place = `layer ${index + 1} of ${name}`;
          const move = (to: number) => change(value.toSpliced(index, 1).toSpliced(to, 0, layer), to);
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a layer has no identity but its place.
              key={index}
              id={idOf(index)}
              tabIndex={-1}
              onKeyDownCapture={(event) => moveByKeys(event, index, value.length, move)}
            >
              <LayerBody
                layer={layer}
                place={place}
                block={place}
                onChange={(field, next) => onChange(value.with(index, { ...layer, [field]: next }))}
              >
                <PlaceButtons
                  place={place}
                  index={index}
                  count={value.length}
                  least={1}
                  onMove={move}
                  onRemove={() => change(value.toSpliced(index, 1), Math.min(index, value.length - 2))}
                />
              </LayerBody>
            </li>
          );
        })}
      </ol>
      <AddMenu
        name={`Add a layer to ${name}`}
        kinds={nestedKinds()}
        entryOf={definitionOf}
        onAdd={(kind) => {
          onChange([...value, create(kind)]);
          return value.length;
        }}
        focus={focus}
        disabled={locked || value.length >= MAX_NESTED}
      >
        Add a layer
      </AddMenu>
    </div>
  );
}
