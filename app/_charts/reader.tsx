// Reads a chart at one epoch: under a pointer or finger, or with the arrow keys.
import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { epochAt } from "./size";

interface ReaderProps {
  name: string;
  /** What the chart says there. */
  text: string;
  epochs: number;
  at: number | null;
  onRead(at: number | null): void;
  children: ReactNode;
}

/** Presses of an arrow from one end to the other. */
const STEPS = 50;

export function Reader({ name, text, epochs, at, onRead, children }: ReaderProps) {
  const here = at ?? epochs;

  function onPointer({ clientX, currentTarget }: PointerEvent) {
    onRead(epochAt(clientX, currentTarget.getBoundingClientRect(), epochs));
  }

  function onKeyDown(event: KeyboardEvent) {
    const moves: Record<string, number> = {
      ArrowLeft: here - epochs / STEPS,
      ArrowDown: here - epochs / STEPS,
      ArrowRight: here + epochs / STEPS,
      ArrowUp: here + epochs / STEPS,
      Home: 0,
      End: epochs,
    };
    const next = moves[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onRead(Math.min(epochs, Math.max(0, next)));
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={epochs}
      aria-valuenow={Number(here.toFixed(2))}
      aria-valuetext={text}
      className="size-full touch-pan-y"
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onPointerLeave={() => onRead(null)}
      onKeyDown={onKeyDown}
      onBlur={() => onRead(null)}
    >
      {children}
    </div>
  );
}
