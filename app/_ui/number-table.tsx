// A table of numbers, as wide as its place. What does not fit scrolls, and what scrolls must be reachable by keyboard.
// Words that are only heard are placed within it (`relative`), or they would widen what it stands in.
import type { ReactNode } from "react";

interface NumberTableProps {
  /** For who does not see what it belongs to. */
  caption: ReactNode;
  className?: string;
  /** Its head and its body. */
  children: ReactNode;
}

export const NumberTable = ({ caption, className = "", children }: NumberTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll.
  <div className={`relative overflow-auto ${className}`} tabIndex={0}>
    <table className="w-full text-right text-mini">
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  </div>
);
