// A short list of things that can be added and taken away again, each with the fields that its catalog gives it.
import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { flushSync } from "react-dom";
import { AddMenu } from "@/app/_ui/add-menu";
import { IconButton } from "@/app/_ui/button";
import { Explain } from "@/app/_ui/explain";
import type { Fields } from "@/lib/spec/fields";
import type { FieldValue } from "@/lib/store/spec";
import { LockSign, useIsLocked } from "../locks";
import { FieldControl, FieldRow } from "./field";
import type { FieldValues } from "./folded";
import { ExplainFields } from "./layer-body";

interface EntriesProps<K extends string> {
  label: string;
  help: string;
  /** What one of them is called: "augmentation". */
  noun: string;
  entries: readonly { kind: K }[];
  catalog: Readonly<Record<K, { label: string; summary: string; fields: Fields }>>;
  /** What can be added. */
  kinds: readonly K[];
  /** @returns the new one's index */
  onAdd(kind: K): number;
  onRemove(index: number): void;
  onChange(index: number, name: string, value: FieldValue): void;
  /** Below the list. */
  children?: ReactNode;
}

export function Entries<K extends string>(props: EntriesProps<K>) {
  const { label, help, noun, entries, catalog, kinds, onAdd, onRemove, onChange, children } = props;
  const locked = useIsLocked();
  const list = useRef<HTMLUListElement>(null);
  const focus = (index: number) => (list.current?.children[index] as HTMLElement | undefined)?.focus();

  function remove(index: number) {
    flushSync(() => onRemove(index));
    focus(Math.min(index, entries.length - 2));
  }

  return (
    <div>
      <div className="flex min-h-8 items-center gap-x-2">
        <Explain term={label} className="mr-auto text-soft">
          {help}
        </Explain>
        {locked ? (
          <>
            {entries.length === 0 && <span className="text-mini text-soft">none</span>}
            <LockSign />
          </>
        ) : (
          <AddMenu
            name={`Add ${noun}`}
            kinds={kinds}
            entryOf={(kind) => catalog[kind]}
            onAdd={onAdd}
            focus={focus}
            disabled={kinds.length === 0}
          >
            Add
          </AddMenu>
        )}
      </div>
      <ul ref={list} aria-label={label} className="space-y-0.5 empty:hidden">
        {entries.map((entry, index) => {
          const definition = catalog[entry.kind];
          const fields = Object.entries(definition.fields);
          const values = entry as unknown as FieldValues;
          const place = `${noun} ${index + 1}`;
          const controlOf = ([name, field]: (typeof fields)[number]) => ({
            field,
            value: values[name]!,
            name: `${field.label} of ${place}`,
            onChange: (value: FieldValue) => onChange(index, name, value),
          });
          const [lone, ...others] = fields;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no identity but its place.
            <li key={index} tabIndex={-1} className="border-line border-l pl-3.5">
              <div className="flex min-h-8 flex-wrap items-center gap-x-1.5">
                <span className="mr-auto">
                  <ExplainFields {...definition} />
                </span>
                {lone !== undefined && others.length === 0 && (
                  <>
                    <span className="text-mini text-soft">{lone[1].label.toLowerCase()}</span>
                    <FieldControl {...controlOf(lone)} />
                  </>
                )}
                {!locked && (
                  <IconButton label={`Remove ${place}`} className="-mr-1.5" onClick={() => remove(index)}>
                    <X className="size-[15px]" aria-hidden="true" />
                  </IconButton>
                )}
              </div>
              {others.length > 0 && fields.map((field) => <FieldRow key={field[0]} {...controlOf(field)} />)}
            </li>
          );
        })}
      </ul>
      {children}
    </div>
  );
}
