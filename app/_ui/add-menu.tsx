// A word that opens a list of what can be added. What was added has the focus afterwards.
import { Plus } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useId, useRef } from "react";
import { TextButton } from "./button";
import { MenuPanel } from "./menu-panel";

interface AddMenuProps<K extends string> {
  /** What the button says. */
  children: string;
  /** Its accessible name, where the words around it say more than it does. */
  name?: string;
  kinds: readonly K[];
  entryOf(kind: K): { label: string; summary: string };
  /** Adds one. @returns whatever `focus` needs to find it */
  onAdd(kind: K): number;
  focus(added: number): void;
  disabled?: boolean;
  id?: string;
}

export function AddMenu<K extends string>(props: AddMenuProps<K>) {
  const { children, name, kinds, entryOf, onAdd, focus, disabled = false, id } = props;
  const added = useRef<number | null>(null);
  const prefix = useId();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <TextButton disabled={disabled} id={id} aria-label={name}>
          <Plus className="size-3.5" aria-hidden="true" />
          {children}
        </TextButton>
      </DropdownMenu.Trigger>
      <MenuPanel
        onCloseAutoFocus={(event) => {
          if (added.current === null) return;
          event.preventDefault();
          focus(added.current);
          added.current = null;
        }}
      >
        {kinds.map((kind) => {
          const { label, summary } = entryOf(kind);
          return (
            <DropdownMenu.Item
              key={kind}
              aria-label={label}
              aria-describedby={`${prefix}${kind}`}
              textValue={label}
              onSelect={() => {
                added.current = onAdd(kind);
              }}
              className="tap flex cursor-pointer flex-col justify-center rounded-md px-3 py-1.5 outline-none data-[highlighted]:bg-hover"
            >
              <span className="font-medium">{label}</span>
              <span id={`${prefix}${kind}`} className="text-mini text-soft">
                {summary}
              </span>
            </DropdownMenu.Item>
          );
        })}
      </MenuPanel>
    </DropdownMenu.Root>
  );
}
