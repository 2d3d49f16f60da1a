// A named part of a pane: its name in small capitals, and at the right what it amounts to.
import type { ReactNode } from "react";

interface SectionProps {
  id: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

export function Section({ id, title, aside, children, className = "" }: SectionProps) {
  return (
    <section aria-labelledby={id} className={className}>
      <div className="mb-3 flex min-h-5 items-baseline justify-between gap-3">
        <h2 id={id} className="caps">
          {title}
        </h2>
        {aside !== undefined && <div className="text-right text-mini text-soft">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
