// What every chart of a run has around it: its name, what is good, and a table of the same numbers.
import { type ReactNode, useId, useState } from "react";

interface ChartFrameProps {
  title: string;
  hint: string;
  /** The same numbers as rows; null while there are none. */
  table: ReactNode;
  children: ReactNode;
}

export function ChartFrame({ title, hint, table, children }: ChartFrameProps) {
  const [open, setOpen] = useState(false);
  const tableId = useId();
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex items-baseline justify-between gap-3">
        <span className="font-medium">{title}</span>
        <span className="text-mini text-soft">{hint}</span>
      </figcaption>
      {children}
      <div className="flex justify-end">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={tableId}
          disabled={table === null}
          onClick={() => setOpen(!open)}
          className="tap text-2xs text-soft underline-offset-4 hover:underline disabled:opacity-0"
        >
          {open ? "Hide the table" : "Show as table"}
          <span className="sr-only"> of {title.toLowerCase()}</span>
        </button>
      </div>
      <div id={tableId} hidden={!open}>
        {open && table}
      </div>
    </figure>
  );
}
