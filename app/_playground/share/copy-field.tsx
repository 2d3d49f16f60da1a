// A text to take along: shown, with a button that copies it and what came of that.
import { Check, Copy } from "lucide-react";
import { type ReactNode, type Ref, useEffect, useRef } from "react";
import { Button } from "@/app/_ui/button";
import { useCopy } from "./use-copy";

const look =
  "block w-full rounded-lg border border-line bg-paper px-3 font-mono text-mini text-ink focus-visible:rounded-lg max-lg:text-base";

interface CopyFieldProps {
  /** What the text is: "Link". */
  label: string;
  text: string;
  /** What the button says: "Copy link". */
  action: string;
  /** Lines that are shown of it: "all" only where the text stays, as nothing may move below a finger. */
  rows?: number | "all";
  /** The one button of the panel that matters most. */
  filled?: boolean;
  button?: Ref<HTMLButtonElement>;
  /** Copies by itself when it appears: what was asked for took its time. */
  copyAtOnce?: boolean;
  /** Beside the button. */
  actions?: ReactNode;
  /** Below the text. */
  children?: ReactNode;
}

export function CopyField(props: CopyFieldProps) {
  const {
    label,
    text,
    action,
    rows = 1,
    filled = false,
    button,
    copyAtOnce = false,
    actions,
    children,
  } = props;
  const { field, copy, said } = useCopy<HTMLInputElement & HTMLTextAreaElement>(text);
  const waiting = useRef(copyAtOnce);
  useEffect(() => {
    if (!waiting.current) return;
    waiting.current = false;
    void copy();
  });
  const shared = {
    ref: field,
    readOnly: true,
    value: text,
    "aria-label": label,
    spellCheck: false,
    onFocus: () => field.current?.select(),
  };
  const Icon = said === "Copied." ? Check : Copy;
  return (
    <div>
      {rows === 1 ? (
        <input {...shared} type="text" className={`tap h-9 truncate ${look}`} />
      ) : (
        <textarea
          {...shared}
          rows={rows === "all" ? 2 : rows}
          className={`resize-none py-2 wrap-anywhere ${rows === "all" ? "field-sizing-content" : ""} ${look}`}
        />
      )}
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        <Button
          ref={button}
          filled={filled}
          onClick={() => void copy()}
          className={filled ? "" : "bg-raised"}
        >
          <Icon className="size-4" aria-hidden="true" />
          {action}
        </Button>
        {actions}
        <p role="status" className="ml-1 text-mini">
          {said}
        </p>
      </div>
      {children}
    </div>
  );
}
