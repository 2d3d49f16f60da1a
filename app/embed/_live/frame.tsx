"use client";
// What is around anything in a frame: its look, what is locked in it, and where its links lead.
import type { MouseEvent, ReactNode } from "react";
import { LocksContext, useOpeningLocks } from "@/app/_playground/locks";
import type { EmbedOptions } from "@/lib/embed/options";

interface FrameProps {
  options: EmbedOptions;
  children: ReactNode;
}

export function Frame({ options: { theme, autoHeight, lock }, children }: FrameProps) {
  useOpeningLocks(lock);
  return (
    <LocksContext value={lock}>
      <div
        data-forced-theme={theme ?? undefined}
        data-height={autoHeight ? "auto" : undefined}
        onClickCapture={leaveFrame}
      >
        {children}
      </div>
    </LocksContext>
  );
}

/** No other page of ours may stand in a frame: what leads to one opens it outside. */
function leaveFrame(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.pathname === location.pathname) return;
  link.target = "_blank";
  link.rel = "noopener";
}
