"use client";
// Under a run's details: whether all of this works offline, and the way to what this browser keeps.
import { Check } from "lucide-react";
import { useStore } from "zustand";
import { TextButton } from "@/app/_ui/button";
import { Section } from "@/app/_ui/section";
import { offlineStore } from "@/lib/offline/offline";
import { offlineLine } from "./words";

export function KeptHere({ onOpen }: { onOpen(): void }) {
  const line = useStore(offlineStore, offlineLine);
  const ready = useStore(offlineStore, ({ state }) => state === "ready");
  return (
    <Section id="kept-here" title="Offline">
      <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-mini text-soft">
        <span className="flex items-center gap-1.5">
          {ready && <Check className="size-3.5 shrink-0 text-correct" aria-hidden="true" />}
          {line ?? "\u00a0"}
        </span>
        <TextButton onClick={onOpen}>Storage</TextButton>
      </p>
    </Section>
  );
}
