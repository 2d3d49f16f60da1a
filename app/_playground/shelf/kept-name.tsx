// The name of a kept run, edited in place: Enter or leaving keeps it, Escape takes it back.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { renameRun } from "@/lib/store/shelf";
import { MAX_NAME } from "@/lib/store/shelf-entry";

/** Marks the field, so that Escape there does not close the sheet. */
export const RENAMING = "data-renaming";

export function KeptName({ id, name }: { id: string; name: string }) {
  const [draft, setDraft] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [byKey, setByKey] = useState(false);
  const ended = useRef(true);

  useEffect(() => {
    if (!byKey || draft !== null) return;
    button.current?.focus();
    setByKey(false);
  }, [byKey, draft]);

  /** Once: a field that goes away while it has the focus is also left. */
  function end(keep: boolean, withFocus: boolean) {
    if (ended.current) return;
    ended.current = true;
    if (keep && draft !== null && draft.trim() !== name) void renameRun(id, draft);
    setByKey(withFocus);
    setDraft(null);
  }

  function begin() {
    ended.current = false;
    setDraft(name);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    // The button that takes the focus would take the key too.
    event.preventDefault();
    end(event.key === "Enter", true);
  }

  if (draft === null)
    return (
      <button
        ref={button}
        type="button"
        aria-label={`${name}, rename`}
        onClick={begin}
        className="tap group inline-flex max-w-full items-center justify-self-start text-left font-medium"
      >
        <span className="editable -mb-[5px] truncate pb-[5px]">{name}</span>
      </button>
    );
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed.
      autoFocus
      aria-label={`Name of ${name}`}
      value={draft}
      maxLength={MAX_NAME}
      {...{ [RENAMING]: "" }}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={() => end(true, false)}
      onKeyDown={onKeyDown}
      className="tap w-full max-w-80 rounded border border-line bg-transparent px-2 py-0.5 font-medium max-lg:text-base"
    />
  );
}
