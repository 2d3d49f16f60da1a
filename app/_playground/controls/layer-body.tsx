// A layer as it can be edited, in the network or in a block: its name, its fields, and what may be done with it.
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { Fragment, type KeyboardEvent, type ReactNode, useState } from "react";
import { IconButton } from "@/app/_ui/button";
import { Explain } from "@/app/_ui/explain";
import type { LayerDefinition } from "@/lib/spec/define";
import type { NestedLayer } from "@/lib/spec/fields";
import * as layers from "@/lib/spec/layers/registry";
import type { FieldValue } from "@/lib/store/spec";
import { useIsLocked } from "../locks";
import { FieldControl, FieldRow } from "./field";
import { type FieldValues, FoldButton, splitFields } from "./folded";

const definitions = layers as unknown as Readonly<Record<string, LayerDefinition>>;

/** The catalog's entry of a layer. */
export const definitionOf = (kind: string): LayerDefinition => definitions[kind]!;

interface LayerBodyProps {
  layer: NestedLayer;
  /** What it is called: "layer 2", "layer 1 of block 3". */
  place: string;
  /** What the layers within it belong to: "block 3". */
  block: string;
  onChange(name: string, value: FieldValue): void;
  /** At the end of the first line. */
  cost?: ReactNode;
  /** At the beginning of the second. */
  gives?: ReactNode;
  /** At the end of the second. */
  children: ReactNode;
}

export function LayerBody({ layer, place, block, onChange, cost, gives, children }: LayerBodyProps) {
  const [open, setOpen] = useState(false);
  const definition = definitionOf(layer.kind);
  const values = layer as FieldValues;
  const { shown, folded } = splitFields(definition.fields);
  return (
    <>
      <div className="flex min-h-7 flex-wrap items-center gap-x-1.5">
        <ExplainFields {...definition} />
        {shown.map(([name, field], position) => (
          <Fragment key={name}>
            {position > 0 && field.type !== "choice" && (
              <span className="text-mini text-soft">{field.label.toLowerCase()}</span>
            )}
            <FieldControl
              field={field}
              value={values[name]!}
              name={`${field.label} of ${place}`}
              align="left"
              onChange={(value) => onChange(name, value)}
            />
          </Fragment>
        ))}
        {cost}
      </div>
      <div className="flex flex-wrap items-center gap-x-1.5">
        {gives}
        {folded.length > 0 && (
          <FoldButton
            open={open}
            onToggle={() => setOpen(!open)}
            place={place}
            folded={folded}
            values={values}
            room={gives === undefined ? undefined : 9}
          />
        )}
        <span className="-mr-1 ml-auto flex">{children}</span>
      </div>
      {open &&
        folded.map(([name, field]) =>
          field.type === "layers" ? (
            <FieldControl
              key={name}
              field={field}
              value={values[name]!}
              name={block}
              onChange={(value) => onChange(name, value)}
            />
          ) : (
            <FieldRow
              key={name}
              field={field}
              value={values[name]!}
              name={`${field.label} of ${place}`}
              onChange={(value) => onChange(name, value)}
            />
          ),
        )}
    </>
  );
}

/** What something of a catalog is, and each of its fields, on tap. */
export function ExplainFields({
  label,
  summary,
  fields,
}: Pick<LayerDefinition, "label" | "summary" | "fields">) {
  return (
    <Explain term={label} className="font-medium">
      <p>{summary}</p>
      {Object.values(fields).map(
        ({ label: field, help }) =>
          help !== undefined && (
            <p key={field} className="mt-2">
              <span className="font-semibold">{field}.</span> {help}
            </p>
          ),
      )}
    </Explain>
  );
}

interface PlaceButtonsProps {
  place: string;
  index: number;
  count: number;
  /** Layers that have to stay. */
  least: number;
  onMove(to: number): void;
  onRemove(): void;
}

export function PlaceButtons({ place, index, count, least, onMove, onRemove }: PlaceButtonsProps) {
  if (useIsLocked()) return null;
  return (
    <>
      <IconButton
        className="w-6"
        label={`Move ${place} up`}
        disabled={index === 0}
        onClick={() => onMove(index - 1)}
      >
        <ArrowUp className="size-[15px]" aria-hidden="true" />
      </IconButton>
      <IconButton
        className="w-6"
        label={`Move ${place} down`}
        disabled={index === count - 1}
        onClick={() => onMove(index + 1)}
      >
        <ArrowDown className="size-[15px]" aria-hidden="true" />
      </IconButton>
      <IconButton className="w-6" label={`Remove ${place}`} disabled={count <= least} onClick={onRemove}>
        <X className="size-[15px]" aria-hidden="true" />
      </IconButton>
    </>
  );
}

/** Alt and an arrow move the layer that has the focus, not the block around it. */
export function moveByKeys(
  event: KeyboardEvent,
  index: number,
  count: number,
  onMove: (to: number) => void,
): void {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  if (event.target instanceof Element && event.target.closest("li") !== event.currentTarget) return;
  event.preventDefault();
  event.stopPropagation();
  const to = index + (event.key === "ArrowUp" ? -1 : 1);
  if (to >= 0 && to < count) onMove(to);
}
