// The brand at the left, what belongs to the whole page at the right.
import type { ReactNode } from "react";
import { Mark } from "./mark";

export function Header({ children }: { children: ReactNode }) {
  return (
    <header className="flex h-15 items-center justify-between border-line border-b px-4 lg:px-7">
      <p className="flex items-center gap-2 font-bold text-lg tracking-tight">
        <Mark className="size-6" />
        Descent
      </p>
      <div className="flex items-center gap-1">{children}</div>
    </header>
  );
}
