// A page that has only one thing to say.
import type { ReactNode } from "react";
import { Mark } from "./mark";

export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 px-6 pb-24">
      <Mark className="mb-4 h-8 w-8" />
      <h1 className="font-semibold text-xl">{title}</h1>
      {children}
    </main>
  );
}
