// A number, edited in place. A bad entry stays to be seen, with one sentence on what is allowed; the value does not
// change until the entry is good.
import { type CSSProperties, type KeyboardEvent, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ProblemText } from "@/app/_ui/problem";
import type { NumberField } from "@/lib/spec/fields";
import { ParseError, parse } from "@/lib/spec/parse";
import { readNumber, stepNumber, writeDecimal } from "./number-text";

const alignments = { left: "text-left", center: "text-center", right: "text-right" };

interface NumberControlProps {
  field: NumberField;
  value: number;
  name: string;
  onChange(value: number): void;
  /** How the value is shown while nobody edits it. */
  format?: (value: number) => string;
  /** Where the number stands in a target wider than itself. */
  align?: keyof typeof alignments;
  /** It can be read and not edited. */
  locked?: boolean;
}

/** Attributes are text, and React writes 1e-7 for a small number. */
const range = ({ min, max }: NumberField, value: number) =>
  ({
    "aria-valuenow": writeDecimal(value),
    "aria-valuemin": writeDecimal(min),
    "aria-valuemax": writeDecimal(max),
  }) as object;

/** What somebody has typed over `value` and not yet handed in, or handed in and got back. */
interface Draft {
  over: number;
  text: string;
  error: string | null;
}

export function NumberControl(props: NumberControlProps) {
  const { field, value, name, onChange, format = String, align = "right", locked = false } = props;
  const errorId = useId();
  const [focused, setFocused] = useState(false);
  /** True until the first click in the focused field: that one selects everything, later ones place the caret. */
  const fresh = useRef(false);
  const [kept, setDraft] = useState<Draft | null>(null);
  // An undo or an arrow key changes the value below the draft: then it is out of date.
  const draft = kept?.over === value ? kept : null;
  const text = draft?.text ?? (focused ? String(value) : format(value));

  function submit() {
    if (draft === null || draft.error !== null) return;
    const read = readNumber(draft.text, field.integer);
    try {
      const next = parse(field.schema, Number.isNaN(read) ? draft.text : read, field.label);
      setDraft(null);
      if (next !== value) onChange(next);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      setDraft({ ...draft, error: error.message });
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : null;
    if (event.key === "Enter") submit();
    else if (event.key === "Escape") setDraft(null);
    else if (direction !== null && !event.altKey && !locked) {
      event.preventDefault();
      setDraft(null);
      const next = stepNumber(field, value, direction);
      if (next !== value) onChange(next);
    }
  }

  const error = draft?.error ?? null;
  return (
    <>
      <input
        type="text"
        inputMode={field.integer ? "numeric" : "decimal"}
        role="spinbutton"
        autoComplete="off"
        aria-label={name}
        readOnly={locked}
        aria-readonly={locked || undefined}
        {...range(field, value)}
        aria-valuetext={format(value)}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        data-typing={draft === null ? undefined : ""}
        className={`tap ${locked ? "" : "editable"} fit-text max-w-full bg-transparent font-medium max-lg:text-base ${alignments[align]} ${error === null ? "" : "text-wrong"}`}
        style={{ "--chars": Math.max(text.length, 1) } as CSSProperties}
        value={text}
        onChange={({ target }) => setDraft({ over: value, text: target.value, error: null })}
        onFocus={({ target }) => {
          // The plain number replaces the formatted one before it is selected.
          flushSync(() => setFocused(true));
          target.select();
          fresh.current = true;
        }}
        onClick={({ currentTarget }) => {
          if (fresh.current) currentTarget.select();
          fresh.current = false;
        }}
        onBlur={() => {
          setFocused(false);
          submit();
        }}
        onKeyDown={onKeyDown}
      />
      {error !== null && (
        <ProblemText id={errorId} className="order-last basis-full pb-1">
          {error}
        </ProblemText>
      )}
    </>
  );
}
