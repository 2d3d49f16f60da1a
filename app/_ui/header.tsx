// The brand at the left, what belongs to the whole page at the right.
import type { ReactNode } from "react";
import { Mark } from "./mark";

interface HeaderProps {
  /** Where the brand leads; nowhere on the playground itself. */
  home?: string;
  children: ReactNode;
}

export function Header({ home, children }: HeaderProps) {
  const Brand = home === undefined ? "p" : "a";
  return (
    <header className="flex h-15 items-center justify-between border-line border-b px-4 lg:px-7">
      <Brand
        href={home}
        className="flex min-h-11 min-w-11 items-center gap-2 font-bold text-lg tracking-tight"
      >
        <Mark className="size-6" />
        {/* The narrowest screens have room for the mark alone. */}
        <span className="max-[22.5rem]:sr-only">Descent</span>
      </Brand>
      <div className="flex items-center gap-1 max-[22.5rem]:gap-0">{children}</div>
    </header>
  );
}
