// A term and, on tap, what it means.
import { Popover } from "radix-ui";
import type { ReactNode } from "react";

interface ExplainProps {
  term: string;
  children: ReactNode;
  className?: string;
}

export function Explain({ term, children, className = "" }: ExplainProps) {
  return (
    <Popover.Root>
      <Popover.Trigger
        className={`tap inline-flex cursor-help items-center text-left underline-offset-4 hover:underline ${className}`}
      >
        {term}
        <span className="sr-only"> explained</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-72 rounded-lg border border-line bg-raised px-4 py-3 text-ink text-sm shadow-lg outline-none"
        >
          <p className="mb-1 font-semibold">{term}</p>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
